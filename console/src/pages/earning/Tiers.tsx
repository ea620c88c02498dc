import { Alert, Button, SegmentedControl, Stack, Text } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { EarningDocument, type EarningPartsFragment, type TierMeasure, UpdateEarningDocument, type UpdateEarningInput } from "../../gql/graphql";
import { ask } from "../../lib/api";
import { type Publish, useEditing } from "../../lib/editing";
import { useMay } from "../../lib/shell";
import { MEASURES, tierErrors, type TiersDraft, tiersDraftOf, tiersFacts, tiersInputOf } from "../../lib/tiers";
import { Publishing } from "../../ui/Publishing";
import { SaveBar } from "../../ui/SaveBar";
import { Section } from "../../ui/Section";
import { saved } from "../../ui/toast";
import { TierTable } from "./TierTable";

/** The tiers that are being edited stay the same while somebody else saves others. */
export function Tiers({ earning }: { earning: EarningPartsFragment }) {
  const queries = useQueryClient();
  const [base, setBase] = useState(earning);
  const publish: Publish<TiersDraft, UpdateEarningInput> = async (input, over) => {
    const tiersRevision = over === undefined ? base.tiersRevision : String(over);
    const { updateEarning: done } = await ask(UpdateEarningDocument, { input: { ...input, tiersRevision } });
    if (done.earning) {
      const now = done.earning;
      await queries.invalidateQueries();
      saved("The tiers are saved.");
      return { errors: [], leave: () => setBase(now) };
    }
    if (done.userErrors[0]?.code === "VERSION_CONFLICT") {
      const { merchant } = await queries.fetchQuery({ queryKey: ["earning"], queryFn: () => ask(EarningDocument), staleTime: 0 });
      const theirs = merchant.earning;
      return { errors: [], conflict: { version: theirs.tiersRevision, draft: tiersDraftOf(theirs), take: () => setBase(theirs) } };
    }
    return { errors: done.userErrors };
  };
  return <TiersForm key={base.tiersRevision} start={tiersDraftOf(base)} onPublish={publish} />;
}

function TiersForm({ start, onPublish }: { start: TiersDraft; onPublish: Publish<TiersDraft, UpdateEarningInput> }) {
  const may = useMay("CONFIGURE");
  const editing = useEditing({ start, before: start, inputOf: tiersInputOf, facts: tiersFacts, onPublish, errorsOf: tierErrors });
  const { draft, set, setDraft, errors, setErrors, dirty, look } = editing;
  return (
    <form onSubmit={(event) => { event.preventDefault(); look(); }} noValidate>
      <Stack gap="lg">
        <Section title="What reaches a tier">
          <SegmentedControl
            data={Object.entries(MEASURES).map(([value, { label }]) => ({ value, label }))} value={draft.measure} disabled={!may} aria-label="What reaches a tier"
            onChange={(measure) => set("measure", measure as TierMeasure)}
          />
          <Text size="sm" c="dimmed" mt={6}>{MEASURES[draft.measure].about} What was given back no longer counts.</Text>
          {draft.measure !== start.measure && draft.rows.length > 0 && <Alert color="yellow" mt="md">The thresholds below are read as {draft.measure === "POINTS_EARNED" ? "points" : "amounts of money"} now. Look each of them over.</Alert>}
        </Section>
        <TierTable draft={draft} onChange={(rows) => set("rows", rows)} errors={errors} disabled={!may} />
        {errors[""] && <Alert color="red" role="alert">{errors[""]}</Alert>}
        {!may && <Text size="sm" c="dimmed">Your role may look at the tiers. An owner or a manager can change them.</Text>}
        {dirty && (
          <SaveBar>
            <Button variant="default" onClick={() => { setDraft(start); setErrors({}); }}>Discard</Button>
            <Button type="submit">Review and save</Button>
          </SaveBar>
        )}
      </Stack>
      <Publishing
        editing={editing} title="Save these tiers?" action="Save" what="the tiers" doing="saving"
        note="All customers with orders or a tier are looked at again, in the background. Points that were earned stay as they are."
      />
    </form>
  );
}
