import { Alert, Group, Text } from "@mantine/core";
import type { PreviewEarningRuleQuery } from "../../gql/graphql";
import type { Formats } from "../../lib/format";
import { IconAlertTriangle, IconInfoCircle } from "../../ui/icons";
import { Status } from "../../ui/Status";

type Found = PreviewEarningRuleQuery["earningRulePreview"];

interface Props {
  found: Found;
  /** The percentage that may be given back. */
  most: string;
  orders: boolean;
  formats: Formats;
}

/** What a merchant wants to know of a rule before it is live. */
export function EarningWarnings({ found, most, orders, formats }: Props) {
  const { tooGenerous, neverEarns, unknownTiers, overlaps, carts } = found;
  const priced = carts.some((cart) => cart.worth !== null);
  return (
    <>
      {tooGenerous && <Generous carts={carts} most={most} formats={formats} />}
      {neverEarns && (
        <Alert color="yellow" title="It gives nothing" icon={<IconAlertTriangle size={18} aria-hidden />}>
          All that it covers is among what never earns, under Settings.
        </Alert>
      )}
      {unknownTiers.length > 0 && (
        <Alert color="yellow" title={unknownTiers.length === 1 ? "There is no such tier" : "There are no such tiers"} icon={<IconAlertTriangle size={18} aria-hidden />}>
          Nobody can be in {unknownTiers.join(", ")}: your tiers are set under Tiers.
        </Alert>
      )}
      {overlaps.length > 0 && (
        <Alert color="brand" title={overlaps.length === 1 ? "Another rule holds at the same time" : `${overlaps.length} other rules hold at the same time`} icon={<IconInfoCircle size={18} aria-hidden />}>
          <Text size="sm">{orders ? "For the same items. They add up: a customer gets the points of all of them." : "Of rules for one occasion the one with most points counts; of equal ones, the older."}</Text>
          <Group gap="xs" mt="xs">{overlaps.map((rule) => <Status key={rule.id} tone="off">{rule.name}</Status>)}</Group>
        </Alert>
      )}
      {orders && carts.length > 0 && !priced && <Text size="sm" c="dimmed">What a point is worth is not known: no redemption rule of amounts is live.</Text>}
    </>
  );
}

function Generous({ carts, most, formats }: { carts: Found["carts"]; most: string; formats: Formats }) {
  const by = (cart: Found["carts"][number]) => Number(cart.givenBack ?? 0);
  const worst = carts.reduce((one, other) => (by(other) > by(one) ? other : one));
  return (
    <Alert color="yellow" title={`More than ${most} % is given back`} icon={<IconAlertTriangle size={18} aria-hidden />}>
      An order of {formats.money(worst.total.amount)} earns {formats.points(worst.points)} points, worth {formats.money(worst.worth?.amount)} under your redemption rules: {worst.givenBack} % of what is paid.
    </Alert>
  );
}
