// Finds what one schema breaks of another.
import { CriticalityLevel, diff } from "@graphql-inspector/core";
import { buildSchema } from "graphql";

/** `old`, `now`: SDL. Answers each change with its kind, its path and how grave it is. */
export async function run({ old, now }) {
  const changes = await diff(buildSchema(old), buildSchema(now));
  return changes.map(({ type, path, message, criticality }) => ({
    kind: type,
    path: path ?? "",
    message,
    breaking: criticality.level === CriticalityLevel.Breaking,
  }));
}
