import { Alert, Button, Radio, SimpleGrid, Stack, Switch, TagsInput, Text } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { type CheckoutQuery, type ClawbackPolicy, UpdateCheckoutDocument, type UpdateCustomCheckoutInput } from "../../gql/graphql";
import { ask, byField } from "../../lib/api";
import { said } from "../../lib/errors";
import { type Formats, useFormats } from "../../lib/format";
import { type MinimumDraft, minimumDraft, minimumInput } from "../../lib/minimum";
import { readDecimal } from "../../lib/numbers";
import { useMay } from "../../lib/shell";
import { MinimumPayment, NumberField } from "../../ui/Fields";
import { SaveBar } from "../../ui/SaveBar";
import { Section } from "../../ui/Section";
import { saved } from "../../ui/toast";
import { Unsaved } from "../../ui/Unsaved";

type Checkout = CheckoutQuery["merchant"]["customCheckout"];

interface Draft {
  minimum: MinimumDraft;
  hold: string;
  quote: string;
  grace: string;
  clawback: ClawbackPolicy;
  lines: boolean;
  origins: string[];
}

/** Times are typed in the unit in which people think of them. */
const UNITS = { hold: 60, quote: 60, grace: 86_400 } as const;

function draftOf(checkout: Checkout): Draft {
  const inUnit = (seconds: number, unit: number) => String(Math.round((seconds / unit) * 100) / 100);
  return {
    minimum: minimumDraft(checkout.minimumPayment),
    hold: inUnit(checkout.holdSeconds, UNITS.hold),
    quote: inUnit(checkout.quoteSeconds, UNITS.quote),
    grace: inUnit(checkout.refundGraceSeconds, UNITS.grace),
    clawback: checkout.clawbackPolicy,
    lines: checkout.orderLinesRequired,
    origins: checkout.allowedOrigins,
  };
}

/** Only what differs is sent: two people who change two settings do not undo each other. */
function inputOf(draft: Draft, was: Draft, formats: Formats): { input: UpdateCustomCheckoutInput; errors: Record<string, string> } {
  const input: UpdateCustomCheckoutInput = {};
  const errors: Record<string, string> = {};
  const differs = (name: keyof Draft) => JSON.stringify(draft[name]) !== JSON.stringify(was[name]);
  if (differs("minimum")) {
    const { input: least, error } = minimumInput(draft.minimum, formats);
    if (error) errors.minimumPayment = error;
    else input.minimumPayment = least;
  }
  for (const [name, field] of [["hold", "holdSeconds"], ["quote", "quoteSeconds"], ["grace", "refundGraceSeconds"]] as const) {
    if (!differs(name)) continue;
    const read = readDecimal(draft[name], 2);
    if (read.ok) input[field] = Math.round(Number(read.text) * UNITS[name]);
    else errors[field] = read.why;
  }
  if (differs("clawback")) input.clawbackPolicy = draft.clawback;
  if (differs("lines")) input.orderLinesRequired = draft.lines;
  if (differs("origins")) input.allowedOrigins = draft.origins;
  return { input, errors };
}

export function CheckoutForm({ checkout }: { checkout: Checkout }) {
  const formats = useFormats();
  const queries = useQueryClient();
  const may = useMay("CONFIGURE");
  const [was, setWas] = useState(() => draftOf(checkout));
  const [draft, setDraft] = useState(was);
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [busy, setBusy] = useState(false);
  const dirty = JSON.stringify(draft) !== JSON.stringify(was);

  const set = <K extends keyof Draft>(name: K, value: Draft[K]) => {
    setDraft((now) => ({ ...now, [name]: value }));
    setErrors({});
  };

  async function save() {
    const { input, errors: wrong } = inputOf(draft, was, formats);
    if (Object.keys(wrong).length) return setErrors(wrong);
    setBusy(true);
    try {
      const { updateCustomCheckout: done } = await ask(UpdateCheckoutDocument, { input });
      setErrors(byField(done.userErrors));
      if (done.customCheckout) {
        const now = draftOf({ ...checkout, ...done.customCheckout });
        setWas(now);
        setDraft(now);
        saved("The settings are saved.");
        await queries.invalidateQueries();
      }
    } catch (failed) {
      setErrors({ "": said(failed) });
    } finally {
      setBusy(false);
    }
  }

  return (
    <form onSubmit={(event) => { event.preventDefault(); void save(); }} noValidate>
      <Stack gap="lg">
        <Section title="Minimum payment required from the customer" about="What the customer pays at least, however many points there are. A rule may set its own.">
          <MinimumPayment value={draft.minimum} onChange={(minimum) => set("minimum", minimum)} error={errors.minimumPayment} disabled={!may} />
        </Section>
        <Section title="Times" about="How long things last, unless a call says otherwise.">
          <SimpleGrid cols={{ base: 1, sm: 3 }} spacing="lg">
            <NumberField label="Points are held for" unit="minutes" places={2} value={draft.hold} onChange={(v) => set("hold", v)} error={errors.holdSeconds} disabled={!may} description="From apply to the paid order: 1 minute to 1 day." />
            <NumberField label="A quote is good for" unit="minutes" places={2} value={draft.quote} onChange={(v) => set("quote", v)} error={errors.quoteSeconds} disabled={!may} description="From preview to apply: 10 seconds to 1 day." />
            <NumberField label="Refunded points live for" unit="days" places={2} value={draft.grace} onChange={(v) => set("grace", v)} error={errors.refundGraceSeconds} disabled={!may} description="At least, or to their old expiry." />
          </SimpleGrid>
        </Section>
        <Section title="When points are taken back" about="An order is returned, and the customer has spent what it earned.">
          <Radio.Group value={draft.clawback} onChange={(value) => set("clawback", value as ClawbackPolicy)} aria-label="When points are taken back" error={errors.clawbackPolicy}>
            <Stack gap="sm">
              <Radio value="WITHIN_BALANCE" disabled={!may} label="Take what is there" description="The balance becomes zero at least; the rest is forgiven." />
              <Radio value="DEBT" disabled={!may} label="Keep a debt" description="What lacks is owed, and paid by what the customer earns next." />
            </Stack>
          </Radio.Group>
        </Section>
        <Section title="What a browser is trusted with">
          <Stack gap="lg">
            <TagsInput
              label="Allowed origins" description="Web pages of these addresses may call from a browser. Type one and press Enter." disabled={!may}
              placeholder={draft.origins.length ? "" : "https://shop.example"} value={draft.origins} onChange={(origins) => set("origins", origins)} error={errors.allowedOrigins} splitChars={[",", " "]}
            />
            <Switch
              label="Every order must name its lines" checked={draft.lines} disabled={!may} onChange={(event) => set("lines", event.currentTarget.checked)} error={errors.orderLinesRequired}
              description="Captures without lines are refused, so nothing that a page said of its cart counts. Switch it on when your backend sends them."
            />
          </Stack>
        </Section>
        {errors[""] && <Alert color="red" role="alert">{errors[""]}</Alert>}
        {!may && <Text size="sm" c="dimmed">Your role may look at these settings. An owner or a manager can change them.</Text>}
        {dirty && (
          <SaveBar>
            <Button variant="default" onClick={() => { setDraft(was); setErrors({}); }}>Discard</Button>
            <Button type="submit" loading={busy}>Save</Button>
          </SaveBar>
        )}
      </Stack>
      <Unsaved dirty={dirty} />
    </form>
  );
}
