import { Anchor, Button, CloseButton, Table, Text, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { Link, useSearchParams } from "react-router";
import { CustomersDocument, type CustomersQuery } from "../../gql/graphql";
import { ask } from "../../lib/api";
import { useFormats } from "../../lib/format";
import { IconSearch, IconUser } from "../../ui/icons";
import { More } from "../../ui/More";
import { PageHeader } from "../../ui/PageHeader";
import { Pages } from "../../ui/Pages";
import { Section } from "../../ui/Section";
import { Empty } from "../../ui/States";
import { Status } from "../../ui/Status";

type Found = CustomersQuery["merchant"]["customers"]["edges"][number]["node"];
const PAUSE = 250;
const LONGEST = 255;

export function Customers() {
  const [parameters, setParameters] = useSearchParams();
  const search = parameters.get("q") ?? "";
  const query = useInfiniteQuery({
    queryKey: ["customers", search],
    queryFn: ({ pageParam }) => ask(CustomersDocument, { search, first: 25, after: pageParam }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ merchant: { customers } }) => (customers.pageInfo.hasNextPage ? customers.pageInfo.endCursor : undefined),
    placeholderData: keepPreviousData,
  });
  // Who has opened a customer is not called back by what was typed just before.
  const opened = useRef(false);
  const look = (text: string) => {
    if (!opened.current) setParameters(text ? { q: text } : {}, { replace: true });
  };
  return (
    <>
      <PageHeader title="Customers" about="Who has points with you: what they have, how it came, and what became of it." />
      <SearchField search={search} onSearch={look} onWrite={() => { opened.current = false; }} />
      <Section title={search ? "Found" : "Newest customers"} flush>
        <Pages query={query}>
          {(pages) => {
            const found = pages.flatMap(({ merchant }) => merchant.customers.edges.map(({ node }) => node));
            if (found.length > 0) return <Rows found={found} stale={query.isPlaceholderData} onOpen={() => { opened.current = true; }} />;
            return search ? (
              <Empty icon={IconSearch} title={`Nobody is known by “${search}”`} action={<Button variant="default" onClick={() => look("")}>Show all</Button>}>
                Write the whole phone number or e-mail address, the beginning of an id, or the number that an id ends with.
              </Empty>
            ) : (
              <Empty icon={IconUser} title="There are no customers yet">They come with the first call of your shop that names one, or with “loyalty import-customers”.</Empty>
            );
          }}
        </Pages>
        <More query={query} label="Show more" />
      </Section>
    </>
  );
}

function SearchField({ search, onSearch, onWrite }: { search: string; onSearch: (text: string) => void; onWrite: () => void }) {
  const [text, setText] = useState(search);
  // What stands in the address because of this field; anything else there was gone to.
  const sent = useRef(search);
  const send = (given: string) => {
    sent.current = given.trim();
    onSearch(sent.current);
  };
  const later = useDebouncedCallback(send, PAUSE);
  useEffect(() => {
    if (search === sent.current) return;
    sent.current = search;
    setText(search);
  }, [search]);

  function write(given: string) {
    onWrite();
    setText(given);
    later(given);
  }

  return (
    <form role="search" onSubmit={(event) => { event.preventDefault(); later.cancel(); onWrite(); send(text); }} style={{ marginBottom: "1.25rem" }}>
      <TextInput
        size="md" type="search" aria-label="Find a customer" placeholder="Id, phone number or e-mail address" value={text} maxLength={LONGEST} autoFocus autoComplete="off"
        leftSection={<IconSearch size={18} aria-hidden />} onChange={(event) => write(event.currentTarget.value)}
        rightSection={text && <CloseButton aria-label="Clear" onClick={() => { later.cancel(); onWrite(); setText(""); send(""); }} />}
      />
    </form>
  );
}

function Rows({ found, stale, onOpen }: { found: Found[]; stale: boolean; onOpen: () => void }) {
  const formats = useFormats();
  return (
    <div className="table-scroll" aria-busy={stale} style={{ opacity: stale ? 0.6 : 1 }}>
      <Table verticalSpacing="sm" horizontalSpacing="lg" miw={720} highlightOnHover>
        <Table.Thead><Table.Tr><Table.Th>Customer</Table.Th><Table.Th>Phone</Table.Th><Table.Th>E-mail</Table.Th><Table.Th ta="right">Points</Table.Th><Table.Th>Since</Table.Th></Table.Tr></Table.Thead>
        <Table.Tbody>
          {found.map((customer) => (
            <Table.Tr key={customer.id}>
              <Table.Td>
                <Anchor component={Link} to={`/customers/${customer.id}`} onClick={onOpen} fw={550} size="sm" style={{ overflowWrap: "anywhere" }}>{customer.externalId}</Anchor>
                {customer.tier && <div style={{ marginTop: 2 }}><Status tone="info">{customer.tier}</Status></div>}
              </Table.Td>
              <Table.Td className="number" style={{ whiteSpace: "nowrap" }}>{customer.phone ?? "–"}</Table.Td>
              <Table.Td style={{ overflowWrap: "anywhere" }}>{customer.email ?? "–"}</Table.Td>
              <Table.Td ta="right" className="number">
                <Text size="sm" fw={550}>{formats.points(customer.points.available)}</Text>
                {customer.points.worth && <Text size="xs" c="dimmed">{formats.money(customer.points.worth.amount)}</Text>}
              </Table.Td>
              <Table.Td style={{ whiteSpace: "nowrap" }}>{formats.ago(customer.createdAt)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}
