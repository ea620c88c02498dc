import { SegmentedControl, SimpleGrid, Stack, Switch, Text, TextInput } from "@mantine/core";
import type { RedemptionRuleInput, RedemptionRuleKind } from "../../gql/graphql";
import type { Publish } from "../../lib/editing";
import { facts, inputOf, isPercent, isVariable, KINDS, type RuleDraft } from "../../lib/rule";
import { MinimumPayment, MoneyField, NumberField } from "../../ui/Fields";
import { RuleEditor, type RuleParts } from "../../ui/RuleEditor";
import { ListField, useZone, Window } from "../../ui/RuleFields";
import { Section } from "../../ui/Section";
import { Preview } from "./Preview";
import { TryOut } from "./whatif/TryOut";

interface Props {
  start: RuleDraft;
  before: RuleDraft | null;
  id?: string;
  action: string;
  onPublish: Publish<RuleDraft, RedemptionRuleInput>;
  readOnly?: boolean;
}

type PartProps = RuleParts<RuleDraft>;

export function RuleForm({ id, ...rest }: Props) {
  return (
    <RuleEditor
      {...rest} inputOf={inputOf} facts={facts} note="It holds from the next request on. What is reserved already stays as it was reserved."
      fields={(parts) => <Fields {...parts} readOnly={rest.readOnly} />} preview={(draft) => <Preview draft={draft} id={id} />}
      tryOut={(draft, whole) => <TryOut draft={draft} id={id} whole={whole} />}
    />
  );
}

function Fields({ readOnly, ...parts }: PartProps & { readOnly?: boolean }) {
  const { draft, set, errors } = parts;
  return (
    <>
      <Basics {...parts} />
      <Bounds {...parts} />
      <Section title="Minimum payment" about="What the customer pays at least, whatever points there are.">
        <Stack gap="md">
          <Switch label="This rule has its own" description="Otherwise that of Custom Checkout holds." checked={draft.ownMinimum} onChange={(event) => set("ownMinimum", event.currentTarget.checked)} />
          {draft.ownMinimum && <MinimumPayment value={draft.minimum} onChange={(minimum) => set("minimum", minimum)} error={errors.minimumPayment} disabled={readOnly} />}
        </Stack>
      </Section>
      <Scope {...parts} />
      <Schedule {...parts} />
    </>
  );
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
    <ListField label={label} description={description} value={draft[name]} onChange={(value) => set(name, value)} error={errors[name]} />
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

function Schedule(parts: PartProps) {
  const { draft, set, errors } = parts;
  return (
    <Section title="When, and before which" about={useZone()}>
      <SimpleGrid cols={{ base: 1, xs: 2 }} verticalSpacing="md">
        <Window {...parts} />
        <TextInput label="Priority" inputMode="numeric" description="Of two rules that give the same, the lower number is used." value={draft.priority} error={errors.priority} onChange={(event) => set("priority", event.currentTarget.value)} />
      </SimpleGrid>
    </Section>
  );
}
