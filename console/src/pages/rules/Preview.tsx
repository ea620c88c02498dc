import { Alert, Group, Text } from "@mantine/core";
import { useState } from "react";
import { PreviewRuleDocument, type PreviewRuleQuery } from "../../gql/graphql";
import { type Formats, useFormats } from "../../lib/format";
import { readPoints } from "../../lib/numbers";
import { inputOf, type RuleDraft } from "../../lib/rule";
import { readTotals, usualTotals, useTrial } from "../../lib/trial";
import { NumberField } from "../../ui/Fields";
import { IconAlertTriangle, IconInfoCircle } from "../../ui/icons";
import { LivePreview, Sentences, TrialTable } from "../../ui/LivePreview";
import { Status } from "../../ui/Status";

type Cart = PreviewRuleQuery["rulePreview"]["carts"][number];

export function Preview({ draft, id }: { draft: RuleDraft; id?: string }) {
  const formats = useFormats();
  const [totals, setTotals] = useState(() => usualTotals(formats));
  const [points, setPoints] = useState("500");
  const [selected, setSelected] = useState(2);
  const { input, errors } = inputOf(draft, formats);
  const missing = Object.values(errors)[0];
  const carts = cartsOf(totals, points, formats);
  const rule = { ...input, name: input.name || "This rule" };
  const { query, data } = useTrial(PreviewRuleDocument, missing === undefined && carts !== null ? { id, rule, carts } : null);
  const preview = data?.rulePreview;
  const refused = preview?.userErrors[0]?.message;
  const shown = refused === undefined ? preview : undefined;
  const cart = shown?.carts[selected];
  return (
    <LivePreview
      about="Worked out by the gateway as you type, as the checkout would." query={query} missing={missing} refused={refused}
      unread={carts === null ? "Write the carts and the shopper’s points as numbers." : undefined}
      controls={
        <Group px="lg" py="sm" gap="sm" align="center">
          <Text size="sm" id="shopper-points">A shopper with</Text>
          <div style={{ width: 130 }}><NumberField label="Points of the shopper" hideLabel places={0} unit="points" value={points} onChange={setPoints} /></div>
        </Group>
      }
      table={
        <TrialTable
          what="Cart" heads={["Points used", "Discount", "Customer pays"]} totals={totals} setTotals={setTotals}
          cells={(row) => cellsOf(shown?.carts[row], formats)} selected={selected} onSelect={setSelected}
        />
      }
    >
      {shown && <Warnings preview={shown} formats={formats} />}
      {cart && <Sentences what="a cart" total={cart.total.amount} sentences={cart.sentences} />}
    </LivePreview>
  );
}

function cartsOf(totals: string[], points: string, formats: Formats) {
  const has = readPoints(points);
  const read = readTotals(totals, formats);
  return has.ok && read !== null ? read.map((total) => ({ total, points: Number(has.text) })) : null;
}

function cellsOf(cart: Cart | undefined, formats: Formats) {
  if (cart === undefined) return ["", "", ""];
  const { offer, payable, winner, wins } = cart;
  const pays = (
    <Text component="div" size="sm" fw={550}>
      {formats.money(payable.amount)}
      {winner !== null && !wins && <Text size="xs" c="dimmed" fw={400}>“{winner.name}” is used</Text>}
    </Text>
  );
  return [offer.eligible ? formats.points(offer.points) : "–", offer.eligible ? formats.money(offer.discount.amount) : "–", pays];
}

function Warnings({ preview, formats }: { preview: PreviewRuleQuery["rulePreview"]; formats: Formats }) {
  const { freeCart, overlaps, carts } = preview;
  const wins = (id: string) => carts.filter((cart) => cart.winner?.id === id && !cart.wins).length;
  const mine = carts.filter((cart) => cart.wins).length;
  return (
    <>
      {freeCart !== null && (
        <Alert color="yellow" title="An order could become free" icon={<IconAlertTriangle size={18} aria-hidden />}>
          With enough points a cart of {formats.money(freeCart.amount)} costs nothing. A minimum payment prevents that.
        </Alert>
      )}
      {overlaps.length > 0 && (
        <Alert color="brand" title={overlaps.length === 1 ? "Another rule holds at the same time" : `${overlaps.length} other rules hold at the same time`} icon={<IconInfoCircle size={18} aria-hidden />}>
          <Text size="sm">The larger discount is used; of equal ones that with fewer points, then the lower priority, then the older.</Text>
          <Group gap="xs" mt="xs">
            <Status tone="info">This rule: {mine} of {carts.length} carts</Status>
            {overlaps.map((rule) => <Status key={rule.id} tone="off">{rule.name}: {wins(rule.id)} of {carts.length}</Status>)}
          </Group>
        </Alert>
      )}
    </>
  );
}
