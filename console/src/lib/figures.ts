/** Figures and days of metrics, as they are read. */
import type { MetricUnit } from "../gql/graphql";
import { useShell } from "./shell";

export interface Figures {
  /** A value in full, as in a card. */
  full: (value: string | null, unit: MetricUnit) => string;
  /** A value in few letters, as at an axis. */
  short: (value: number, unit: MetricUnit) => string;
  /** How much more or less, as a part of it: "0.1234" is 12.3%. */
  part: (change: string) => string;
  points: (points: number) => string;
  shortPoints: (points: number) => string;
  day: (day: string) => string;
  days: (from: string, to: string) => string;
  month: (day: string) => string;
  /** A day or a month at an axis. */
  tick: (day: string, monthly: boolean) => string;
}

const NOTHING = "–";
const known = new Map<string, Figures>();

export function useFigures(): Figures {
  const { merchant } = useShell();
  const tag = merchant.locale.startsWith("en") ? merchant.locale : "en";
  const key = `${tag} ${merchant.currencyCode}`;
  const there = known.get(key) ?? figures(tag, merchant.currencyCode);
  known.set(key, there);
  return there;
}

/** With one decimal, or two where one would hide what there is. */
function percent(tag: string): { format: (value: number | string) => string } {
  const [one, two] = [1, 2].map((places) => new Intl.NumberFormat(tag, { style: "percent", maximumFractionDigits: places }));
  return { format: (value) => (Math.abs(Number(value)) < 0.01 ? two! : one!).format(Number(value)) };
}

function figures(tag: string, currency: string): Figures {
  const number = (more: Intl.NumberFormatOptions = {}) => new Intl.NumberFormat(tag, more);
  const money = { style: "currency", currency, currencyDisplay: "narrowSymbol", trailingZeroDisplay: "stripIfInteger" } as const;
  const compact = { notation: "compact", maximumFractionDigits: 1 } as const;
  const date = (more: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(tag, { timeZone: "UTC", ...more });
  const full = { RATIO: percent(tag), MONEY: number(money), COUNT: number() };
  const short = { RATIO: full.RATIO, MONEY: number({ ...money, ...compact, minimumFractionDigits: 0 }), COUNT: number(compact) };
  const day = date({ day: "numeric", month: "short", year: "numeric" });
  const near = date({ day: "numeric", month: "short" });
  const month = date({ month: "long", year: "numeric" });
  const tinyMonth = date({ month: "short", year: "2-digit" });
  return {
    // As a text it is exact: a number could not hold every amount.
    full: (value, unit) => (value === null ? NOTHING : full[unit].format(value as string & number)),
    short: (value, unit) => short[unit].format(value),
    part: (change) => full.RATIO.format(String(Math.abs(Number(change)))),
    points: (points) => full.COUNT.format(points),
    shortPoints: (points) => short.COUNT.format(points),
    day: (text) => day.format(Date.parse(text)),
    days: (from, to) => day.formatRange(Date.parse(from), Date.parse(to)),
    month: (text) => month.format(Date.parse(text)),
    tick: (text, monthly) => (monthly ? tinyMonth : near).format(Date.parse(text)),
  };
}
