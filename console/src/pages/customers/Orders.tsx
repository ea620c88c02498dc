import { Table, Text } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { CustomerOrdersDocument, type CustomerOrdersQuery, type LoyaltyOrderStatus } from "../../gql/graphql";
import { ask } from "../../lib/api";
import { useFormats } from "../../lib/format";
import { IconShoppingCart } from "../../ui/icons";
import { More } from "../../ui/More";
import { Pages } from "../../ui/Pages";
import { Section } from "../../ui/Section";
import { Empty } from "../../ui/States";
import { Status, type Tone } from "../../ui/Status";

type Order = NonNullable<CustomerOrdersQuery["customer"]>["loyaltyOrders"]["edges"][number]["node"];

const STATES: Record<LoyaltyOrderStatus, { word: string; tone: Tone }> = {
  EXPECTED: { word: "Not paid yet", tone: "warn" },
  COMPLETED: { word: "Paid", tone: "good" },
  PARTLY_REFUNDED: { word: "Partly refunded", tone: "info" },
  REFUNDED: { word: "Refunded", tone: "off" },
  CANCELLED: { word: "Cancelled", tone: "off" },
};

/** The orders that the gateway was told of. */
export function Orders({ id }: { id: string }) {
  const query = useInfiniteQuery({
    queryKey: ["customer", id, "orders"],
    queryFn: ({ pageParam }) => ask(CustomerOrdersDocument, { id, after: pageParam }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ customer }) => (customer?.loyaltyOrders.pageInfo.hasNextPage ? customer.loyaltyOrders.pageInfo.endCursor : undefined),
  });
  return (
    <Section title="Orders" about="As your shop has told of them, the newest first." flush>
      <Pages query={query}>
        {(pages) => {
          const orders = pages.flatMap(({ customer }) => customer?.loyaltyOrders.edges.map(({ node }) => node) ?? []);
          if (orders.length === 0) return <Empty icon={IconShoppingCart} title="No order was told of">Orders come with completeOrder, or from your shop by webhook.</Empty>;
          return <Rows orders={orders} />;
        }}
      </Pages>
      <More query={query} label="Show older ones" />
    </Section>
  );
}

function Rows({ orders }: { orders: Order[] }) {
  const formats = useFormats();
  const money = (value: { amount: string } | null) => (value ? formats.money(value.amount) : "–");
  return (
    <div className="table-scroll">
      <Table verticalSpacing="sm" horizontalSpacing="lg" miw={720}>
        <Table.Thead><Table.Tr><Table.Th>Order</Table.Th><Table.Th>State</Table.Th><Table.Th ta="right">Total</Table.Th><Table.Th ta="right">Paid</Table.Th><Table.Th ta="right">Given back</Table.Th><Table.Th ta="right">Earned</Table.Th></Table.Tr></Table.Thead>
        <Table.Tbody>
          {orders.map((order) => (
            <Table.Tr key={order.id}>
              <Table.Td>
                <Text size="sm" fw={550} style={{ overflowWrap: "anywhere" }}>{order.orderId}</Text>
                {order.placedAt && <Text size="xs" c="dimmed">{formats.when(order.placedAt)}</Text>}
              </Table.Td>
              <Table.Td><Status tone={STATES[order.status].tone}>{STATES[order.status].word}</Status></Table.Td>
              <Table.Td ta="right" className="number">{money(order.total)}</Table.Td>
              <Table.Td ta="right" className="number">{money(order.paid)}</Table.Td>
              <Table.Td ta="right" className="number">{money(order.refunded)}</Table.Td>
              <Table.Td ta="right" className="number">
                <Text size="sm">{formats.points(order.earnedPoints)}</Text>
                {order.clawedBackPoints > 0 && <Text size="xs" c="dimmed">{formats.points(order.clawedBackPoints)} taken back</Text>}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}
