import { SimpleGrid, Text } from "@mantine/core";
import type { CustomerPartsFragment } from "../../gql/graphql";
import { type Formats, useFormats } from "../../lib/format";

/** What the customer has, at a glance. */
export function Figures({ customer: { points, storeCredit, tierStanding } }: { customer: CustomerPartsFragment }) {
  const formats = useFormats();
  const expiry = points.nextExpiry;
  const lapses = expiry && `${formats.points(expiry.points)} lapse ${formats.when(expiry.at)}`;
  const worth = points.worth && `Worth ${formats.money(points.worth.amount)}`;
  const held = Number(storeCredit.held.amount) > 0 ? `${formats.money(storeCredit.held.amount)} more is reserved` : "";
  return (
    <SimpleGrid cols={{ base: 2, sm: 3, lg: tierStanding ? 6 : 5 }} spacing="md" component="dl" m={0}>
      <Figure name="Available" value={formats.points(points.available)} notes={[worth, lapses]} strong />
      <Figure name="Held" value={formats.points(points.held)} notes={["Reserved for open carts"]} />
      <Figure name="Pending" value={formats.points(points.pending)} notes={["Earned, not yet spendable"]} />
      <Figure name="Debt" value={formats.points(points.debt)} notes={[points.debt > 0 ? "Paid by what is earned next" : "Nothing is owed"]} />
      <Figure name="Store credit" value={formats.money(storeCredit.available.amount)} notes={[held]} />
      {tierStanding && <Figure name="Tier" value={tierStanding.name ?? "None yet"} notes={[toNext(tierStanding, formats)]} />}
    </SimpleGrid>
  );
}

function toNext(standing: NonNullable<CustomerPartsFragment["tierStanding"]>, formats: Formats): string {
  if (standing.next === null) return `Earns ${standing.multiplier} ×; the highest`;
  const measured = standing.tierMeasure === "AMOUNT_SPENT" ? `${formats.money(standing.missing)} of orders` : `${formats.points(Number(standing.missing))} earned points`;
  return `${measured} to ${standing.next.name}`;
}

function Figure({ name, value, notes, strong }: { name: string; value: string; notes: (string | null | undefined)[]; strong?: boolean }) {
  return (
    <div className="card" style={{ padding: "0.875rem 1rem", minWidth: 0 }}>
      <Text component="dt" size="xs" fw={550} c="dimmed">{name}</Text>
      <dd style={{ margin: 0 }}>
        <Text component="div" className="number" fz="xl" fw={strong ? 700 : 600} style={{ overflowWrap: "anywhere" }}>{value}</Text>
        {notes.filter(Boolean).map((note) => <Text key={note} size="xs" c="dimmed">{note}</Text>)}
      </dd>
    </div>
  );
}
