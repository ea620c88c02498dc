/** Tiers as they are typed. */
import type { EarningPartsFragment, TierMeasure, UpdateEarningInput } from "../gql/graphql";
import type { UserError } from "./api";
import { type Errors, type Facts, type Input, plain, reader, teller } from "./draft";
import type { Formats } from "./format";

export interface TierRow {
  name: string;
  threshold: string;
  multiplier: string;
}

export interface TiersDraft {
  measure: TierMeasure;
  rows: TierRow[];
}

export const MEASURES: Record<TierMeasure, { label: string; about: string }> = {
  POINTS_EARNED: { label: "Points earned", about: "Points that orders of the last 365 days earned." },
  AMOUNT_SPENT: { label: "Amount spent", about: "What was paid for orders of the last 365 days." },
};

export const NEW_ROW: TierRow = { name: "", threshold: "", multiplier: "1" };

export function tiersDraftOf({ tierMeasure, tiers }: EarningPartsFragment): TiersDraft {
  return { measure: tierMeasure, rows: tiers.map(({ name, threshold, multiplier }) => ({ name, threshold: plain(threshold), multiplier })) };
}

/** Errors are by row and field: "0.name". */
export function tiersInputOf({ measure, rows }: TiersDraft, formats: Formats): Input<UpdateEarningInput> {
  const errors: Errors = {};
  const { decimal } = reader(formats, errors);
  const places = measure === "POINTS_EARNED" ? 0 : formats.places;
  const names = new Set<string>();
  let last = 0;
  const tiers = rows.map((row, at) => {
    const name = row.name.trim();
    if (name === "") errors[`${at}.name`] = "Give it a name.";
    else if (names.has(name)) errors[`${at}.name`] = "Two tiers have this name.";
    names.add(name);
    const threshold = decimal(`${at}.threshold`, row.threshold, places);
    if (row.threshold.trim() === "") errors[`${at}.threshold`] = "Enter what reaches it.";
    else if (threshold !== undefined && Number(threshold) <= last) errors[`${at}.threshold`] = at === 0 ? "It is above zero." : "It is above that of the tier before.";
    last = Number(threshold ?? last);
    const multiplier = decimal(`${at}.multiplier`, row.multiplier, 2);
    if (multiplier !== undefined && (Number(multiplier) < 1 || Number(multiplier) > 100)) errors[`${at}.multiplier`] = "From 1 to 100.";
    return { name, threshold: threshold ?? "0", multiplier: multiplier ?? "1" };
  });
  return { input: { tierMeasure: measure, tiers }, errors };
}

export function tiersFacts({ measure, rows }: TiersDraft, formats: Formats): Facts {
  const { money, points } = teller(formats);
  const told = (row: TierRow) => `From ${measure === "POINTS_EARNED" ? `${points(row.threshold)} points` : money(row.threshold)} · × ${row.multiplier || "1"}`;
  return [["Reached by", MEASURES[measure].label], ...rows.map((row): [string, string] => [row.name.trim(), told(row)])];
}

/** What the gateway refused, by row and field. */
export function tierErrors(errors: readonly UserError[]): Errors {
  const found: Errors = {};
  for (const { field, message } of errors) {
    const [list, row, name] = field ?? [];
    found[list === "tiers" && row !== undefined && name !== undefined ? `${row}.${name}` : ""] ??= message;
  }
  return found;
}
