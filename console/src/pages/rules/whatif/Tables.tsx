import { Anchor, SimpleGrid, Table, Text } from "@mantine/core";
import { Link } from "react-router";
import { useFormats } from "../../../lib/format";
import { reason, type Result, type Side } from "../../../lib/whatif";
import { Section } from "../../../ui/Section";

type Changed = Result["gainers"];

export function People({ gainers, losers }: { gainers: Changed; losers: Changed }) {
  return (
    <SimpleGrid cols={{ base: 1, md: 2 }} spacing="md" style={{ alignItems: "start" }}>
      <Ten title="Who gains" changed={gainers} none="Nobody would get more." word="more" />
      <Ten title="Who loses" changed={losers} none="Nobody would get less." word="less" />
    </SimpleGrid>
  );
}

function Ten({ title, changed, none, word }: { title: string; changed: Changed; none: string; word: string }) {
  const formats = useFormats();
  const about = changed.customers === 0 ? none : `${formats.points(changed.customers)} ${changed.customers === 1 ? "customer" : "customers"}, ${formats.money(changed.total.amount)} ${word}, if points are used whenever they can be.`;
  return (
    <Section title={title} about={about} flush>
      {changed.largest.length > 0 && (
        <div className="table-scroll">
          <Table verticalSpacing={6} horizontalSpacing="sm" miw={300}>
            <Table.Thead><Table.Tr><Table.Th>Customer</Table.Th><Table.Th ta="right">Live rules</Table.Th><Table.Th ta="right">Draft</Table.Th><Table.Th ta="right">{word === "more" ? "Gains" : "Loses"}</Table.Th></Table.Tr></Table.Thead>
            <Table.Tbody>
              {changed.largest.map((each) => (
                <Table.Tr key={each.id}>
                  <Table.Td><Anchor component={Link} to={`/customers/${each.id}`} target="_blank" size="sm" style={{ overflowWrap: "anywhere" }}>{each.externalId}</Anchor></Table.Td>
                  <Table.Td ta="right" className="number">{formats.money(each.now.amount)}</Table.Td>
                  <Table.Td ta="right" className="number">{formats.money(each.draft.amount)}</Table.Td>
                  <Table.Td ta="right" className="number" fw={550}>{formats.money(each.difference.amount)}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </div>
      )}
    </Section>
  );
}

export function Tiers({ tiers }: { tiers: Result["tiers"] }) {
  const formats = useFormats();
  if (tiers.length < 2) return null;
  return (
    <Section title="By tier" flush>
      <div className="table-scroll">
        <Table verticalSpacing={6} horizontalSpacing="md" miw={480}>
          <Table.Thead><Table.Tr><Table.Th>Tier</Table.Th><Table.Th ta="right">Customers</Table.Th><Table.Th ta="right">Orders</Table.Th><Table.Th ta="right">Cost, live rules</Table.Th><Table.Th ta="right">Cost, draft</Table.Th></Table.Tr></Table.Thead>
          <Table.Tbody>
            {tiers.map((each) => (
              <Table.Tr key={each.tier ?? ""}>
                <Table.Th scope="row">{each.tier ?? "No tier"}</Table.Th>
                <Table.Td ta="right" className="number">{formats.points(each.customers)}</Table.Td>
                <Table.Td ta="right" className="number">{formats.points(each.orders)}</Table.Td>
                <Table.Td ta="right" className="number">{formats.money(each.discountNow.expected.amount)}</Table.Td>
                <Table.Td ta="right" className="number" fw={550}>{formats.money(each.discountDraft.expected.amount)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </div>
    </Section>
  );
}

export function Reasons({ now, draft, carts }: { now: Side; draft: Side; carts: number }) {
  const formats = useFormats();
  const codes = [...new Set([...draft.refusals, ...now.refusals].map(({ code }) => code))];
  const of = (side: Side, code: string) => formats.points(side.refusals.find((each) => each.code === code)?.carts ?? 0);
  if (codes.length === 0) return null;
  return (
    <Section title="Why carts get nothing" about={`Of ${formats.points(carts)} carts; the first reason of each.`} flush>
      <div className="table-scroll">
        <Table verticalSpacing={6} horizontalSpacing="sm" miw={300}>
          <Table.Thead><Table.Tr><Table.Th>Reason</Table.Th><Table.Th ta="right">Live rules</Table.Th><Table.Th ta="right">Draft</Table.Th></Table.Tr></Table.Thead>
          <Table.Tbody>
            {codes.map((code) => (
              <Table.Tr key={code}>
                <Table.Td>{reason(code)}</Table.Td>
                <Table.Td ta="right" className="number">{of(now, code)}</Table.Td>
                <Table.Td ta="right" className="number" fw={550}>{of(draft, code)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </div>
    </Section>
  );
}

const NAMES: Record<string, string> = {
  carts: "Carts", orders: "Orders", now_and_draft: "Live rules and draft", able_carts: "Carts that can use points", take_up: "Take-up", range: "Expected, and the range",
  discount: "Discount cost", average_order: "Average order", zero_orders: "Orders that reach zero", refusals: "Why carts get nothing", tiers: "By tier",
  gainers_and_losers: "Who gains and who loses", left_out: "What is left out",
};

export function Definitions({ result, since }: { result: Result; since: string | null }) {
  const formats = useFormats();
  return (
    <details>
      <summary><Text span size="sm" fw={550}>How this is worked out</Text></summary>
      <dl style={{ margin: "0.75rem 0 0" }}>
        {result.definitions.map(({ id, text }) => (
          <div key={id} style={{ marginBottom: "0.625rem" }}>
            <Text component="dt" size="sm" fw={550}>{NAMES[id] ?? id}</Text>
            <Text component="dd" size="sm" c="dimmed" m={0}>
              {text}{id === "take_up" && result.takeUp !== null && ` Here: ${percent(result.takeUp)} %.`}{id === "carts" && since !== null && ` Recorded since ${formats.day(since)}.`}
            </Text>
          </div>
        ))}
      </dl>
    </details>
  );
}

/** "0.2500" is 25. */
function percent(part: string): string {
  return String(Number(`${part}e2`));
}
