import { Group, SegmentedControl, Table, Text } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { CustomerLotsDocument, type CustomerLotsQuery, type Wallet } from "../../gql/graphql";
import { ask } from "../../lib/api";
import { type Formats, useFormats } from "../../lib/format";
import { origin } from "../../lib/journal";
import { inColumn } from "../../lib/wallet";
import { IconCoins } from "../../ui/icons";
import { More } from "../../ui/More";
import { Pages } from "../../ui/Pages";
import { Section } from "../../ui/Section";
import { Empty } from "../../ui/States";
import { Status } from "../../ui/Status";
import { WalletChoice } from "./WalletChoice";

type Lot = NonNullable<CustomerLotsQuery["customer"]>["lots"]["edges"][number]["node"];
const SOON = 14 * 86_400_000;

/** What the points came in as, and when they lapse. */
export function Lots({ id }: { id: string }) {
  const [wallet, setWallet] = useState<Wallet>("COINS");
  const [which, setWhich] = useState("open");
  const usedUp = which === "used";
  const query = useInfiniteQuery({
    queryKey: ["customer", id, "lots", wallet, usedUp],
    queryFn: ({ pageParam }) => ask(CustomerLotsDocument, { id, wallet, usedUp, after: pageParam }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ customer }) => (customer?.lots.pageInfo.hasNextPage ? customer.lots.pageInfo.endCursor : undefined),
  });
  const choices = (
    <Group gap="xs">
      <WalletChoice value={wallet} onChange={setWallet} />
      <SegmentedControl size="xs" data={[{ value: "open", label: "Open" }, { value: "used", label: "Used up" }]} value={which} onChange={setWhich} aria-label="Which lots" />
    </Group>
  );
  return (
    <Section title="Lots" about={usedUp ? "Nothing is left of these, the newest first." : "In the order in which they are spent."} action={choices} flush>
      <Pages query={query}>
        {(pages) => {
          const lots = pages.flatMap(({ customer }) => customer?.lots.edges.map(({ node }) => node) ?? []);
          if (lots.length === 0) return <Empty icon={IconCoins} title={usedUp ? "No lot is used up" : "There is nothing to spend"}>What comes in together, with one expiry, is a lot.</Empty>;
          return <Rows lots={lots} wallet={wallet} usedUp={usedUp} />;
        }}
      </Pages>
      <More query={query} label="Show more" />
    </Section>
  );
}

function Rows({ lots, wallet, usedUp }: { lots: Lot[]; wallet: Wallet; usedUp: boolean }) {
  const formats = useFormats();
  return (
    <div className="table-scroll">
      <Table verticalSpacing="sm" horizontalSpacing="lg" miw={720}>
        <Table.Thead><Table.Tr><Table.Th>Came in</Table.Th><Table.Th ta="right">Amount</Table.Th><Table.Th>{usedUp ? "Became" : "Now"}</Table.Th><Table.Th>{usedUp ? "Lapsed or would have" : "Lapses"}</Table.Th></Table.Tr></Table.Thead>
        <Table.Tbody>
          {lots.map((lot) => (
            <Table.Tr key={lot.number}>
              <Table.Td>
                <Text size="sm" fw={550} style={{ overflowWrap: "anywhere" }}>{origin(lot.source, lot.reason)}</Text>
                <Text size="xs" c="dimmed">{formats.when(lot.createdAt)}</Text>
              </Table.Td>
              <Table.Td ta="right" className="number">{inColumn(lot.amount, wallet, formats)}</Table.Td>
              <Table.Td className="number">{buckets(lot, wallet, formats)}</Table.Td>
              <Table.Td style={{ whiteSpace: "nowrap" }}><Expiry lot={lot} usedUp={usedUp} /></Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}

/** "380 available · 20 spent"; nothing of what is nothing. */
function buckets(lot: Lot, wallet: Wallet, formats: Formats): string {
  const named: [number, string][] = [
    [lot.available, "available"], [lot.held, "reserved"], [lot.pending, `pending until ${formats.when(lot.availableFrom)}`],
    [lot.spent, "spent"], [lot.expired, "lapsed"], [lot.clawedBack, "taken back"], [lot.moved, "moved on"],
  ];
  return named.filter(([amount]) => amount > 0).map(([amount, name]) => `${inColumn(amount, wallet, formats)} ${name}`).join(" · ");
}

function Expiry({ lot, usedUp }: { lot: Lot; usedUp: boolean }) {
  const formats = useFormats();
  if (lot.expiresAt === null) return <Text size="sm" c="dimmed">Never</Text>;
  const soon = !usedUp && lot.available > 0 && Date.parse(lot.expiresAt) - Date.now() < SOON;
  return <Group gap="xs" wrap="nowrap"><Text size="sm">{formats.when(lot.expiresAt)}</Text>{soon && <Status tone="warn">Soon</Status>}</Group>;
}
