import { ActionIcon, Skeleton, Table, Tooltip } from "@mantine/core";
import { lazy, type ReactNode, Suspense } from "react";
import { IconChartLine, IconTable } from "../../ui/icons";
import type { ChartProps } from "./Charts";

/** The charting library is a piece of its own: figures are there before it has come. */
const Chart = lazy(() => import("./Charts"));

interface PictureProps extends ChartProps {
  /** What is to be seen, in words. */
  says: string;
}

export function Picture({ says, ...chart }: PictureProps) {
  return (
    <div role="img" aria-label={says} style={{ minHeight: chart.height }}>
      <Suspense fallback={<Skeleton height={chart.height} radius={8} />}><Chart {...chart} /></Suspense>
    </div>
  );
}

interface RowsProps {
  name: string;
  heads: string[];
  rows: string[][];
  height: number;
  children?: ReactNode;
}

/** The same as a table, as high as the picture. */
export function Rows({ name, heads, rows, height }: RowsProps) {
  return (
    <div className="table-scroll" style={{ maxHeight: height, overflowY: "auto" }} role="region" aria-label={`${name}, as a table`} tabIndex={0}>
      <Table verticalSpacing={6} horizontalSpacing="xs" stickyHeader>
        <Table.Thead><Table.Tr>{heads.map((head, at) => <Table.Th key={head} ta={at ? "right" : undefined}>{head}</Table.Th>)}</Table.Tr></Table.Thead>
        <Table.Tbody>
          {rows.map(([first, ...rest]) => (
            <Table.Tr key={first}>
              <Table.Th scope="row" fw={400}>{first}</Table.Th>
              {rest.map((cell, at) => <Table.Td key={at} ta="right" className="number">{cell}</Table.Td>)}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}

export function Switch({ name, table, onChange }: { name: string; table: boolean; onChange: (table: boolean) => void }) {
  const label = table ? `Show as a chart: ${name}` : `Show as a table: ${name}`;
  return (
    <Tooltip label={table ? "Show as a chart" : "Show as a table"}>
      <ActionIcon variant="subtle" color="gray" onClick={() => onChange(!table)} aria-label={label}>
        {table ? <IconChartLine size={17} aria-hidden /> : <IconTable size={17} aria-hidden />}
      </ActionIcon>
    </Tooltip>
  );
}
