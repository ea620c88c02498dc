import { Alert, Button, Grid, Group, Modal, SegmentedControl, SimpleGrid, Stack, Switch, TagsInput, Text, TextInput } from "@mantine/core";
import { useEffect, useState } from "react";
import { useBlocker } from "react-router";
import type { RedemptionRuleInput, RedemptionRuleKind } from "../../gql/graphql";
import { byField, type UserError } from "../../lib/api";
import { said } from "../../lib/errors";
import { useFormats } from "../../lib/format";
import { differences, type Errors, facts, inputOf, isPercent, isVariable, KINDS, type RuleDraft } from "../../lib/rule";
import { Changes } from "../../ui/Changes";
import { Confirm } from "../../ui/Confirm";
import { MinimumPayment, MoneyField, NumberField } from "../../ui/Fields";
import { Section } from "../../ui/Section";
import { Preview } from "./Preview";

export interface Conflict {
  version: number;
  draft: RuleDraft;
  take: () => void;
}

export interface Published {
  errors: readonly UserError[];
  conflict?: Conflict;
  leave?: () => void;
}

/** `over`: the version to write over, where another one than that which was opened. */
export type Publish = (rule: RedemptionRuleInput, over?: number) => Promise<Published>;

interface Props {
  start: RuleDraft;
  before: RuleDraft | null;
  id?: string;
  action: string;
  onPublish: Publish;
  readOnly?: boolean;
}

export function RuleForm({ start, before, id, action, onPublish, readOnly = false }: Props) {
  const formats = useFormats();
  const [draft, setDraft] = useState(start);
  const [errors, setErrors] = useState<Errors>({});
  const [review, setReview] = useState(false);
  const [conflict, setConflict] = useState<Conflict | null>(null);
  const [busy, setBusy] = useState(false);
  const [leaving, setLeaving] = useState<(() => void) | null>(null);
  const dirty = JSON.stringify(draft) !== JSON.stringify(start) && leaving === null;
  const blocker = useBlocker(({ currentLocation, nextLocation }) => dirty && currentLocation.pathname !== nextLocation.pathname);
  const { input } = inputOf(draft, formats);

  // What leaves the page after a publication does so when nothing is unsaved any more.
  useEffect(() => {
    leaving?.();
  }, [leaving]);
  useEffect(() => {
    if (!dirty) return;
    const stay = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", stay);
    return () => window.removeEventListener("beforeunload", stay);
  }, [dirty]);

  const set = <K extends keyof RuleDraft>(name: K, value: RuleDraft[K]) => {
    setDraft((now) => ({ ...now, [name]: value }));
    setErrors((now) => (name in now || "" in now ? {} : now));
  };

  function look() {
    const { errors: wrong } = inputOf(draft, formats);
    if (!draft.name.trim()) wrong.name = "Give the rule a name.";
    setErrors(wrong);
    if (Object.keys(wrong).length === 0) setReview(true);
    else requestAnimationFrame(() => document.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
  }

  async function publish(over?: number) {
    setBusy(true);
    try {
      const done = await onPublish(input, over);
      setErrors(byField(done.errors, "rule"));
      setConflict(done.conflict ?? null);
      if (done.conflict || done.errors.length) setReview(false);
      if (done.leave) {
        const { leave } = done;
        setReview(false);
        setLeaving(() => leave);
      }
    } catch (failed) {
      setReview(false);
      setErrors({ "": said(failed) });
    } finally {
      setBusy(false);
    }
  }

  const changes = differences(before, draft, formats);
  return (
    <Grid gap="lg" align="flex-start">
      <Grid.Col span={{ base: 12, lg: 6 }}>
        <form onSubmit={(event) => { event.preventDefault(); look(); }} noValidate>
          <fieldset disabled={readOnly} style={{ border: 0, margin: 0, padding: 0, minWidth: 0 }}>
            <Stack gap="lg">
              <Basics draft={draft} set={set} errors={errors} />
              <Bounds draft={draft} set={set} errors={errors} />
              <Section title="Minimum payment" about="What the customer pays at least, whatever points there are.">
                <Stack gap="md">
                  <Switch label="This rule has its own" description="Otherwise that of Custom Checkout holds." checked={draft.ownMinimum} onChange={(event) => set("ownMinimum", event.currentTarget.checked)} />
                  {draft.ownMinimum && <MinimumPayment value={draft.minimum} onChange={(minimum) => set("minimum", minimum)} error={errors.minimumPayment} disabled={readOnly} />}
                </Stack>
              </Section>
              <Scope draft={draft} set={set} errors={errors} />
              <Schedule draft={draft} set={set} errors={errors} />
              {errors[""] && <Alert color="red" role="alert">{errors[""]}</Alert>}
              {!readOnly && (
                <div className="card save-bar">
                  <Group justify="space-between" px="lg" py="sm">
                    <Text size="sm" c="dimmed">{before === null ? "Not published yet" : dirty ? `${changes.length} ${changes.length === 1 ? "change" : "changes"}` : "No changes"}</Text>
                    <Button type="submit" disabled={before !== null && changes.length === 0}>Review and {action.toLowerCase()}</Button>
                  </Group>
                </div>
              )}
            </Stack>
          </fieldset>
        </form>
      </Grid.Col>
      <Grid.Col span={{ base: 12, lg: 6 }} className="preview-column">
        <div className="sticky"><Preview draft={draft} id={id} /></div>
      </Grid.Col>
      <Modal opened={review} onClose={() => setReview(false)} size="lg" title={before === null ? "Create this rule?" : "Publish these changes?"} closeButtonProps={{ "aria-label": "Close" }}>
        <Stack gap="md">
          <Changes changes={changes} />
          <Text size="sm" c="dimmed">It holds from the next request on. What is reserved already stays as it was reserved.</Text>
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={() => setReview(false)}>Go on editing</Button>
            <Button onClick={() => void publish()} loading={busy}>{action}</Button>
          </Group>
        </Stack>
      </Modal>
      <ConflictModal conflict={conflict} draft={draft} busy={busy} onClose={() => setConflict(null)} onMine={(version) => void publish(version)} />
      <Confirm opened={blocker.state === "blocked"} title="Leave without publishing?" action="Leave" danger onClose={() => blocker.reset?.()} onConfirm={async () => blocker.proceed?.()}>
        <Text size="sm">What you have typed is not kept.</Text>
      </Confirm>
    </Grid>
  );
}

interface PartProps {
  draft: RuleDraft;
  set: <K extends keyof RuleDraft>(name: K, value: RuleDraft[K]) => void;
  errors: Errors;
}

function Basics({ draft, set, errors }: PartProps) {
  const { family } = KINDS[draft.kind];
  const kinds = (Object.keys(KINDS) as RedemptionRuleKind[]).filter((kind) => KINDS[kind].family === family);
  const variable = isVariable(draft.kind);
  return (
    <Section title="What points are worth">
      <Stack gap="md">
        <TextInput label="Name" description="For you and your colleagues; shoppers do not see it." value={draft.name} error={errors.name} onChange={(event) => set("name", event.currentTarget.value)} autoComplete="off" maxLength={200} />
        <div>
          <SegmentedControl data={kinds.map((kind) => ({ value: kind, label: KINDS[kind].short }))} value={draft.kind} onChange={(kind) => set("kind", kind as RedemptionRuleKind)} aria-label="Kind of discount" />
          <Text size="sm" c="dimmed" mt={6}>{KINDS[draft.kind].about}</Text>
        </div>
        <SimpleGrid cols={{ base: 1, xs: 2 }}>
          <NumberField label={variable ? "Every … points" : "Points"} places={0} unit="points" value={draft.points} onChange={(value) => set("points", value)} error={errors.points} />
          {isPercent(draft.kind)
            ? <NumberField label={variable ? "… give" : "… give"} places={2} unit="%" value={draft.percent} onChange={(value) => set("percent", value)} error={errors.percent} />
            : <MoneyField label={variable ? "… are worth" : "… are worth"} value={draft.discount} onChange={(value) => set("discount", value)} error={errors.discount} />}
        </SimpleGrid>
      </Stack>
    </Section>
  );
}

function Bounds({ draft, set, errors }: PartProps) {
  return (
    <Section title="Limits" about="All of them may stay empty.">
      <SimpleGrid cols={{ base: 1, xs: 2 }} verticalSpacing="md">
        {draft.kind !== "FIXED_AMOUNT" && <MoneyField label="Maximum discount" description="At once, on one order." value={draft.maximumDiscount} onChange={(value) => set("maximumDiscount", value)} error={errors.maximumDiscount} />}
        {draft.kind === "VARIABLE_PERCENT" && <NumberField label="Maximum percentage" description="However many points." places={2} unit="%" value={draft.maximumPercent} onChange={(value) => set("maximumPercent", value)} error={errors.maximumPercent} />}
        {isVariable(draft.kind) && <NumberField label="Minimum points" description="Fewest of one redemption." places={0} unit="points" value={draft.minimumPoints} onChange={(value) => set("minimumPoints", value)} error={errors.minimumPoints} />}
        <MoneyField label="Minimum cart" description="Smaller carts get nothing." value={draft.minimumCart} onChange={(value) => set("minimumCart", value)} error={errors.minimumCart} />
        <NumberField label="Cart multiplier" description="The cart is at least so many times the discount." places={2} unit="×" value={draft.cartMultiplier} onChange={(value) => set("cartMultiplier", value)} error={errors.cartMultiplier} />
      </SimpleGrid>
    </Section>
  );
}

function Scope({ draft, set, errors }: PartProps) {
  const list = (name: "productIds" | "collectionIds" | "tiers" | "tags", label: string, description: string) => (
    <TagsInput label={label} description={description} value={draft[name]} onChange={(value) => set(name, value)} error={errors[name]} placeholder={draft[name].length ? "" : "Type and press Enter"} splitChars={[",", "|"]} clearable />
  );
  return (
    <Section title="What it covers, and for whom" about="Empty: everything, everybody.">
      <SimpleGrid cols={{ base: 1, xs: 2 }} verticalSpacing="md">
        {list("productIds", "Products", "Their ids in your shop.")}
        {list("collectionIds", "Collections", "Their ids in your shop.")}
        {list("tiers", "Tiers", "Customers in any of them.")}
        {list("tags", "Tags", "Customers with any of them.")}
      </SimpleGrid>
    </Section>
  );
}

function Schedule({ draft, set, errors }: PartProps) {
  const { zone } = useFormats();
  const reversed = draft.startsAt && draft.endsAt && draft.startsAt >= draft.endsAt ? "It ends before it starts." : undefined;
  return (
    <Section title="When, and before which" about={`Times are those of ${zone.replaceAll("_", " ")}.`}>
      <SimpleGrid cols={{ base: 1, xs: 2 }} verticalSpacing="md">
        <TextInput type="datetime-local" label="Starts" description="Empty: at once." value={draft.startsAt} error={errors.startsAt} onChange={(event) => set("startsAt", event.currentTarget.value)} />
        <TextInput type="datetime-local" label="Ends" description="Empty: never." value={draft.endsAt} error={errors.endsAt ?? reversed} onChange={(event) => set("endsAt", event.currentTarget.value)} />
        <TextInput label="Priority" inputMode="numeric" description="Of two rules that give the same, the lower number is used." value={draft.priority} error={errors.priority} onChange={(event) => set("priority", event.currentTarget.value)} />
      </SimpleGrid>
    </Section>
  );
}

function ConflictModal({ conflict, draft, busy, onClose, onMine }: { conflict: Conflict | null; draft: RuleDraft; busy: boolean; onClose: () => void; onMine: (version: number) => void }) {
  const formats = useFormats();
  const theirs = new Map(conflict ? facts(conflict.draft, formats) : []);
  const apart = facts(draft, formats).filter(([name, mine]) => theirs.get(name) !== mine).map(([name, mine]) => ({ name, before: theirs.get(name) || null, after: mine || null }));
  return (
    <Modal opened={conflict !== null} onClose={onClose} size="lg" title="Somebody else has edited this rule" closeButtonProps={{ "aria-label": "Close" }}>
      <Stack gap="md">
        <Alert color="yellow">Version {conflict?.version} was published while you were editing. Nothing of yours is lost; say which one it shall be.</Alert>
        {apart.length === 0 ? <Text size="sm">Both say the same.</Text> : <Changes changes={apart} heads={["Theirs", "Yours"]} />}
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose}>Go on editing</Button>
          <Button variant="default" onClick={() => { onClose(); conflict?.take(); }}>Take theirs</Button>
          <Button onClick={() => conflict && onMine(conflict.version)} loading={busy}>Publish mine over it</Button>
        </Group>
      </Stack>
    </Modal>
  );
}
