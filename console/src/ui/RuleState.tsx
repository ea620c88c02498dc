import { Status } from "./Status";

interface Managed {
  archivedAt: string | null;
  rule: { startsAt: string | null; endsAt: string | null };
}

/** Whether a rule holds now. */
export function RuleState({ of: { archivedAt, rule } }: { of: Managed }) {
  const now = Date.now();
  if (archivedAt !== null) return <Status tone="off">Archived</Status>;
  if (rule.startsAt !== null && Date.parse(rule.startsAt) > now) return <Status tone="info">Scheduled</Status>;
  if (rule.endsAt !== null && Date.parse(rule.endsAt) <= now) return <Status tone="off">Ended</Status>;
  return <Status tone="good">Live</Status>;
}
