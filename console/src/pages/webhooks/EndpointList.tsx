import { Anchor, Table, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { Link } from "react-router";
import type { WebhooksQuery } from "../../gql/graphql";
import { useFormats } from "../../lib/format";
import { stateOf, without } from "../../lib/webhooks";
import { IconWebhook } from "../../ui/icons";
import { Section } from "../../ui/Section";
import { Empty } from "../../ui/States";
import { EndpointState } from "./EndpointState";

type Listed = WebhooksQuery["merchant"]["webhookEndpoints"][number];

export function EndpointList({ endpoints, action }: { endpoints: Listed[]; action: ReactNode }) {
  if (endpoints.length === 0) {
    return (
      <Section title="Endpoints" flush>
        <Empty icon={IconWebhook} title="Nobody is told yet" action={action}>
          Add the address of a system that shall know when points are earned, spent or about to expire: your shop, your CRM, your mailing tool.
        </Empty>
      </Section>
    );
  }
  return (
    <Section title={endpoints.length === 1 ? "1 endpoint" : `${endpoints.length} endpoints`} flush>
      <div className="table-scroll">
        <Table verticalSpacing="sm" horizontalSpacing="lg" miw={720} highlightOnHover>
          <Table.Thead><Table.Tr><Table.Th>Address</Table.Th><Table.Th>Events</Table.Th><Table.Th>Latest delivery</Table.Th><Table.Th>State</Table.Th></Table.Tr></Table.Thead>
          <Table.Tbody>{endpoints.map((endpoint) => <Row key={endpoint.id} endpoint={endpoint} />)}</Table.Tbody>
        </Table>
      </div>
    </Section>
  );
}

function Row({ endpoint }: { endpoint: Listed }) {
  const formats = useFormats();
  const latest = endpoint.latest.edges[0]?.node;
  const { events } = endpoint;
  return (
    <Table.Tr>
      <Table.Td maw={360}>
        <Anchor component={Link} to={`/webhooks/${encodeURIComponent(endpoint.id)}`} size="sm" fw={550} style={{ overflowWrap: "anywhere" }}>{without(endpoint.url)}</Anchor>
        {endpoint.description && <Text size="xs" c="dimmed">{endpoint.description}</Text>}
      </Table.Td>
      <Table.Td>{events.length === 0 ? <Text size="sm">All</Text> : <><span className="mono">{events[0]}</span>{events.length > 1 && <Text size="xs" c="dimmed">and {events.length - 1} more</Text>}</>}</Table.Td>
      <Table.Td>
        {latest ? <><Text size="sm">{formats.ago(latest.createdAt)}</Text><Text size="xs" c="dimmed">{stateOf(latest).word}</Text></> : <Text size="sm" c="dimmed">None yet</Text>}
      </Table.Td>
      <Table.Td><EndpointState of={endpoint} long /></Table.Td>
    </Table.Tr>
  );
}
