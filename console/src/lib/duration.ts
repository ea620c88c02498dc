/** Lengths of time as people write them: a number and a unit. */
import type { Errors } from "./draft";
import { readDecimal } from "./numbers";

export interface Duration {
  count: string;
  /** Seconds of the unit. */
  unit: string;
}

export const UNITS = [
  { value: "86400", label: "days" },
  { value: "3600", label: "hours" },
  { value: "60", label: "minutes" },
  { value: "1", label: "seconds" },
];

export const NO_TIME: Duration = { count: "", unit: "86400" };

/** In the largest unit that it is whole in. */
export function durationOf(seconds: number | null): Duration {
  if (seconds === null) return NO_TIME;
  const unit = UNITS.find(({ value }) => seconds % Number(value) === 0)!.value;
  return { count: String(seconds / Number(unit)), unit };
}

/** Whole seconds; undefined where nothing is written, or what is written is told in `errors`. */
export function secondsOf(duration: Duration, name: string, errors: Errors): number | undefined {
  if (duration.count.trim() === "") return undefined;
  const read = readDecimal(duration.count, 2);
  if (read.ok) return Math.round(Number(read.text) * Number(duration.unit));
  errors[name] = read.why;
  return undefined;
}

export function durationText({ count, unit }: Duration): string {
  if (count.trim() === "") return "";
  const label = UNITS.find(({ value }) => value === unit)!.label;
  return `${count} ${count === "1" ? label.slice(0, -1) : label}`;
}
