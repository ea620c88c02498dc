import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useNavigate, useParams } from "react-router";
import { ArchiveEarningRuleDocument, EarningRuleHistoryDocument, type EarningRuleHistoryQuery, type EarningRuleInput, type EarningRulePartsFragment, UpdateEarningRuleDocument } from "../../gql/graphql";
import { ask } from "../../lib/api";
import { EARNING_KINDS, type EarningDraft, earningDraftOf, earningFacts } from "../../lib/earning";
import type { Publish } from "../../lib/editing";
import { useFormats } from "../../lib/format";
import { ManagedRule } from "../../ui/ManagedRule";
import { NotThere } from "../../ui/NotThere";
import { Loaded } from "../../ui/States";
import { saved } from "../../ui/toast";
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
  // The version that is being edited stays the same while somebody else publishes another one.
  const [base, setBase] = useState<EarningRulePartsFragment>(managed.rule);
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

  return (
    <ManagedRule
      managed={managed} kind={EARNING_KINDS[managed.rule.kind].name} home={{ to: "/earning", label: "Earning" }} facts={(rule) => earningFacts(earningDraftOf(rule, formats.zone), formats)}
      onArchive={async () => (await ask(ArchiveEarningRuleDocument, { input: { id: base.id } })).archiveEarningRule.userErrors}
      after="What was earned by it stays."
      before="It gives nothing from the next order on, and cannot come back. Points that were earned by it stay."
    >
      {(readOnly) => <EarningRuleForm key={base.version} start={draft} before={draft} id={base.id} action="Publish" onPublish={publish} readOnly={readOnly} />}
    </ManagedRule>
  );
}
