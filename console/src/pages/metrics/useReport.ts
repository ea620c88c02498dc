import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useSearchParams } from "react-router";
import { MetricsDocument, type MetricsQueryVariables } from "../../gql/graphql";
import { ask } from "../../lib/api";
import { allows, fitting, type Granularity, type Period, PERIODS, type Range, rangeOf, today, trouble } from "../../lib/periods";
import { useShell } from "../../lib/shell";

export interface Chosen {
  period: Period;
  range: Range;
  /** What is wrong with the days; null: nothing. */
  why: string | null;
  granularity: Granularity;
  compare: boolean;
}

type Change = Partial<{ period: Period; range: Range; granularity: Granularity; compare: boolean }>;

/** What is shown, as the address says it: a page can be kept and passed on. */
export function useChosen(): [Chosen, (change: Change) => void] {
  const { timeZone } = useShell().merchant;
  const [params, setParams] = useSearchParams();
  const asked = params.get("period") ?? "";
  const period = Object.hasOwn(PERIODS, asked) ? (asked as Period) : "30d";
  const range = rangeOf(period, today(timeZone), { from: params.get("from") ?? "", to: params.get("to") ?? "" });
  const why = trouble(range);
  const by = (params.get("by") ?? "").toUpperCase() as Granularity;
  const granularity = why === null ? (["DAY", "WEEK", "MONTH"].includes(by) && allows(by, range) ? by : fitting(range)) : "DAY";
  const chosen = { period, range, why, granularity, compare: params.get("compare") !== "no" };

  function change({ period: other, range: days, granularity: size, compare }: Change): void {
    // Of the address itself: what was rendered last may be older, where two things are changed at once.
    const next = new URLSearchParams(window.location.search);
    if (other) {
      next.set("period", other);
      for (const name of ["from", "to", "by"]) next.delete(name);
    }
    if (days) for (const name of ["from", "to"] as const) next.set(name, days[name]);
    if (size) next.set("by", size.toLowerCase());
    if (compare === true) next.delete("compare");
    if (compare === false) next.set("compare", "no");
    setParams(next, { replace: true });
  }
  return [chosen, change];
}

export function variablesOf({ range, granularity, compare }: Chosen): MetricsQueryVariables {
  return { ...range, granularity: granularity as MetricsQueryVariables["granularity"], compare };
}

export function useReport(chosen: Chosen) {
  const variables = variablesOf(chosen);
  return useQuery({
    queryKey: ["metrics", variables], queryFn: async () => (await ask(MetricsDocument, variables)).merchant.metrics,
    enabled: chosen.why === null, placeholderData: keepPreviousData,
  });
}
