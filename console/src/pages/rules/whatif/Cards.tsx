import { Group, SimpleGrid, Text } from "@mantine/core";
import { useFormats } from "../../../lib/format";
import type { Result } from "../../../lib/whatif";

/** Live rules against the draft, figure by figure. */
export function Cards({ result }: { result: Result }) {
  const formats = useFormats();
  const { now, draft } = result;
  const count = (of: { least: number; most: number }) => (of.least === of.most ? "" : `${formats.points(of.least)} to ${formats.points(of.most)}`);
  const amount = (of: { least: { amount: string }; most: { amount: string } }) => (of.least.amount === of.most.amount ? "" : `${formats.money(of.least.amount)} to ${formats.money(of.most.amount)}`);
  return (
    <SimpleGrid cols={{ base: 1, xs: 2, md: 3 }} spacing="md">
      <Card label="Discount cost" now={formats.money(now.discount.expected.amount)} draft={formats.money(draft.discount.expected.amount)} span={amount(draft.discount)} />
      <Card label="Orders with points" now={formats.points(now.redemptions.expected)} draft={formats.points(draft.redemptions.expected)} span={count(draft.redemptions)} />
      <Card label="Average order after discount" now={formats.money(now.averagePaid?.amount)} draft={formats.money(draft.averagePaid?.amount)} note={result.averageOrder ? `${formats.money(result.averageOrder.amount)} before points` : ""} />
      <Card label="Orders that reach zero" now={formats.points(now.zeroOrders.expected)} draft={formats.points(draft.zeroOrders.expected)} span={count(draft.zeroOrders)} />
      <Card label="Carts that can use points" now={formats.points(now.ableCarts)} draft={formats.points(draft.ableCarts)} note={`of ${formats.points(result.carts)} carts`} />
      <Card label="Carts on which this rule is best" now={formats.points(now.usedCarts)} draft={formats.points(draft.usedCarts)} note="against all live rules" />
    </SimpleGrid>
  );
}

function Card({ label, now, draft, span, note }: { label: string; now: string; draft: string; span?: string; note?: string }) {
  return (
    <section className="card" aria-label={label} style={{ padding: "0.875rem 1rem" }}>
      <Text size="xs" c="dimmed" fw={550}>{label}</Text>
      <Text fz={22} fw={650} mt={4} className="number" lh={1.25} style={{ overflowWrap: "anywhere" }}>{draft || "–"}</Text>
      <Group gap={6} mt={2}>
        <Text size="sm" c="dimmed" className="number">{now || "–"} with the live rules</Text>
      </Group>
      <Text size="xs" c="dimmed" mt={4} className="number" mih={16}>{span ? `Between ${span.replace(" to ", " and ")}` : note}</Text>
    </section>
  );
}
