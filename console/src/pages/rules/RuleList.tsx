import { Anchor, Group, SegmentedControl, Table, Text } from "@mantine/core";
import { IconDiscount } from "../../ui/icons";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "react-router";
import { RulesDocument, type RulesQuery } from "../../gql/graphql";
import { ask } from "../../lib/api";
import { useFormats } from "../../lib/format";
import { KINDS, summary } from "../../lib/rule";
import { Section } from "../../ui/Section";
import { Empty, Loaded } from "../../ui/States";
import { CreateRule } from "./CreateRule";
import { Status } from "../../ui/Status";

type Managed = RulesQuery["merchant"]["customCheckout"]["rules"][number];

/** `plain`: the page around it has the button already. */
export function RuleList({ title, plain }: { title: string; plain?: boolean }) {
  const [which, setWhich] = useState("live");
  const archived = which === "archived";
  const query = useQuery({ queryKey: ["rules", archived], queryFn: () => ask(RulesDocument, { archived }) });
  const switcher = <SegmentedControl size="xs" data={[{ value: "live", label: "Live" }, { value: "archived", label: "Archived" }]} value={which} onChange={setWhich} aria-label="Which rules" />;
  return (
    <Loaded query={query} rows={1}>
      {({ merchant: { customCheckout: { rules } } }) => {
        const shown = archived ? rules.filter((rule) => rule.archivedAt !== null) : rules;
        return (
          <Section title={title} flush action={<Group gap="sm">{switcher}{!plain && <CreateRule />}</Group>}>
            {shown.length > 0 ? <Rows rules={shown} /> : archived ? (
              <Empty icon={IconDiscount} title="No rule is archived">An archived rule is out of use; redemptions made under it keep it.</Empty>
            ) : (
              <Empty icon={IconDiscount} title="There is no rule yet" action={<CreateRule />}>A rule says what points are worth, and the most discount at once. Start with “1 point = 1, at most 100”.</Empty>
            )}
          </Section>
        );
      }}
    </Loaded>
  );
}

function Rows({ rules }: { rules: Managed[] }) {
  const formats = useFormats();
  return (
    <div className="table-scroll">
      <Table verticalSpacing="sm" horizontalSpacing="lg" miw={720} highlightOnHover>
        <Table.Thead><Table.Tr><Table.Th>Rule</Table.Th><Table.Th>Gives</Table.Th><Table.Th>State</Table.Th><Table.Th ta="right">Version</Table.Th><Table.Th>Edited</Table.Th></Table.Tr></Table.Thead>
        <Table.Tbody>
          {rules.map((managed) => (
            <Table.Tr key={managed.rule.id}>
              <Table.Td>
                <Anchor component={Link} to={`/rules/${managed.rule.id}`} fw={550} size="sm">{managed.rule.name}</Anchor>
                <Text size="xs" c="dimmed">{KINDS[managed.rule.kind].name}</Text>
              </Table.Td>
              <Table.Td className="number">{summary(managed.rule, formats)}</Table.Td>
              <Table.Td><State of={managed} /></Table.Td>
              <Table.Td ta="right" className="number">{managed.rule.version}</Table.Td>
              <Table.Td style={{ whiteSpace: "nowrap" }}>{formats.ago(managed.editedAt)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}

export function State({ of: managed }: { of: Pick<Managed, "archivedAt"> & { rule: { startsAt: string | null; endsAt: string | null } } }) {
  const now = Date.now();
  if (managed.archivedAt !== null) return <Status tone="off">Archived</Status>;
  if (managed.rule.startsAt !== null && Date.parse(managed.rule.startsAt) > now) return <Status tone="info">Scheduled</Status>;
  if (managed.rule.endsAt !== null && Date.parse(managed.rule.endsAt) <= now) return <Status tone="off">Ended</Status>;
  return <Status tone="good">Live</Status>;
}
