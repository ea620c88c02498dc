import { Anchor, Table, Text } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "react-router";
import { CustomerJournalDocument, type CustomerJournalQuery, type Wallet } from "../../gql/graphql";
import { ask } from "../../lib/api";
import { type Formats, useFormats } from "../../lib/format";
import { effect, elsewhere, sentence } from "../../lib/journal";
import { inColumn } from "../../lib/wallet";
import { IconHistory } from "../../ui/icons";
import { More } from "../../ui/More";
import { Pages } from "../../ui/Pages";
import { Section } from "../../ui/Section";
import { Empty } from "../../ui/States";
import { WalletChoice } from "./WalletChoice";

type Entry = NonNullable<CustomerJournalQuery["customer"]>["history"]["edges"][number]["node"];

/** Every movement, in sentences, with the balance after it. */
export function Journal({ id }: { id: string }) {
  const [wallet, setWallet] = useState<Wallet>("COINS");
  const query = useInfiniteQuery({
    queryKey: ["customer", id, "journal", wallet],
    queryFn: ({ pageParam }) => ask(CustomerJournalDocument, { id, wallet, after: pageParam }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ customer }) => (customer?.history.pageInfo.hasNextPage ? customer.history.pageInfo.endCursor : undefined),
  });
  return (
    <Section title="Journal" about="Every movement, the newest first. Nothing in it ever changes." action={<WalletChoice value={wallet} onChange={setWallet} />} flush>
      <Pages query={query}>
        {(pages) => {
          const entries = pages.flatMap(({ customer }) => customer?.history.edges.map(({ node }) => node) ?? []);
          if (entries.length === 0) return <Empty icon={IconHistory} title="Nothing has happened yet">What comes in and goes out is written down here.</Empty>;
          return <Rows entries={entries} wallet={wallet} />;
        }}
      </Pages>
      <More query={query} label="Show older ones" />
    </Section>
  );
}

function Rows({ entries, wallet }: { entries: Entry[]; wallet: Wallet }) {
  const formats = useFormats();
  return (
    <div className="table-scroll">
      <Table verticalSpacing="sm" horizontalSpacing="lg" miw={640}>
        <Table.Thead><Table.Tr><Table.Th>What</Table.Th><Table.Th>When</Table.Th><Table.Th ta="right">Change</Table.Th><Table.Th ta="right">Available after</Table.Th></Table.Tr></Table.Thead>
        <Table.Tbody>
          {entries.map((entry) => (
            <Table.Tr key={entry.sequence}>
              <Table.Td>
                <Text size="sm" style={{ overflowWrap: "anywhere" }}>{sentence(entry)}</Text>
                {entry.kind === "MERGE" && entry.reason && <Anchor component={Link} to={`/customers/${entry.reason}`} size="xs">The other customer</Anchor>}
              </Table.Td>
              <Table.Td style={{ whiteSpace: "nowrap" }}>{formats.when(entry.at)}</Table.Td>
              <Table.Td ta="right" className="number"><Change entry={entry} wallet={wallet} formats={formats} /></Table.Td>
              <Table.Td ta="right" className="number">
                <Text size="sm" fw={550}>{inColumn(entry.availableAfter, wallet, formats)}</Text>
                {entry.heldAfter > 0 && <Text size="xs" c="dimmed">{inColumn(entry.heldAfter, wallet, formats)} reserved</Text>}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}

function Change({ entry, wallet, formats }: { entry: Entry; wallet: Wallet; formats: Formats }) {
  const by = effect(entry);
  const amount = inColumn(entry.points, wallet, formats);
  if (by === 0) return <Text size="sm" c="dimmed">{amount} {elsewhere(entry)}</Text>;
  return <span className={by > 0 ? "is" : "less"}>{by > 0 ? "+" : "−"}{amount}</span>;
}
