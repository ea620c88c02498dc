import { SegmentedControl, SimpleGrid, Stack, Switch, Text, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { EarningDocument, type EarningRuleKind, type EarningRuleInput } from "../../gql/graphql";
import { ask } from "../../lib/api";
import { ALL_KINDS, EARNING_KINDS, type EarningDraft, earningFacts, earningInputOf, isForOrders } from "../../lib/earning";
import type { Publish } from "../../lib/editing";
import { DurationField } from "../../ui/DurationField";
import { MoneyField, NumberField } from "../../ui/Fields";
import { RuleEditor, type RuleParts } from "../../ui/RuleEditor";
import { ListField, useZone, Window } from "../../ui/RuleFields";
import { Section } from "../../ui/Section";
import { EarningPreview } from "./EarningPreview";

interface Props {
  start: EarningDraft;
  before: EarningDraft | null;
  id?: string;
  action: string;
  onPublish: Publish<EarningDraft, EarningRuleInput>;
  readOnly?: boolean;
}

type PartProps = RuleParts<EarningDraft>;

/** Tiers that there are, to choose from. */
function useTierNames(): string[] {
  const query = useQuery({ queryKey: ["earning"], queryFn: () => ask(EarningDocument) });
  return query.data?.merchant.earning.tiers.map(({ name }) => name) ?? [];
}

export function EarningRuleForm({ id, ...rest }: Props) {
  const tiers = useTierNames();
  return (
    <RuleEditor
      {...rest} inputOf={earningInputOf} facts={earningFacts} note="It counts from the next order or occasion on. What was earned already stays as it was earned."
      fields={(parts) => (
        <>
          <Basics {...parts} />
          <Scope {...parts} tierNames={tiers} />
          <Times {...parts} />
        </>
      )}
      preview={(draft) => <EarningPreview draft={draft} id={id} tierNames={tiers} />}
    />
  );
}

function Basics({ draft, set, errors }: PartProps) {
  const kinds = ALL_KINDS.filter((kind) => isForOrders(kind) === isForOrders(draft.kind));
  const spending = draft.kind === "ORDER";
  return (
    <Section title="What is given">
      <Stack gap="md">
        <TextInput label="Name" description="Storefronts can read it." value={draft.name} error={errors.name} onChange={(event) => set("name", event.currentTarget.value)} autoComplete="off" maxLength={200} />
        <div>
          <SegmentedControl data={kinds.map((kind) => ({ value: kind, label: EARNING_KINDS[kind].short }))} value={draft.kind} onChange={(kind) => set("kind", kind as EarningRuleKind)} aria-label="Kind of rule" />
          <Text size="sm" c="dimmed" mt={6}>{EARNING_KINDS[draft.kind].about}</Text>
        </div>
        <SimpleGrid cols={{ base: 1, xs: 2 }}>
          <NumberField label="Points" places={0} unit="points" value={draft.points} onChange={(value) => set("points", value)} error={errors.points} />
          {spending && <MoneyField label="… for every" value={draft.per} onChange={(value) => set("per", value)} error={errors.per} />}
          {isForOrders(draft.kind) && !spending && <MinimumOrder draft={draft} set={set} errors={errors} />}
        </SimpleGrid>
        {spending && (
          <SimpleGrid cols={{ base: 1, xs: 2 }}>
            <MinimumOrder draft={draft} set={set} errors={errors} />
            <Switch mt={{ base: 0, xs: 24 }} label="Tiers multiply it" description="By the multiplier of the customer’s tier." checked={draft.tierMultiplied} onChange={(event) => set("tierMultiplied", event.currentTarget.checked)} />
          </SimpleGrid>
        )}
      </Stack>
    </Section>
  );
}

function MinimumOrder({ draft, set, errors }: PartProps) {
  return <MoneyField label="Minimum order" description="What is paid at least. Empty: any." value={draft.minimumOrder} onChange={(value) => set("minimumOrder", value)} error={errors.minimumOrder} />;
}

function Scope({ draft, set, errors, tierNames }: PartProps & { tierNames: string[] }) {
  const list = (name: "productIds" | "collectionIds" | "excludedProductIds" | "excludedCollectionIds" | "tiers" | "tags", label: string, description: string, data?: string[]) => (
    <ListField label={label} description={description} value={draft[name]} onChange={(value) => set(name, value)} error={errors[name]} data={data} />
  );
  return (
    <Section title={isForOrders(draft.kind) ? "What it covers, and for whom" : "For whom"} about={isForOrders(draft.kind) ? "Empty: everything, everybody." : "Empty: everybody."}>
      <SimpleGrid cols={{ base: 1, xs: 2 }} verticalSpacing="md">
        {isForOrders(draft.kind) && (
          <>
            {list("productIds", "Products", "Their ids in your shop.")}
            {list("collectionIds", "Collections", "Their ids in your shop.")}
            {list("excludedProductIds", "Not for products", "They earn nothing by it.")}
            {list("excludedCollectionIds", "Not for collections", "They earn nothing by it.")}
          </>
        )}
        {list("tiers", "Tiers", "Customers in any of them.", tierNames)}
        {list("tags", "Tags", "Customers with any of them.")}
      </SimpleGrid>
    </Section>
  );
}

function Times(parts: PartProps) {
  const { draft, set, errors } = parts;
  return (
    <Section title="When, and for how long" about={useZone()}>
      <SimpleGrid cols={{ base: 1, xs: 2 }} verticalSpacing="md">
        <Window {...parts} />
        <DurationField label="Points live for" description="Empty: as your other points." value={draft.expiry} onChange={(expiry) => set("expiry", expiry)} error={errors.expirySeconds} />
      </SimpleGrid>
    </Section>
  );
}
