/** Money, times and names as staff read them, in the merchant's currency and time zone. */
import { useShell } from "./shell";

export interface Formats {
  currency: string;
  zone: string;
  /** Decimals of the currency. */
  places: number;
  money: (amount: string | null | undefined) => string;
  points: (points: number) => string;
  when: (instant: string) => string;
  /** To the second. */
  exact: (instant: string) => string;
  ago: (instant: string | null) => string;
  /** A day of a calendar, `2026-11-30`. */
  day: (iso: string) => string;
}

export function useFormats(): Formats {
  const { merchant } = useShell();
  return formats(merchant.currencyCode, merchant.locale, merchant.timeZone);
}

const known = new Map<string, Formats>();

function formats(currency: string, locale: string, zone: string): Formats {
  const key = `${currency} ${locale} ${zone}`;
  const there = known.get(key);
  if (there) return there;
  // English words, with the merchant's way of grouping digits where that is an English one.
  const tag = locale.startsWith("en") ? locale : "en";
  const money = new Intl.NumberFormat(tag, { style: "currency", currency, currencyDisplay: "narrowSymbol" });
  const whole = new Intl.NumberFormat(tag);
  const date = new Intl.DateTimeFormat(tag, { dateStyle: "medium", timeStyle: "short", timeZone: zone });
  const plain = new Intl.DateTimeFormat(tag, { dateStyle: "medium", timeZone: "UTC" });
  const precise = new Intl.DateTimeFormat(tag, { dateStyle: "medium", timeStyle: "medium", timeZone: zone });
  const made: Formats = {
    currency,
    zone,
    places: money.resolvedOptions().maximumFractionDigits ?? 2,
    // As a text it is exact: a number could not hold every amount.
    money: (amount) => (amount == null ? "" : money.format(amount as unknown as number)),
    points: (points) => whole.format(points),
    when: (instant) => date.format(new Date(instant)),
    exact: (instant) => precise.format(new Date(instant)),
    ago: (instant) => (instant === null ? "Never" : ago(new Date(instant), date)),
    day: (iso) => plain.format(new Date(`${iso}T00:00:00Z`)),
  };
  known.set(key, made);
  return made;
}

const relative = new Intl.RelativeTimeFormat("en", { numeric: "auto" });

function ago(at: Date, date: Intl.DateTimeFormat): string {
  const minutes = Math.round((at.getTime() - Date.now()) / 60_000);
  if (Math.abs(minutes) < 1) return "Just now";
  if (Math.abs(minutes) < 60) return relative.format(minutes, "minute");
  if (Math.abs(minutes) < 1_440) return relative.format(Math.round(minutes / 60), "hour");
  if (Math.abs(minutes) < 20_160) return relative.format(Math.round(minutes / 1_440), "day");
  return date.format(at);
}

/** The value of a datetime-local input, in the merchant's zone, as an instant. */
export function toInstant(local: string, zone: string): string {
  const asUtc = Date.parse(`${local}:00Z`);
  const first = asUtc - offset(asUtc, zone);
  return new Date(asUtc - offset(first, zone)).toISOString();
}

/** An instant as the value of a datetime-local input in the merchant's zone. */
export function toLocal(instant: string | null, zone: string): string {
  if (instant === null) return "";
  const at = Date.parse(instant);
  return new Date(at + offset(at, zone)).toISOString().slice(0, 16);
}

/** How far the zone's clocks are ahead of UTC at that time, in milliseconds. */
function offset(at: number, zone: string): number {
  const parts = new Intl.DateTimeFormat("en-US", {
    timeZone: zone, hourCycle: "h23", year: "numeric", month: "2-digit", day: "2-digit",
    hour: "2-digit", minute: "2-digit", second: "2-digit",
  }).formatToParts(at);
  const of = (type: string) => Number(parts.find((part) => part.type === type)?.value);
  const shown = Date.UTC(of("year"), of("month") - 1, of("day"), of("hour"), of("minute"), of("second"));
  return shown - Math.floor(at / 1000) * 1000;
}

export function seconds(count: number): string {
  for (const [size, name] of [[86_400, "day"], [3_600, "hour"], [60, "minute"]] as const) {
    if (count >= size && count % size === 0) {
      const many = count / size;
      return `${many} ${name}${many === 1 ? "" : "s"}`;
    }
  }
  return `${count} seconds`;
}
