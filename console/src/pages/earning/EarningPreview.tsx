import { Alert, Group, NativeSelect, Switch, Text } from "@mantine/core";
import { useState } from "react";
import { PreviewEarningRuleDocument, type PreviewEarningRuleQuery } from "../../gql/graphql";
import { EARNING_KINDS, type EarningDraft, earningInputOf, isForOrders } from "../../lib/earning";
import { type Formats, toInstant, useFormats } from "../../lib/format";
import { readDecimal, readPoints } from "../../lib/numbers";
import { readTotals, usualTotals, useTrial } from "../../lib/trial";
import { NumberField } from "../../ui/Fields";
import { IconAlertTriangle } from "../../ui/icons";
import { LivePreview, Sentences, TrialTable } from "../../ui/LivePreview";
import { EarningWarnings } from "./EarningWarnings";

type Found = PreviewEarningRuleQuery["earningRulePreview"];
type Cart = Found["carts"][number];

/** Whoever the rule is for; or somebody without a tier, or in one. */
const ANYBODY = "anybody";
const NOBODY = "none";

export function EarningPreview({ draft, id, tierNames }: { draft: EarningDraft; id?: string; tierNames: string[] }) {
  const formats = useFormats();
  const [totals, setTotals] = useState(() => usualTotals(formats));
  const [tier, setTier] = useState(ANYBODY);
  const [first, setFirst] = useState<boolean | undefined>();
  const [most, setMost] = useState("20");
  const [selected, setSelected] = useState(2);
  const orders = isForOrders(draft.kind);
  const { input, errors } = earningInputOf(draft, formats);
  const missing = Object.values(errors)[0];
  const read = orders ? readTotals(totals, formats) : [];
  const limit = readDecimal(most, 2);
  const who = { tier: tier === ANYBODY ? undefined : tier === NOBODY ? "" : tier.slice(1), firstOrder: first };
  const whole = missing === undefined && read !== null && limit.ok;
  const rule = { ...input, name: input.name || "This rule" };
  const asked = whole ? { id, rule, carts: read.map((total) => ({ total, ...who })), warnAbove: limit.text } : null;
  const { query, data } = useTrial(PreviewEarningRuleDocument, asked);
  const found = data?.earningRulePreview;
  const refused = found?.userErrors[0]?.message;
  const shown = refused === undefined ? found : undefined;
  const cart = shown?.carts[selected];
  return (
    <LivePreview
      about={orders ? "Worked out by the gateway as you type, as an order would." : "Worked out by the gateway as you type."} query={query} missing={missing} refused={refused}
      unread={read === null ? "Write the orders as amounts." : limit.ok ? undefined : "Write the percentage to warn above as a number."}
      controls={orders && (
        <Group px="lg" py="sm" gap="md" align="flex-end">
          <NativeSelect
            label="A customer" size="sm" value={tier} onChange={(event) => setTier(event.currentTarget.value)}
            data={[{ value: ANYBODY, label: "it is for" }, { value: NOBODY, label: "without a tier" }, ...tierNames.map((name) => ({ value: `=${name}`, label: `in ${name}` }))]}
          />
          <div style={{ width: 128 }}><NumberField label="Warn above" places={2} unit="% back" value={most} onChange={setMost} /></div>
          <Switch mb={8} label="First order" checked={first ?? draft.kind === "FIRST_ORDER"} onChange={(event) => setFirst(event.currentTarget.checked)} />
        </Group>
      )}
      table={orders && (
        <TrialTable
          what="Order" heads={["This rule", "All rules", "Gives back"]} totals={totals} setTotals={setTotals}
          cells={(row) => cellsOf(shown?.carts[row], formats)} selected={selected} onSelect={setSelected}
        />
      )}
    >
      {shown?.occasion && <Occasion draft={draft} occasion={shown.occasion} formats={formats} />}
      {shown && <EarningWarnings found={shown} most={most} orders={orders} formats={formats} />}
      {shown?.availableAt && <Life draft={draft} found={shown} formats={formats} orders={orders} />}
      {cart && <Sentences what="an order" total={cart.total.amount} sentences={cart.sentences} />}
    </LivePreview>
  );
}

function cellsOf(cart: Cart | undefined, formats: Formats) {
  if (cart === undefined) return ["", "", ""];
  const { offer, points, livePoints, givenBack } = cart;
  return [
    offer.refusal === null ? formats.points(offer.points) : "–",
    <Text component="div" size="sm" fw={550} key="all">
      {formats.points(points)}
      {points !== livePoints && <Text size="xs" c="dimmed" fw={400} style={{ whiteSpace: "nowrap" }}>{formats.points(livePoints)} today</Text>}
    </Text>,
    givenBack === null ? "–" : `${givenBack} %`,
  ];
}

function Occasion({ draft, occasion, formats }: { draft: EarningDraft; occasion: NonNullable<Found["occasion"]>; formats: Formats }) {
  const { points, livePoints, wins, winner } = occasion;
  const own = readPoints(draft.points);
  return (
    <div>
      <Text size="xl" fw={650} className="number">{own.ok && formats.points(Number(own.text))} <Text span size="sm" fw={400}>points {EARNING_KINDS[draft.kind].when}</Text></Text>
      <Text size="sm" c="dimmed">A customer would get {formats.points(points)}; today it is {formats.points(livePoints)}.</Text>
      {!wins && winner && (
        <Alert color="yellow" mt="sm" title="This rule would not count" icon={<IconAlertTriangle size={18} aria-hidden />}>
          “{winner.name}” gives as much or more to the same customer.
        </Alert>
      )}
    </div>
  );
}

/** From when and until when what it gives can be used. */
function Life({ draft, found, formats, orders }: { draft: EarningDraft; found: Found; formats: Formats; orders: boolean }) {
  const later = draft.startsAt !== "" && Date.parse(toInstant(draft.startsAt, formats.zone)) > Date.now();
  const subject = orders ? "Points of an order that is placed" : "Points that are given";
  return (
    <Text size="sm" c="dimmed">
      {subject} {later ? "as soon as it starts" : "now"} can be used from {formats.when(found.availableAt!)}
      {found.expiresAt === null ? " and never expire." : ` and expire ${formats.when(found.expiresAt)}.`}
    </Text>
  );
}
