/** Which days a report is of. Dates are texts, as 2026-11-29, of the merchant's own calendar. */

export type Granularity = "DAY" | "WEEK" | "MONTH";

export interface Range {
  from: string;
  to: string;
}

export const PERIODS = {
  "7d": "Last 7 days",
  "30d": "Last 30 days",
  "90d": "Last 90 days",
  month: "This month",
  "last-month": "Last month",
  year: "Last 12 months",
  custom: "Other days",
} as const;
export type Period = keyof typeof PERIODS;

/** Days of a report at most, as the gateway allows them. */
export const MOST_DAYS: Record<Granularity, number> = { DAY: 400, WEEK: 1100, MONTH: 3700 };
const DAY = 86_400_000;

/** The date that it is there, at that instant. */
export function today(zone: string, now: Date = new Date()): string {
  const parts = new Intl.DateTimeFormat("en-US", { timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit" }).formatToParts(now);
  const of = (type: string) => parts.find((part) => part.type === type)?.value ?? "";
  return `${of("year")}-${of("month")}-${of("day")}`;
}

export function plus(day: string, days: number): string {
  return new Date(Date.parse(day) + days * DAY).toISOString().slice(0, 10);
}

/** The first days of all months between two of them, both included. */
export function monthsOf(first: string, last: string): string[] {
  const found = [];
  for (let at = first; at <= last && found.length < 600; at = `${plus(at, 31).slice(0, 8)}01`) found.push(at);
  return found;
}

export function daysOf({ from, to }: Range): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / DAY) + 1;
}

/** The days of a period that ends today; of `custom`, the ones that are given. */
export function rangeOf(period: Period, day: string, given: Range): Range {
  const first = `${day.slice(0, 8)}01`;
  switch (period) {
    case "7d": return { from: plus(day, -6), to: day };
    case "30d": return { from: plus(day, -29), to: day };
    case "90d": return { from: plus(day, -89), to: day };
    case "month": return { from: first, to: day };
    case "last-month": return { from: `${plus(first, -1).slice(0, 8)}01`, to: plus(first, -1) };
    case "year": return { from: plus(day, -364), to: day };
    case "custom": return given;
  }
}

/** What keeps these days from being shown, in words; null: nothing does. */
export function trouble({ from, to }: Range): string | null {
  if (![from, to].every((day) => /^\d{4}-\d{2}-\d{2}$/.test(day) && plus(day, 0) === day)) return "Give both dates.";
  if (from > to) return "The first day is after the last one.";
  if (from < "2000-01-01" || to > "2199-12-31") return "Choose days from 2000 to 2199.";
  return daysOf({ from, to }) > MOST_DAYS.MONTH ? "Ten years are the most." : null;
}

export function allows(granularity: Granularity, range: Range): boolean {
  return daysOf(range) <= MOST_DAYS[granularity];
}

/** How a trend over these days is read best. */
export function fitting(range: Range): Granularity {
  const days = daysOf(range);
  return days <= 45 ? "DAY" : days <= 200 ? "WEEK" : "MONTH";
}
