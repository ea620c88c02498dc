/** A rule that is being written, asked about while it is typed. */
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { MoneyInput, TypedDocumentString } from "../gql/graphql";
import { ask } from "./api";
import type { Formats } from "./format";
import { readDecimal } from "./numbers";
import { useMay } from "./shell";

/** Carts to begin with, by what money is worth about; they can be changed. */
const SMALL = ["10", "25", "50", "100", "250"];
const LARGE = ["100", "250", "500", "1000", "2500"];
const HUGE = ["1000", "2500", "5000", "10000", "25000"];
const MANY = new Set(["INR", "PKR", "LKR", "BDT", "NPR", "THB", "PHP", "ZAR", "EGP", "TRY", "RUB", "CZK", "MXN", "KES", "TWD"]);

export function usualTotals({ currency, places }: Formats): string[] {
  if (places === 0) return HUGE;
  return MANY.has(currency) ? LARGE : SMALL;
}

/** Null where one of them is no amount. */
export function readTotals(totals: string[], formats: Formats): MoneyInput[] | null {
  const read = totals.map((total) => readDecimal(total, formats.places));
  if (read.some((each) => !each.ok)) return null;
  return read.map((each) => ({ amount: each.ok ? each.text : "0", currencyCode: formats.currency as never }));
}

/** The gateway's answer to the latest input that was whole; none while it is not. */
export function useTrial<R, I>(document: TypedDocumentString<R, { input: I }>, input: I | null) {
  const may = useMay("CONFIGURE");
  const [asked] = useDebouncedValue(input === null ? "" : JSON.stringify(input), 200);
  const query = useQuery({
    queryKey: ["preview", document.toString(), asked],
    queryFn: () => ask(document, { input: JSON.parse(asked) as I }),
    enabled: may && input !== null && asked !== "",
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  });
  return { query, data: input === null ? undefined : query.data };
}
