import { Badge } from "@mantine/core";
import type { ReactNode } from "react";

export type Tone = "good" | "warn" | "bad" | "info" | "off";

/** A state in a word; its colours are to be read in the light and in the dark. */
export function Status({ tone, children }: { tone: Tone; children: ReactNode }) {
  return <Badge className={`tone tone-${tone}`} variant="transparent" radius="sm">{children}</Badge>;
}
