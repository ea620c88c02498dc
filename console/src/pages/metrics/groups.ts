import type { MetricId, MetricsQuery } from "../../gql/graphql";

export type Report = MetricsQuery["merchant"]["metrics"];
export type Metric = Report["metrics"][number];

/** Metrics in the order in which they are read. One that is not named here comes last. */
const GROUPS: { title: string; about: string; ids: `${MetricId}`[] }[] = [
  { title: "Use of points", about: "Whether shoppers use what they have.", ids: ["CHECKOUT_REDEMPTION_USAGE", "CUSTOMERS_USING_POINTS", "POINTS_REDEMPTION_RATE"] },
  { title: "Sales", about: "What it brings, and what it costs.", ids: ["REPEAT_REVENUE", "REPEAT_PURCHASE_RATE", "CHECKOUT_COMPLETION_RATE", "AVERAGE_ORDER_VALUE_REDEEMERS", "AVERAGE_ORDER_VALUE_OTHERS", "DISCOUNT_COST"] },
  { title: "Service", about: "Whether it works, and is understood.", ids: ["SUPPORT_TICKETS", "TECHNICAL_ERROR_RATE"] },
];

/** Which way is good; a metric that is not named here is good when it rises. */
const GOOD: Partial<Record<MetricId, "down" | "neither">> = { SUPPORT_TICKETS: "down", TECHNICAL_ERROR_RATE: "down", DISCOUNT_COST: "neither" };

export function grouped(metrics: Metric[]): { title: string; about: string; metrics: Metric[] }[] {
  const named = new Set<string>(GROUPS.flatMap(({ ids }) => ids));
  const groups = GROUPS.map(({ title, about, ids }) => ({ title, about, metrics: ids.flatMap((id) => metrics.filter((each) => each.id === id)) }));
  const others = metrics.filter(({ id }) => !named.has(id));
  return [...groups, { title: "More", about: "", metrics: others }].filter((group) => group.metrics.length > 0);
}

export function verdict(id: MetricId, change: number): "better" | "worse" | "neither" {
  const good = GOOD[id] ?? "up";
  if (change === 0 || good === "neither") return "neither";
  return change > 0 === (good === "up") ? "better" : "worse";
}

/** Whether nothing at all has happened in these days. */
export function nothing(metrics: Metric[]): boolean {
  return metrics.every(({ value }) => value === null || Number(value) === 0);
}

/** The lines of one metric, out of those of all. */
export function csvOf(all: string, id: string): string {
  const [head = "", ...lines] = all.split("\r\n");
  return [head, ...lines.filter((line) => line.startsWith(`${id},`)), ""].join("\r\n");
}
