/** What does not agree, and what mends it, in words. */
import type { FindingKind, FindingRepair, ReconciliationQuery, RepairBalancePartsFragment } from "../gql/graphql";
import type { Change } from "../ui/Changes";
import type { Tone } from "../ui/Status";
import type { Formats } from "./format";

export type Finding = ReconciliationQuery["reconciliation"]["edges"][number]["node"];

export const FINDINGS: Record<FindingKind, { word: string; tone: Tone }> = {
  CAPTURED_WITHOUT_ORDER: { word: "Captured without order", tone: "warn" },
  CAPTURED_BUT_CANCELLED: { word: "Captured, then cancelled", tone: "bad" },
  CAPTURE_REFUSED: { word: "Capture refused", tone: "bad" },
  HOLD_NOT_CAPTURED: { word: "Not captured", tone: "warn" },
  HOLD_ENDED_UNPAID: { word: "Ended unpaid", tone: "off" },
};

export const TO_MEND: FindingKind[] = ["CAPTURED_WITHOUT_ORDER", "CAPTURED_BUT_CANCELLED", "CAPTURE_REFUSED", "HOLD_NOT_CAPTURED"];
export const ENDED: FindingKind[] = ["HOLD_ENDED_UNPAID"];

export const REPAIRS: Record<FindingRepair, { action: string; about: string; done: string }> = {
  COMPLETE_ORDER: { action: "Complete the order", about: "The order is completed as it was captured, and earns.", done: "The order is completed." },
  CAPTURE_REDEMPTION: { action: "Capture the points", about: "The points are captured late, and the order has them.", done: "The points are captured." },
  REFUND_REDEMPTION: { action: "Give the points back", about: "All that is left of the redemption goes back to the customer.", done: "The points went back." },
};

const BALANCES = [["available", "Available points"], ["held", "Held points"], ["pending", "Pending points"], ["debt", "Points owed"]] as const;

/** What a repair moves; what stays is left out. */
export function moved(before: RepairBalancePartsFragment, after: RepairBalancePartsFragment, formats: Formats): Change[] {
  const rows: Change[] = BALANCES.map(([key, name]) => ({ name, before: formats.points(before[key]), after: formats.points(after[key]) }));
  rows.push({ name: "Store credit", before: formats.money(before.credits.amount), after: formats.money(after.credits.amount) });
  return rows.filter((row) => row.before !== row.after);
}

const REFUSALS: Record<string, string> = {
  HOLD_EXPIRED: "The hold ran out and the points were spent elsewhere meanwhile.",
  INSUFFICIENT_POINTS: "The customer has not enough points.",
  ORDER_TOTAL_TOO_LOW: "The order is too small for this discount.",
};

export const refusal = (code: string): string => REFUSALS[code] ?? `It would be refused: ${code}.`;
