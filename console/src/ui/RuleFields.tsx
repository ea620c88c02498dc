import { TagsInput, TextInput } from "@mantine/core";
import { useFormats } from "../lib/format";
import type { RuleParts } from "./RuleEditor";

interface ListProps {
  label: string;
  description: string;
  value: string[];
  onChange: (value: string[]) => void;
  error?: string;
  /** What to choose from; others may be typed. */
  data?: string[];
  disabled?: boolean;
}

/** Ids and names, typed or pasted. */
export function ListField({ value, ...rest }: ListProps) {
  return <TagsInput value={value} placeholder={value.length ? "" : "Type and press Enter"} splitChars={[",", "|"]} clearable {...rest} />;
}

interface Dated {
  startsAt: string;
  endsAt: string;
}

/** From when to when a rule holds, in the merchant's time zone. */
export function Window<D extends Dated>({ draft, set, errors }: RuleParts<D>) {
  const { startsAt, endsAt } = draft;
  const reversed = startsAt && endsAt && startsAt >= endsAt ? "It ends before it starts." : undefined;
  const write = (name: "startsAt" | "endsAt", value: string) => set(name, value as D[typeof name]);
  return (
    <>
      <TextInput type="datetime-local" label="Starts" description="Empty: at once." value={startsAt} error={errors.startsAt} onChange={(event) => write("startsAt", event.currentTarget.value)} />
      <TextInput type="datetime-local" label="Ends" description="Empty: never." value={endsAt} error={errors.endsAt ?? reversed} onChange={(event) => write("endsAt", event.currentTarget.value)} />
    </>
  );
}

export function useZone(): string {
  return `Times are those of ${useFormats().zone.replaceAll("_", " ")}.`;
}
