import { ActionIcon, Group, Popover, Stack, Text, Title, Tooltip } from "@mantine/core";
import { useState } from "react";
import { type Figures, useFigures } from "../../lib/figures";
import { type Granularity, plus } from "../../lib/periods";
import { IconDownload, IconInfoCircle } from "../../ui/icons";
import { Delta } from "./Delta";
import type { Metric } from "./groups";
import { Picture, Rows, Switch } from "./Picture";

const HEIGHT = 150;
const SHAPES = { RATIO: "line", MONEY: "bars", COUNT: "bars" } as const;

interface Props {
  metric: Metric;
  granularity: Granularity;
  last: string;
  compared: boolean;
  onDownload: () => void;
}

export function MetricCard({ metric, granularity, last, compared, onDownload }: Props) {
  const figures = useFigures();
  const [table, setTable] = useState(false);
  const { name, unit, points } = metric;
  const stretch = (from: string) => stretchOf(figures, granularity, from, last, points.map((point) => point.from));
  return (
    <section className="card" aria-label={name}>
      <Stack p="lg" gap="sm" h="100%">
        <Group justify="space-between" align="flex-start" wrap="nowrap" gap={4}>
          <Title order={3} fz="sm" fw={550} style={{ minHeight: 28, display: "flex", alignItems: "center" }}>{name}</Title>
          <Group gap={0} wrap="nowrap">
            <Definition name={name} text={metric.definition} />
            <Switch name={name} table={table} onChange={setTable} />
            <Tooltip label="Download as CSV">
              <ActionIcon variant="subtle" color="gray" onClick={onDownload} aria-label={`Download as CSV: ${name}`}><IconDownload size={17} aria-hidden /></ActionIcon>
            </Tooltip>
          </Group>
        </Group>
        <div style={{ marginTop: "auto" }}>
          <Text fz="1.625rem" lh={1.25} fw={650} className="number">{figures.full(metric.value, unit)}</Text>
          <div style={{ minHeight: 24, marginTop: 4 }}>{compared && <Delta of={metric} />}</div>
        </div>
        {table ? (
          <Rows name={name} height={HEIGHT} heads={["Days", "Value"]} rows={points.map(({ from, value }) => [stretch(from), figures.full(value, unit)])} />
        ) : (
          <Picture
            spots={points.map(({ from, value }) => ({ name: from, value: value === null ? null : Number(value) }))} shape={SHAPES[unit]} height={HEIGHT} whole={unit === "COUNT"}
            tick={(day) => figures.tick(day, granularity === "MONTH")} short={(value) => figures.short(value, unit)}
            label={(spot) => ({ title: stretch(spot.name), text: figures.full(spot.value === null ? null : String(spot.value), unit) })} says={said(metric, figures)}
          />
        )}
      </Stack>
    </section>
  );
}

function stretchOf(figures: Figures, granularity: Granularity, from: string, last: string, firsts: string[]): string {
  const next = firsts[firsts.indexOf(from) + 1];
  return granularity === "DAY" ? figures.day(from) : figures.days(from, next ? plus(next, -1) : last);
}

/** The trend in one sentence. */
function said({ name, unit, points }: Metric, figures: Figures): string {
  const there = points.flatMap(({ from, value }) => (value === null ? [] : [{ from, value, size: Number(value) }]));
  if (there.length === 0) return `${name}: no values in these days.`;
  const most = there.reduce((a, b) => (b.size > a.size ? b : a));
  const least = there.reduce((a, b) => (b.size < a.size ? b : a));
  const of = ({ from, value }: { from: string; value: string }) => `${figures.full(value, unit)} on ${figures.day(from)}`;
  return `Trend of ${name}: ${points.length} values, the least ${of(least)}, the most ${of(most)}, the last ${of(there.at(-1)!)}.`;
}

export function Definition({ name, text }: { name: string; text: string }) {
  return (
    <Popover width={300} position="bottom" withArrow shadow="md" trapFocus returnFocus>
      <Popover.Target>
        <ActionIcon variant="subtle" color="gray" aria-label={`What it is: ${name}`}><IconInfoCircle size={17} aria-hidden /></ActionIcon>
      </Popover.Target>
      <Popover.Dropdown aria-label={name} tabIndex={-1} data-autofocus>
        <Text size="sm" fw={600} mb={4}>{name}</Text>
        <Text size="sm">{text}</Text>
      </Popover.Dropdown>
    </Popover>
  );
}
