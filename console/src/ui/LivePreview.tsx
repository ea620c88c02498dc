import { Alert, Group, Loader, Stack, Table, Text } from "@mantine/core";
import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useFormats } from "../lib/format";
import { useMay } from "../lib/shell";
import { MoneyField } from "./Fields";
import { IconAlertTriangle, IconInfoCircle } from "./icons";
import { Section } from "./Section";
import { Trouble } from "./States";

interface Props {
  about: string;
  query: UseQueryResult<unknown>;
  /** What of the rule cannot be read yet. */
  missing?: string;
  /** What of the carts cannot be read. */
  unread?: string;
  /** Why the gateway refuses such a rule. */
  refused?: string;
  controls: ReactNode;
  table: ReactNode;
  /** What is told of a rule that can be. */
  children: ReactNode;
}

/** What a rule would do, beside its form. */
export function LivePreview({ about, query, missing, unread, refused, controls, table, children }: Props) {
  const may = useMay("CONFIGURE");
  const hint = missing === undefined ? unread : `Not a whole rule yet. ${missing}`;
  return (
    <Section title="Live preview" about={about} flush action={query.isFetching ? <Loader size="xs" mt={4} role="status" aria-label="Working it out" /> : undefined}>
      {!may ? (
        <Text size="sm" c="dimmed" p="lg">A preview is for those who may change rules.</Text>
      ) : (
        <>
          {controls}
          {table}
          <Stack gap="sm" p="lg" aria-live="polite">
            {query.isError && <Trouble error={query.error} again={() => void query.refetch()} />}
            {hint !== undefined && <Alert color="gray" icon={<IconInfoCircle size={18} aria-hidden />}>{hint}</Alert>}
            {refused !== undefined && <Alert color="red" title="Such a rule cannot be" icon={<IconAlertTriangle size={18} aria-hidden />}>{refused}</Alert>}
            {children}
          </Stack>
        </>
      )}
    </Section>
  );
}

interface TableProps {
  /** What a row is: "Cart". */
  what: string;
  heads: string[];
  totals: string[];
  setTotals: (totals: string[]) => void;
  cells: (row: number) => ReactNode[];
  selected: number;
  onSelect: (row: number) => void;
}

/** Carts whose totals can be changed, and what comes of each. */
export function TrialTable({ what, heads, totals, setTotals, cells, selected, onSelect }: TableProps) {
  return (
    <div className="table-scroll">
      <Table className="trial" verticalSpacing={6} horizontalSpacing={6} miw={330}>
        <Table.Thead>
          <Table.Tr><Table.Th pl="lg">{what}</Table.Th>{heads.map((head, at) => <Table.Th key={head} ta="right" pr={at === heads.length - 1 ? "lg" : undefined}>{head}</Table.Th>)}</Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {totals.map((total, row) => {
            const shown = cells(row);
            return (
              <Table.Tr key={row} aria-selected={row === selected} onFocus={() => onSelect(row)} onClick={() => onSelect(row)}>
                <Table.Td pl="lg" w={138}><MoneyField label={`${what} ${row + 1}`} hideLabel value={total} onChange={(value) => setTotals(totals.map((old, at) => (at === row ? value : old)))} /></Table.Td>
                {shown.map((cell, at) => <Table.Td key={heads[at]} ta="right" className="number" pr={at === heads.length - 1 ? "lg" : undefined}>{cell}</Table.Td>)}
              </Table.Tr>
            );
          })}
        </Table.Tbody>
      </Table>
    </div>
  );
}

const LANGUAGES: Record<string, string> = { en: "English", hi: "Hindi", es: "Spanish", fr: "French", de: "German", ja: "Japanese", ar: "Arabic" };

export function Sentences({ what, total, sentences }: { what: string; total: string; sentences: { language: string; text: string }[] }) {
  const formats = useFormats();
  return (
    <div>
      <Text size="sm" fw={600} mb={6}>What the shopper reads, with {what} of {formats.money(total)}</Text>
      <Stack gap={6} component="dl" m={0}>
        {sentences.map(({ language, text }) => (
          <Group key={language} gap="sm" wrap="nowrap" align="baseline">
            <Text component="dt" size="xs" c="dimmed" w={62} style={{ flexShrink: 0 }}>{LANGUAGES[language] ?? language}</Text>
            <Text component="dd" m={0} size="sm" lang={language} dir={language === "ar" ? "rtl" : undefined} style={{ flex: 1 }}>{text}</Text>
          </Group>
        ))}
      </Stack>
    </div>
  );
}
