import { Anchor, Button, Group, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { Link } from "react-router";
import { type Finding, FINDINGS, REPAIRS } from "../../lib/findings";
import { useFormats } from "../../lib/format";
import { useMay } from "../../lib/shell";
import { Facts } from "../../ui/Facts";
import { Fold } from "../../ui/Fold";
import { Status } from "../../ui/Status";
import { Moves } from "./Moves";
import { Repair } from "./Repair";

export function FindingRow({ finding }: { finding: Finding }) {
  const formats = useFormats();
  const { word, tone } = FINDINGS[finding.kind];
  const head = (
    <Stack gap={4}>
      <Group gap="xs" justify="space-between">
        <Status tone={tone}>{word}</Status>
        <Text size="xs" c="dimmed">{formats.when(finding.at)}</Text>
      </Group>
      <Text size="sm">{finding.sentence}</Text>
    </Stack>
  );
  return <Fold head={head}><Detail finding={finding} /></Fold>;
}

function Detail({ finding }: { finding: Finding }) {
  const formats = useFormats();
  const may = useMay("ADJUST");
  const [repairing, setRepairing] = useState(false);
  const { repair, preview, points, credits, pointsThere } = finding;
  const hasCredit = Number(credits.amount) > 0;
  return (
    <Stack gap="lg">
      <Facts
        facts={[
          ["Customer", <Anchor key="customer" component={Link} to={`/customers/${finding.customer.id}`} inherit>{finding.customer.externalId ?? "Without an id of yours"}</Anchor>],
          ["Order", finding.orderId && <span className="mono">{finding.orderId}</span>],
          [finding.orderId ? "Order before points" : "Cart", finding.amount && formats.money(finding.amount.amount)],
          ["Points", points ? formats.points(points) : null],
          ["Store credit", hasCredit ? formats.money(credits.amount) : null],
          ["Points now", pointsThere === null ? null : pointsThere ? "The customer still has them" : "Spent elsewhere since"],
        ]}
      />
      {repair === null ? (
        <Text size="sm" c="dimmed">{finding.open ? "There is no repair for this: look at the order in your shop." : "There is nothing to do."}</Text>
      ) : (
        <div>
          <Text size="sm" fw={600}>Proposed: {REPAIRS[repair].action.toLowerCase()}</Text>
          <Text size="sm" c="dimmed" mb="sm">{REPAIRS[repair].about}</Text>
          <Moves finding={finding} />
          {may && <Button size="xs" mt="md" disabled={preview?.refusal != null} onClick={() => setRepairing(true)}>{REPAIRS[repair].action}</Button>}
        </div>
      )}
      {repairing && repair !== null && <Repair finding={finding} repair={repair} onClose={() => setRepairing(false)} />}
    </Stack>
  );
}
