import { Alert, Button, Text } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useNavigate, useParams } from "react-router";
import { ArchiveEarningRuleDocument, EarningRuleHistoryDocument, type EarningRuleHistoryQuery, type EarningRuleInput, type EarningRulePartsFragment, UpdateEarningRuleDocument } from "../../gql/graphql";
import { ask } from "../../lib/api";
import { EARNING_KINDS, type EarningDraft, earningDraftOf, earningFacts } from "../../lib/earning";
import type { Publish } from "../../lib/editing";
import { useFormats } from "../../lib/format";
import { useMay } from "../../lib/shell";
import { Confirm } from "../../ui/Confirm";
import { IconArchive, IconHistory } from "../../ui/icons";
import { NotThere } from "../../ui/NotThere";
import { PageHeader } from "../../ui/PageHeader";
import { RuleState } from "../../ui/RuleState";
import { Loaded } from "../../ui/States";
import { saved } from "../../ui/toast";
import { Versions } from "../../ui/Versions";
import { EarningRuleForm } from "./EarningRuleForm";

type Managed = EarningRuleHistoryQuery["merchant"]["earning"]["rules"][number];
const KEY = ["earning-rule-history"];

export function EditEarningRule() {
  const { id } = useParams();
  const query = useQuery({ queryKey: KEY, queryFn: () => ask(EarningRuleHistoryDocument) });
  return (
    <Loaded query={query}>
      {({ merchant: { earning: { rules } } }) => {
        const managed = rules.find(({ rule }) => rule.id === id);
        return managed ? <Edit key={id} managed={managed} /> : <NotThere />;
      }}
    </Loaded>
  );
}

function Edit({ managed }: { managed: Managed }) {
  const formats = useFormats();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const may = useMay("CONFIGURE");
  // The version that is being edited stays the same while somebody else publishes another one.
  const [base, setBase] = useState<EarningRulePartsFragment>(managed.rule);
  const [history, setHistory] = useState(false);
  const [archiving, setArchiving] = useState(false);
  const archived = managed.archivedAt !== null;
  const draft = earningDraftOf(base, formats.zone);

  const publish: Publish<EarningDraft, EarningRuleInput> = async (rule, over) => {
    const version = over === undefined ? base.version : Number(over);
    const { updateEarningRule: done } = await ask(UpdateEarningRuleDocument, { input: { id: base.id, version, rule } });
    if (done.rule) {
      await queries.invalidateQueries();
      saved(`Version ${done.rule.version} is live.`);
      return { errors: [], leave: () => navigate("/earning") };
    }
    if (done.userErrors[0]?.code === "VERSION_CONFLICT") {
      const { merchant } = await queries.fetchQuery({ queryKey: KEY, queryFn: () => ask(EarningRuleHistoryDocument), staleTime: 0 });
      const theirs = merchant.earning.rules.find((each) => each.rule.id === base.id)?.rule;
      if (theirs) return { errors: [], conflict: { version: theirs.version, name: `Version ${theirs.version}`, draft: earningDraftOf(theirs, formats.zone), take: () => setBase(theirs) } };
    }
    return { errors: done.userErrors };
  };

  async function archive(): Promise<string | void> {
    const { archiveEarningRule: done } = await ask(ArchiveEarningRuleDocument, { input: { id: base.id } });
    if (done.userErrors[0]) return done.userErrors[0].message;
    await queries.invalidateQueries();
    saved(`“${base.name}” is archived.`);
    navigate("/earning");
  }

  return (
    <>
      <PageHeader
        title={managed.rule.name} back={{ to: "/earning", label: "Earning" }} badge={<RuleState of={managed} />}
        about={`${EARNING_KINDS[managed.rule.kind].name} · version ${managed.rule.version}, edited ${formats.ago(managed.editedAt).toLowerCase()}`}
        actions={
          <>
            <Button variant="default" leftSection={<IconHistory size={16} aria-hidden />} onClick={() => setHistory(true)}>Versions</Button>
            {may && !archived && <Button variant="default" leftSection={<IconArchive size={16} aria-hidden />} onClick={() => setArchiving(true)}>Archive</Button>}
          </>
        }
      />
      {archived && <Alert color="gray" mb="lg">This rule is archived and can be changed no more. What was earned by it stays.</Alert>}
      <EarningRuleForm key={base.version} start={draft} before={draft} id={base.id} action="Publish" onPublish={publish} readOnly={archived || !may} />
      <Versions opened={history} onClose={() => setHistory(false)} versions={managed.versions} live={!archived} facts={(rule) => earningFacts(earningDraftOf(rule, formats.zone), formats)} />
      <Confirm opened={archiving} onClose={() => setArchiving(false)} title={`Archive “${managed.rule.name}”?`} action="Archive" danger onConfirm={archive}>
        <Text size="sm">It gives nothing from the next order on, and cannot come back. Points that were earned by it stay.</Text>
      </Confirm>
    </>
  );
}
