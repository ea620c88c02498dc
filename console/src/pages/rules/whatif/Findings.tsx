import { Alert, Stack, Text } from "@mantine/core";
import { useFormats } from "../../../lib/format";
import { type Result } from "../../../lib/whatif";
import { IconAlertTriangle, IconInfoCircle } from "../../../ui/icons";
import { Cards } from "./Cards";
import { Definitions, People, Reasons, Tiers } from "./Tables";

/** What came of it, the answer first. */
export function Findings({ result, since }: { result: Result; since: string | null }) {
  const formats = useFormats();
  const { draft, now } = result;
  const more = result.moreDiscount.amount;
  const sign = more.startsWith("-") ? "less" : "more";
  const same = Number(more) === 0;
  return (
    <Stack gap="lg">
      <div role="status">
        <Text size="lg" fw={600}>
          {same ? "Discounts would have cost the same." : `Discounts would have cost ${formats.money(more.replace("-", ""))} ${sign}.`}
        </Text>
        <Text size="sm" c="dimmed">
          {formats.points(result.carts)} carts of {formats.points(result.customers)} customers, {formats.points(result.orders)} orders, {formats.day(result.from)} to {formats.day(result.to)}.
          {" "}Really used: points on {formats.points(result.recordedRedemptions)} orders, {formats.money(result.recordedDiscount.amount)} off.
        </Text>
      </div>
      {draft.zeroOrders.most > 0 && (
        <Alert color={draft.zeroOrders.most > now.zeroOrders.most ? "red" : "yellow"} title="Orders would have reached zero" icon={<IconAlertTriangle size={18} aria-hidden />}>
          Points alone would have paid {formats.points(draft.zeroOrders.expected)} orders, and up to {formats.points(draft.zeroOrders.most)} if everybody uses them
          (with the live rules: {formats.points(now.zeroOrders.expected)}, up to {formats.points(now.zeroOrders.most)}). A minimum payment prevents that.
        </Alert>
      )}
      {(!result.whole || result.cartsWithoutLines > 0 || result.takeUp === null) && <Notes result={result} />}
      <Cards result={result} />
      <People gainers={result.gainers} losers={result.losers} />
      <Tiers tiers={result.tiers} />
      <Reasons now={now} draft={draft} carts={result.carts} />
      <Definitions result={result} since={since} />
    </Stack>
  );
}

function Notes({ result }: { result: Result }) {
  const formats = useFormats();
  const lines = [
    !result.whole && `There are too many carts for all these days: it begins with ${formats.day(result.from)}.`,
    result.cartsWithoutLines > 0 && `${formats.points(result.cartsWithoutLines)} carts were previewed without their lines. A rule for certain products or collections covers nothing of them.`,
    result.takeUp === null && "No order of these days could use points, so nobody knows how many would have: “expected” assumes everybody.",
  ];
  return (
    <Alert color="gray" icon={<IconInfoCircle size={18} aria-hidden />}>
      <Stack gap={4}>{lines.filter(Boolean).map((line) => <Text key={String(line)} size="sm">{line}</Text>)}</Stack>
    </Alert>
  );
}
