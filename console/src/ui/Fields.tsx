import { SegmentedControl, Stack, Text, TextInput } from "@mantine/core";
import type { ReactNode } from "react";
import type { MinimumPaymentKind } from "../gql/graphql";
import { type Formats, useFormats } from "../lib/format";
import type { MinimumDraft } from "../lib/minimum";
import { readDecimal } from "../lib/numbers";

interface NumberProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  /** Decimals that are allowed; 0: a whole number. */
  places: number;
  /** In words; or only whether there is one, where it is said elsewhere. */
  error?: string | boolean;
  description?: ReactNode;
  unit?: string;
  before?: string;
  required?: boolean;
  placeholder?: string;
  disabled?: boolean;
  hideLabel?: boolean;
  name?: string;
}

/** A number as people write it: separators are understood when the field is left, or refused in words. */
export function NumberField({ label, value, onChange, places, error, unit, before, hideLabel, required, ...rest }: NumberProps) {
  const read = value === "" ? null : readDecimal(value, places);
  return (
    <TextInput
      label={hideLabel ? undefined : label} aria-label={hideLabel ? label : undefined} inputMode={places ? "decimal" : "numeric"} value={value}
      onChange={(event) => onChange(event.currentTarget.value)} autoComplete="off" required={required} withAsterisk={false}
      onBlur={() => read?.ok && read.text !== value && onChange(read.text)}
      error={error ?? (read && !read.ok ? read.why : undefined)}
      leftSection={before ? <Text size="sm" c="dimmed" aria-hidden>{before}</Text> : undefined}
      rightSection={unit ? <Text size="xs" c="dimmed" pr="xs" aria-hidden>{unit}</Text> : undefined}
      rightSectionWidth={unit ? 14 + unit.length * 8 : undefined} {...rest}
    />
  );
}

/** The sign of the currency, as it stands before an amount. */
export function sign(formats: Formats): string {
  const parts = new Intl.NumberFormat("en", { style: "currency", currency: formats.currency, currencyDisplay: "narrowSymbol" }).formatToParts(0);
  return parts.find((part) => part.type === "currency")?.value ?? formats.currency;
}

export function MoneyField(props: Omit<NumberProps, "places" | "before" | "unit">) {
  const formats = useFormats();
  const mark = sign(formats);
  const short = mark.length <= 2;
  return <NumberField places={formats.places} before={short ? mark : undefined} unit={short ? undefined : mark} {...props} />;
}

interface MinimumProps {
  value: MinimumDraft;
  onChange: (value: MinimumDraft) => void;
  error?: string;
  disabled?: boolean;
}

const KINDS: { value: MinimumPaymentKind; label: string }[] = [
  { value: "NONE", label: "None" },
  { value: "FIXED", label: "Fixed amount" },
  { value: "PERCENT", label: "Percentage" },
];

export function MinimumPayment({ value, onChange, error, disabled }: MinimumProps) {
  return (
    <Stack gap="sm">
      <SegmentedControl
        data={KINDS} value={value.kind} disabled={disabled} aria-label="Type of minimum payment"
        onChange={(kind) => onChange({ ...value, kind: kind as MinimumPaymentKind })} style={{ alignSelf: "flex-start", maxWidth: "100%" }}
      />
      {value.kind === "FIXED" && (
        <MoneyField
          label="Amount" value={value.fixed} error={error} disabled={disabled}
          description="The customer pays at least this much, or the whole cart where it is smaller."
          onChange={(fixed) => onChange({ ...value, fixed })}
        />
      )}
      {value.kind === "PERCENT" && (
        <NumberField
          label="Percentage of the cart" unit="%" places={2} value={value.percent} error={error} disabled={disabled}
          description="The customer always pays at least this part of the cart, whatever points there are."
          onChange={(percent) => onChange({ ...value, percent })}
        />
      )}
      {value.kind === "NONE" && <Text size="sm" c="dimmed">Points may pay a whole cart: an order can become free.</Text>}
    </Stack>
  );
}
