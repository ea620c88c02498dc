import { Group, NativeSelect } from "@mantine/core";
import { type Duration, UNITS } from "../lib/duration";
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
  return (
    <Group gap="xs" align="flex-end" wrap="nowrap">
      <div style={{ flex: 1, minWidth: 0 }}>
        <NumberField label={label} description={description} places={2} value={value.count} onChange={(count) => onChange({ ...value, count })} error={error} disabled={disabled} />
      </div>
      <NativeSelect aria-label={`Unit: ${label}`} data={UNITS} value={value.unit} onChange={(event) => onChange({ ...value, unit: event.currentTarget.value })} disabled={disabled} w={112} mb={error ? 21 : 0} />
    </Group>
  );
}
