import { Alert, Group, Loader, Stack, Table, Text } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconAlertTriangle, IconInfoCircle } from "../../ui/icons";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { PreviewRuleDocument, type PreviewRuleQuery } from "../../gql/graphql";
import { ask } from "../../lib/api";
import { type Formats, useFormats } from "../../lib/format";
import { readDecimal, readPoints } from "../../lib/numbers";
import { inputOf, type RuleDraft } from "../../lib/rule";
import { useMay } from "../../lib/shell";
import { MoneyField, NumberField } from "../../ui/Fields";
import { Section } from "../../ui/Section";
import { Trouble } from "../../ui/States";
import { Status } from "../../ui/Status";

type Cart = PreviewRuleQuery["rulePreview"]["carts"][number];

/** Carts to begin with, by what money is worth about; they can be changed. */
const SMALL = ["10", "25", "50", "100", "250"];
const LARGE = ["100", "250", "500", "1000", "2500"];
const HUGE = ["1000", "2500", "5000", "10000", "25000"];
const MANY = new Set(["INR", "PKR", "LKR", "BDT", "NPR", "THB", "PHP", "ZAR", "EGP", "TRY", "RUB", "CZK", "MXN", "KES", "TWD"]);

function usual(currency: string, places: number): string[] {
  if (places === 0) return HUGE;
  return MANY.has(currency) ? LARGE : SMALL;
}

const LANGUAGES: Record<string, string> = { en: "English", hi: "Hindi", es: "Spanish", fr: "French", de: "German", ja: "Japanese", ar: "Arabic" };

export function Preview({ draft, id }: { draft: RuleDraft; id?: string }) {
  const formats = useFormats();
  const may = useMay("CONFIGURE");
  const [totals, setTotals] = useState(() => usual(formats.currency, formats.places));
  const [points, setPoints] = useState("500");
  const [selected, setSelected] = useState(2);
  const { input, errors } = inputOf(draft, formats);
  const missing = Object.values(errors)[0];
  const carts = cartsOf(totals, points, formats);
  const whole = missing === undefined && carts !== null;
  const [asked] = useDebouncedValue(whole ? JSON.stringify({ id, rule: { ...input, name: input.name || "This rule" }, carts }) : "", 200);
  const query = useQuery({
    queryKey: ["preview", asked],
    queryFn: () => ask(PreviewRuleDocument, { input: JSON.parse(asked) }),
    enabled: may && whole && asked !== "",
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  });
  const preview = whole ? query.data?.rulePreview : undefined;
  const refused = preview?.userErrors[0];
  return (
    <Section
      title="Live preview" about="Worked out by the gateway as you type, as the checkout would."
      action={query.isFetching ? <Loader size="xs" mt={4} role="status" aria-label="Working it out" /> : undefined} flush
    >
      {!may ? (
        <Text size="sm" c="dimmed" p="lg">A preview is for those who may change rules.</Text>
      ) : (
        <>
          <Group px="lg" py="sm" gap="sm" align="center">
            <Text size="sm" id="shopper-points">A shopper with</Text>
            <div style={{ width: 130 }}><NumberField label="Points of the shopper" hideLabel places={0} unit="points" value={points} onChange={setPoints} /></div>
          </Group>
          <Carts totals={totals} setTotals={setTotals} carts={refused ? [] : (preview?.carts ?? [])} selected={selected} onSelect={setSelected} />
          <Stack gap="sm" p="lg" aria-live="polite">
            {query.isError && <Trouble error={query.error} again={() => void query.refetch()} />}
            {missing !== undefined && <Alert color="gray" icon={<IconInfoCircle size={18} aria-hidden />}>Not a whole rule yet. {missing}</Alert>}
            {missing === undefined && carts === null && <Alert color="gray" icon={<IconInfoCircle size={18} aria-hidden />}>Write the carts and the shopper’s points as numbers.</Alert>}
            {refused && <Alert color="red" title="Such a rule cannot be" icon={<IconAlertTriangle size={18} aria-hidden />}>{refused.message}</Alert>}
            {preview && !refused && <Warnings preview={preview} formats={formats} />}
            {preview && !refused && preview.carts[selected] && <Sentences cart={preview.carts[selected]} formats={formats} />}
          </Stack>
        </>
      )}
    </Section>
  );
}

function cartsOf(totals: string[], points: string, formats: Formats) {
  const has = readPoints(points);
  const read = totals.map((total) => readDecimal(total, formats.places));
  if (!has.ok || read.some((each) => !each.ok)) return null;
  return read.map((each) => ({ total: { amount: each.ok ? each.text : "0", currencyCode: formats.currency }, points: Number(has.text) }));
}

interface CartsProps {
  totals: string[];
  setTotals: (totals: string[]) => void;
  carts: Cart[];
  selected: number;
  onSelect: (row: number) => void;
}

function Carts({ totals, setTotals, carts, selected, onSelect }: CartsProps) {
  const formats = useFormats();
  return (
    <div className="table-scroll">
      <Table className="trial" verticalSpacing={6} horizontalSpacing={6} miw={330}>
        <Table.Thead>
          <Table.Tr><Table.Th pl="lg">Cart</Table.Th><Table.Th ta="right">Points used</Table.Th><Table.Th ta="right">Discount</Table.Th><Table.Th ta="right" pr="lg">Customer pays</Table.Th></Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {totals.map((total, row) => {
            const cart = carts[row];
            return (
              <Table.Tr key={row} aria-selected={row === selected} onFocus={() => onSelect(row)} onClick={() => onSelect(row)}>
                <Table.Td pl="lg" w={138}><MoneyField label={`Cart ${row + 1}`} hideLabel value={total} onChange={(value) => setTotals(totals.map((old, at) => (at === row ? value : old)))} /></Table.Td>
                <Table.Td ta="right" className="number">{cart ? (cart.offer.eligible ? formats.points(cart.offer.points) : "–") : ""}</Table.Td>
                <Table.Td ta="right" className="number">{cart ? (cart.offer.eligible ? formats.money(cart.offer.discount.amount) : "–") : ""}</Table.Td>
                <Table.Td ta="right" pr="lg" className="number" fw={550}>
                  {cart && formats.money(cart.payable.amount)}
                  {cart && cart.winner !== null && !cart.wins && <Text size="xs" c="dimmed" fw={400}>“{cart.winner.name}” is used</Text>}
                </Table.Td>
              </Table.Tr>
            );
          })}
        </Table.Tbody>
      </Table>
    </div>
  );
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

function Sentences({ cart, formats }: { cart: Cart; formats: Formats }) {
  return (
    <div>
      <Text size="sm" fw={600} mb={6}>What the shopper reads, with a cart of {formats.money(cart.total.amount)}</Text>
      <Stack gap={6} component="dl" m={0}>
        {cart.sentences.map(({ language, text }) => (
          <Group key={language} gap="sm" wrap="nowrap" align="baseline">
            <Text component="dt" size="xs" c="dimmed" w={62} style={{ flexShrink: 0 }}>{LANGUAGES[language] ?? language}</Text>
            <Text component="dd" m={0} size="sm" lang={language} dir={language === "ar" ? "rtl" : undefined} style={{ flex: 1 }}>{text}</Text>
          </Group>
        ))}
      </Stack>
    </div>
  );
}
