import type { MinimumPaymentInput, MinimumPaymentKind } from "../gql/graphql";
import type { Formats } from "./format";
import { readDecimal } from "./numbers";

/** The minimum payment as it is typed. */
export interface MinimumDraft {
  kind: MinimumPaymentKind;
  fixed: string;
  percent: string;
}

interface Stored {
  kind: MinimumPaymentKind;
  fixed: { amount: string } | null;
  percent: string | null;
}

export const NO_MINIMUM: MinimumDraft = { kind: "NONE", fixed: "", percent: "" };

export function minimumDraft(stored: Stored | null): MinimumDraft {
  if (stored === null) return NO_MINIMUM;
  return { kind: stored.kind, fixed: stored.fixed?.amount ?? "", percent: stored.percent ?? "" };
}

export function minimumText(stored: Stored, formats: Formats): string {
  if (stored.kind === "FIXED") return formats.money(stored.fixed?.amount);
  return stored.kind === "PERCENT" ? `${stored.percent} % of the cart` : "None";
}

/** For the API, or what is wrong with it. */
export function minimumInput(draft: MinimumDraft, formats: Formats): { input?: MinimumPaymentInput; error?: string } {
  if (draft.kind === "NONE") return { input: { none: true } };
  if (draft.kind === "PERCENT") {
    const read = readDecimal(draft.percent, 2);
    return read.ok ? { input: { percent: read.text } } : { error: read.why };
  }
  const read = readDecimal(draft.fixed, formats.places);
  if (!read.ok) return { error: read.why };
  return { input: { fixed: { amount: read.text, currencyCode: formats.currency as never } } };
}
