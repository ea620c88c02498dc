import { Group, Input, NativeSelect } from "@mantine/core";
import { type Duration, UNITS } from "../lib/duration";
import { readDecimal } from "../lib/numbers";
import { NumberField } from "./Fields";

interface Props {
  label: string;
  description?: string;
  value: Duration;
  onChange: (value: Duration) => void;
  error?: string;
  disabled?: boolean;
}

/** A length of time: a number, and its unit beside it. */
export function DurationField({ label, description, value, onChange, error, disabled }: Props) {
  const read = value.count.trim() === "" ? null : readDecimal(value.count, 2);
  const wrong = error ?? (read && !read.ok ? read.why : undefined);
  return (
    <Input.Wrapper label={label} description={description} error={wrong} labelElement="div">
      <Group gap="xs" align="flex-start" wrap="nowrap" mt={description ? 5 : 0} mb={wrong ? 5 : 0}>
        <div style={{ flex: 1, minWidth: 0 }}>
          <NumberField label={label} hideLabel places={2} value={value.count} onChange={(count) => onChange({ ...value, count })} error={wrong !== undefined} disabled={disabled} />
        </div>
        <NativeSelect aria-label={`Unit: ${label}`} data={UNITS} value={value.unit} onChange={(event) => onChange({ ...value, unit: event.currentTarget.value })} disabled={disabled} w={112} />
      </Group>
    </Input.Wrapper>
  );
}
