import { Alert, Button, SimpleGrid, Stack, Text } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { type EarningPartsFragment, UpdateEarningDocument, type UpdateEarningInput } from "../../gql/graphql";
import { ask, byField } from "../../lib/api";
import type { Errors, Input } from "../../lib/draft";
import { type Duration, durationOf, NO_TIME, secondsOf } from "../../lib/duration";
import { said } from "../../lib/errors";
import { useMay } from "../../lib/shell";
import { DurationField } from "../../ui/DurationField";
import { ListField } from "../../ui/RuleFields";
import { SaveBar } from "../../ui/SaveBar";
import { Section } from "../../ui/Section";
import { saved } from "../../ui/toast";
import { Unsaved } from "../../ui/Unsaved";

interface Draft {
  waits: Duration;
  lives: Duration;
  reminds: Duration;
  products: string[];
  collections: string[];
}

function draftOf(earning: EarningPartsFragment): Draft {
  return {
    waits: earning.returnWindowSeconds === 0 ? NO_TIME : durationOf(earning.returnWindowSeconds), lives: durationOf(earning.expirySeconds), reminds: durationOf(earning.reminderSeconds),
    products: earning.excludedProductIds, collections: earning.excludedCollectionIds,
  };
}

/** Only what differs is sent: two people who change two settings do not undo each other. Nothing is zero. */
function inputOf(draft: Draft, was: Draft): Input<UpdateEarningInput> {
  const errors: Errors = {};
  const input: UpdateEarningInput = {};
  const differs = (name: keyof Draft) => JSON.stringify(draft[name]) !== JSON.stringify(was[name]);
  for (const [name, field] of [["waits", "returnWindowSeconds"], ["lives", "expirySeconds"], ["reminds", "reminderSeconds"]] as const) {
    if (differs(name)) input[field] = secondsOf(draft[name], field, errors) ?? 0;
  }
  if (differs("products")) input.excludedProductIds = draft.products;
  if (differs("collections")) input.excludedCollectionIds = draft.collections;
  return { input, errors };
}

export function EarningSettingsForm({ earning }: { earning: EarningPartsFragment }) {
  const queries = useQueryClient();
  const may = useMay("CONFIGURE");
  const [was, setWas] = useState(() => draftOf(earning));
  const [draft, setDraft] = useState(was);
  const [errors, setErrors] = useState<Errors>({});
  const [busy, setBusy] = useState(false);
  const dirty = JSON.stringify(draft) !== JSON.stringify(was);

  const set = <K extends keyof Draft>(name: K, value: Draft[K]) => {
    setDraft((now) => ({ ...now, [name]: value }));
    setErrors({});
  };

  async function save() {
    const { input, errors: wrong } = inputOf(draft, was);
    if (Object.keys(wrong).length) return setErrors(wrong);
    setBusy(true);
    try {
      const { updateEarning: done } = await ask(UpdateEarningDocument, { input });
      setErrors(byField(done.userErrors));
      if (done.earning) {
        const now = draftOf(done.earning);
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
        <Section title="Times" about="For what is earned from now on. Points that are there keep the times they came with.">
          <SimpleGrid cols={{ base: 1, md: 3 }} spacing="lg">
            <DurationField label="Return window" description="Points of an order wait so long. Empty: not at all." value={draft.waits} onChange={(value) => set("waits", value)} error={errors.returnWindowSeconds} disabled={!may} />
            <DurationField label="Points live for" description="Once they can be used. Empty: for good." value={draft.lives} onChange={(value) => set("lives", value)} error={errors.expirySeconds} disabled={!may} />
            <DurationField label="Reminder" description="An event so long before they expire. Empty: none." value={draft.reminds} onChange={(value) => set("reminds", value)} error={errors.reminderSeconds} disabled={!may} />
          </SimpleGrid>
        </Section>
        <Section title="What never earns" about="Gift cards and the like, whatever a rule covers. It is known of orders that come with their lines.">
          <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="lg">
            <ListField label="Products" description="Their ids in your shop." value={draft.products} onChange={(value) => set("products", value)} error={errors.excludedProductIds} disabled={!may} />
            <ListField label="Collections" description="Their ids in your shop." value={draft.collections} onChange={(value) => set("collections", value)} error={errors.excludedCollectionIds} disabled={!may} />
          </SimpleGrid>
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
