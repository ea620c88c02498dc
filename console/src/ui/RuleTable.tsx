import { Anchor, SegmentedControl, Table, Text } from "@mantine/core";
import { Link } from "react-router";
import { useFormats } from "../lib/format";
import { RuleState } from "./RuleState";

interface Row {
  archivedAt: string | null;
  editedAt: string;
  rule: { id: string; name: string; version: number; startsAt: string | null; endsAt: string | null };
}

interface Props<R extends Row> {
  rules: R[];
  /** Where the pages of rules are. */
  at: string;
  kind: (rule: R["rule"]) => string;
  gives: (rule: R["rule"]) => string;
}

/** Rules, whatever they are for. */
export function RuleTable<R extends Row>({ rules, at, kind, gives }: Props<R>) {
  const formats = useFormats();
  return (
    <div className="table-scroll">
      <Table verticalSpacing="sm" horizontalSpacing="lg" miw={720} highlightOnHover>
        <Table.Thead><Table.Tr><Table.Th>Rule</Table.Th><Table.Th>Gives</Table.Th><Table.Th>State</Table.Th><Table.Th ta="right">Version</Table.Th><Table.Th>Edited</Table.Th></Table.Tr></Table.Thead>
        <Table.Tbody>
          {rules.map((managed) => (
            <Table.Tr key={managed.rule.id}>
              <Table.Td>
                <Anchor component={Link} to={`${at}/${managed.rule.id}`} fw={550} size="sm">{managed.rule.name}</Anchor>
                <Text size="xs" c="dimmed">{kind(managed.rule)}</Text>
              </Table.Td>
              <Table.Td className="number">{gives(managed.rule)}</Table.Td>
              <Table.Td><RuleState of={managed} /></Table.Td>
              <Table.Td ta="right" className="number">{managed.rule.version}</Table.Td>
              <Table.Td style={{ whiteSpace: "nowrap" }}>{formats.ago(managed.editedAt)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}

export function LiveOrArchived({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  return <SegmentedControl size="xs" data={[{ value: "live", label: "Live" }, { value: "archived", label: "Archived" }]} value={value} onChange={onChange} aria-label="Which rules" />;
}
