import { Alert, Anchor, Badge, Group, Stack, Tabs, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link, useParams, useSearchParams } from "react-router";
import { CustomerDocument, type CustomerPartsFragment } from "../../gql/graphql";
import { ask } from "../../lib/api";
import { type Formats, useFormats } from "../../lib/format";
import { NotThere } from "../../ui/NotThere";
import { PageHeader } from "../../ui/PageHeader";
import { Loaded } from "../../ui/States";
import { Status } from "../../ui/Status";
import { Actions } from "./Actions";
import { Figures } from "./Figures";
import { Journal } from "./Journal";
import { Lots } from "./Lots";
import { Orders } from "./Orders";
import { Redemptions } from "./Redemptions";

const TABS = { overview: "Overview", journal: "Journal", redemptions: "Redemptions", orders: "Orders" };

export function Customer() {
  const { id = "" } = useParams();
  const query = useQuery({ queryKey: ["customer", id, "parts"], queryFn: () => ask(CustomerDocument, { id }) });
  return (
    <Loaded query={query}>
      {({ customer, merchant }) => (customer ? <Shown key={id} customer={customer} clawback={merchant.customCheckout.clawbackPolicy} /> : <NotThere />)}
    </Loaded>
  );
}

export const gone = (customer: CustomerPartsFragment): boolean => customer.erasedAt !== null || customer.mergedInto !== null;

function Shown({ customer, clawback }: { customer: CustomerPartsFragment; clawback: string }) {
  const formats = useFormats();
  const [parameters, setParameters] = useSearchParams();
  const tab = parameters.get("tab") ?? "";
  return (
    <>
      <PageHeader
        title={title(customer)} back={{ to: "/customers", label: "Customers" }} badge={<State of={customer} />} about={about(customer, formats)}
        actions={!gone(customer) && <Actions customer={customer} clawback={clawback} />}
      />
      <Stack gap="lg">
        <Notes customer={customer} />
        <Figures customer={customer} />
        <Tabs value={tab in TABS ? tab : "overview"} onChange={(next) => setParameters(next === "overview" ? {} : { tab: next ?? "" }, { replace: true })} keepMounted={false}>
          <Tabs.List mb="lg">{Object.entries(TABS).map(([value, label]) => <Tabs.Tab key={value} value={value}>{label}</Tabs.Tab>)}</Tabs.List>
          <Tabs.Panel value="overview"><Lots id={customer.id} /></Tabs.Panel>
          <Tabs.Panel value="journal"><Journal id={customer.id} /></Tabs.Panel>
          <Tabs.Panel value="redemptions"><Redemptions id={customer.id} locked={customer.erasedAt !== null} /></Tabs.Panel>
          <Tabs.Panel value="orders"><Orders id={customer.id} /></Tabs.Panel>
        </Tabs>
      </Stack>
    </>
  );
}

function title(customer: CustomerPartsFragment): string {
  if (customer.erasedAt !== null) return "Erased customer";
  return customer.mergedInto !== null ? "Merged customer" : customer.externalId;
}

function about(customer: CustomerPartsFragment, formats: Formats): string {
  const known = [customer.phone, customer.email, customer.birthday && `born ${customer.birthday}`];
  return [...known, `since ${formats.when(customer.createdAt)}`].filter(Boolean).join(" · ");
}

function State({ of: customer }: { of: CustomerPartsFragment }) {
  if (customer.erasedAt !== null) return <Status tone="off">Erased</Status>;
  if (customer.mergedInto !== null) return <Status tone="off">Merged</Status>;
  const tier = customer.tierStanding ? customer.tierStanding.name : customer.tier;
  return tier ? <Status tone="info">{tier}</Status> : null;
}

function Notes({ customer }: { customer: CustomerPartsFragment }) {
  const formats = useFormats();
  const to = (id: string, label: string) => <Anchor component={Link} to={`/customers/${id}`} inherit underline="always">{label}</Anchor>;
  if (customer.erasedAt !== null) {
    return <Alert color="gray">This customer was erased, {formats.when(customer.erasedAt)}. Journal, redemptions and orders stay, without a name.</Alert>;
  }
  if (customer.mergedInto !== null) {
    return <Alert color="gray">This customer is a part of {to(customer.mergedInto, "another one")} now, who has all its points. Its history stays here.</Alert>;
  }
  if (customer.tags.length + customer.mergedFrom.length === 0) return null;
  return (
    <Group gap="xs">
      {customer.tags.map((tag) => <Badge key={tag} color="gray" variant="default">{tag}</Badge>)}
      {customer.mergedFrom.length > 0 && (
        <Text size="sm" c="dimmed">Merged into this customer: {customer.mergedFrom.map(({ id, externalId }, at) => <span key={id}>{at > 0 && ", "}{to(id, externalId)}</span>)}</Text>
      )}
    </Group>
  );
}
