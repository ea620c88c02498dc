export const said = (failed: unknown): string => (failed instanceof Error ? failed.message : String(failed));
