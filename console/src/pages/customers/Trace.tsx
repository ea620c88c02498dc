import { Alert, SimpleGrid, Skeleton, Stack, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type RedemptionLimitKind, RedemptionTraceDocument, type RedemptionTraceQuery, type RulePartsFragment } from "../../gql/graphql";
import { ask } from "../../lib/api";
import { useFormats } from "../../lib/format";
import { draftOf, facts } from "../../lib/rule";
import { Trouble } from "../../ui/States";
import type { Redemption } from "./Redemptions";

type Traced = NonNullable<RedemptionTraceQuery["redemption"]>["trace"];

const LIMITS: Record<RedemptionLimitKind, string> = {
  POINTS_BALANCE: "The points that there were", REQUESTED_POINTS: "The points that were asked for", STEP: "Only whole steps of the rule", MAX_DISCOUNT: "The rule's maximum discount",
  MIN_PAYMENT: "The minimum payment", ELIGIBLE_ITEMS: "What the rule covers of the cart", MIN_CART_MULTIPLE: "The cart multiplier",
};

/** Why a redemption has this many points. */
export function Trace({ redemption }: { redemption: Redemption }) {
  // What was traced stays true.
  const query = useQuery({ queryKey: ["trace", redemption.id], queryFn: () => ask(RedemptionTraceDocument, { id: redemption.id }), staleTime: Infinity });
  if (query.isError) return <Trouble error={query.error} again={() => void query.refetch()} />;
  if (query.data === undefined) return <Skeleton height={120} radius={8} role="status" aria-label="Loading" />;
  const { trace = null, rule = null } = query.data.redemption ?? {};
  if (trace === null || rule === null) return <Text size="sm" c="dimmed">Only store credit was used: there is no rule for it, but for the minimum payment.</Text>;
  return <Why redemption={redemption} trace={trace} rule={rule} />;
}

function Why({ redemption, trace, rule }: { redemption: Redemption; trace: NonNullable<Traced>; rule: RulePartsFragment }) {
  const formats = useFormats();
  const order = redemption.order;
  const numbers: [string, string][] = [
    ["Cart", formats.money(trace.cartTotal.amount)], ["Covered by the rule", formats.money(trace.coveredTotal.amount)], ["Minimum payment", formats.money(trace.minimumPayment.amount)],
    ["Points there were", formats.points(trace.availablePoints)], ["Most that was allowed", `${formats.points(trace.maximumPoints)} points`],
    ...(order ? ([["Order paid", `${formats.money(order.payable.amount)} of ${formats.money(order.total.amount)}`]] as [string, string][]) : []),
  ];
  return (
    <Stack gap="md">
      <Facts facts={numbers} />
      <div>
        <Title order={3}>Why not more</Title>
        {trace.fewerAsked && <Text size="sm">Fewer points were asked for than were allowed.</Text>}
        {trace.limits.length === 0 && <Text size="sm">The rule has no larger offer than this one.</Text>}
        <ul style={{ margin: "4px 0 0", paddingLeft: 18 }}>
          {trace.limits.map(({ kind, points, discount }) => (
            <li key={kind}><Text size="sm">{LIMITS[kind]}: at most {formats.points(points)} points, {formats.money(discount.amount)}</Text></li>
          ))}
        </ul>
      </div>
      <div>
        <Title order={3} mb={4}>The rule then, version {rule.version}</Title>
        <Facts facts={facts(draftOf(rule, formats.zone), formats).filter(([, text]) => text !== "")} />
      </div>
      {!trace.confirmed && <Alert color="red">The evaluator does not come to the same discount today. Please tell whoever runs the gateway.</Alert>}
      <Text size="xs" c="dimmed">Worked out once more from what is kept: the rule&apos;s version, the totals, and the balance in the journal. The lines of the cart are not kept.</Text>
    </Stack>
  );
}

function Facts({ facts: listed }: { facts: [string, string][] }) {
  return (
    <SimpleGrid component="dl" cols={{ base: 2, sm: 3 }} spacing="md" verticalSpacing="xs" m={0}>
      {listed.map(([name, text]) => (
        <div key={name} style={{ minWidth: 0 }}>
          <Text component="dt" size="xs" c="dimmed">{name}</Text>
          <Text component="dd" size="sm" m={0} className="number" style={{ overflowWrap: "anywhere" }}>{text}</Text>
        </div>
      ))}
    </SimpleGrid>
  );
}
