import { Group, Text, VisuallyHidden } from "@mantine/core";
import { useFigures } from "../../lib/figures";
import { IconArrowDownRight, IconArrowUpRight } from "../../ui/icons";
import { Status, type Tone } from "../../ui/Status";
import { type Metric, verdict } from "./groups";

const TONES: Record<ReturnType<typeof verdict>, Tone> = { better: "good", worse: "bad", neither: "off" };

interface Props {
  of: Metric;
  /** Where there is little room: the verdict is said by the colour, and to who hears it. */
  short?: boolean;
}

/** Against the days before: how much, which way, and whether that is good. */
export function Delta({ of: { id, unit, value, previousValue, change }, short = false }: Props) {
  const figures = useFigures();
  if (value === null) return <Text size="xs" c="dimmed">Nothing to work it out from in these days</Text>;
  if (previousValue === null) return <Text size="xs" c="dimmed">No figure for the days before</Text>;
  const before = figures.full(previousValue, unit);
  const more = change === null ? Number(value) - Number(previousValue) : Number(change);
  if (more === 0) return <Text size="xs" c="dimmed">Unchanged from {before} before</Text>;
  const judged = verdict(id, more);
  const Arrow = more > 0 ? IconArrowUpRight : IconArrowDownRight;
  return (
    <Group gap={6} wrap="nowrap">
      <Status tone={TONES[judged]}>
        <Group gap={3} wrap="nowrap" component="span">
          <Arrow size={13} stroke={2.2} role="img" aria-label={more > 0 ? "Up" : "Down"} />
          {change === null ? (more > 0 ? "Up" : "Down") : figures.part(change)}
        </Group>
      </Status>
      <Text size="xs" c="dimmed" className="number">
        {judged !== "neither" && (short || change === null ? <VisuallyHidden>{judged} than </VisuallyHidden> : `${judged} than `)}{before} before
      </Text>
    </Group>
  );
}
