import { Text } from "@mantine/core";
import type { ReactElement } from "react";
import { Area, AreaChart, Bar, BarChart, CartesianGrid, ResponsiveContainer, Tooltip, XAxis, YAxis } from "recharts";

export interface Spot {
  name: string;
  /** Null: there is none, and the line is broken. */
  value: number | null;
}

export interface ChartProps {
  spots: Spot[];
  shape: "line" | "bars";
  height: number;
  /** Whole numbers alone at the axis. */
  whole?: boolean;
  tick: (name: string) => string;
  short: (value: number) => string;
  label: (spot: Spot) => { title: string; text: string };
}

const INK = { fontSize: 11, fill: "var(--mantine-color-dimmed)" };
const FEW = 31;

/** A trend. It is a picture: whoever shows it says what is in it, and has the same as a table. */
export default function Chart({ spots, shape, height, whole, tick, short, label }: ChartProps) {
  const given = { data: spots, margin: { top: 6, right: 6, bottom: 0, left: 0 }, accessibilityLayer: false };
  const shared = [
    <CartesianGrid key="grid" vertical={false} stroke="var(--card-border)" />,
    <XAxis key="x" dataKey="name" tickFormatter={tick} tick={INK} tickLine={false} axisLine={{ stroke: "var(--card-border)" }} interval="equidistantPreserveStart" minTickGap={28} height={22} />,
    <YAxis key="y" width={48} tickCount={3} tickFormatter={short} tick={INK} tickLine={false} axisLine={false} allowDecimals={!whole} />,
    <Tooltip key="tip" isAnimationActive={false} cursor={shape === "bars" ? { fill: "var(--chart-ground)" } : { stroke: "var(--mantine-color-dimmed)", strokeDasharray: "3 3" }} content={(tip) => <Tip spot={tip.active ? (tip.payload?.[0]?.payload as Spot | undefined) : undefined} label={label} />} />,
  ];
  return (
    <ResponsiveContainer width="100%" height={height} initialDimension={{ width: 320, height }}>
      {shape === "bars" ? (
        <BarChart {...given}>{shared}<Bar dataKey="value" fill="var(--chart-ink)" radius={[3, 3, 0, 0]} maxBarSize={36} isAnimationActive={false} /></BarChart>
      ) : (
        <AreaChart {...given}>{shared}<Area dataKey="value" type="linear" stroke="var(--chart-ink)" strokeWidth={2} fill="var(--chart-ground)" fillOpacity={1} dot={spots.length <= FEW && { r: 2, fill: "var(--chart-ink)", stroke: "none", fillOpacity: 1 }} activeDot={{ r: 4, fill: "var(--chart-ink)", stroke: "var(--mantine-color-body)" }} isAnimationActive={false} /></AreaChart>
      )}
    </ResponsiveContainer>
  );
}

function Tip({ spot, label }: { spot: Spot | undefined; label: ChartProps["label"] }): ReactElement | null {
  if (!spot) return null;
  const { title, text } = label(spot);
  return (
    <div className="card" style={{ padding: "6px 10px" }}>
      <Text size="xs" c="dimmed">{title}</Text>
      <Text size="sm" fw={600} className="number">{text}</Text>
    </div>
  );
}
