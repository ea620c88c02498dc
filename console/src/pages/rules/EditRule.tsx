import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useNavigate, useParams } from "react-router";
import { ArchiveRuleDocument, type RedemptionRuleInput, RuleHistoryDocument, type RuleHistoryQuery, type RulePartsFragment, UpdateRuleDocument } from "../../gql/graphql";
import { ask } from "../../lib/api";
import type { Publish } from "../../lib/editing";
import { useFormats } from "../../lib/format";
import { draftOf, facts, KINDS, type RuleDraft } from "../../lib/rule";
import { ManagedRule } from "../../ui/ManagedRule";
import { NotThere } from "../../ui/NotThere";
import { Loaded } from "../../ui/States";
import { saved } from "../../ui/toast";
import { RuleForm } from "./RuleForm";

type Managed = RuleHistoryQuery["merchant"]["customCheckout"]["rules"][number];
const KEY = ["rule-history"];

export function EditRule() {
  const { id } = useParams();
  const query = useQuery({ queryKey: KEY, queryFn: () => ask(RuleHistoryDocument) });
  return (
    <Loaded query={query}>
      {({ merchant: { customCheckout: { rules } } }) => {
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
  const [base, setBase] = useState<RulePartsFragment>(managed.rule);
  const draft = draftOf(base, formats.zone);

  const publish: Publish<RuleDraft, RedemptionRuleInput> = async (rule, over) => {
    const version = over === undefined ? base.version : Number(over);
    const { updateRedemptionRule: done } = await ask(UpdateRuleDocument, { input: { id: base.id, version, rule } });
    if (done.rule) {
      await queries.invalidateQueries();
      saved(`Version ${done.rule.version} is live.`);
      return { errors: [], leave: () => navigate("/rules") };
    }
    if (done.userErrors[0]?.code === "VERSION_CONFLICT") {
      const { merchant } = await queries.fetchQuery({ queryKey: KEY, queryFn: () => ask(RuleHistoryDocument), staleTime: 0 });
      const theirs = merchant.customCheckout.rules.find((each) => each.rule.id === base.id)?.rule;
      if (theirs) return { errors: [], conflict: { version: theirs.version, name: `Version ${theirs.version}`, draft: draftOf(theirs, formats.zone), take: () => setBase(theirs) } };
    }
    return { errors: done.userErrors };
  };

  return (
    <ManagedRule
      managed={managed} kind={KINDS[managed.rule.kind].name} home={{ to: "/rules", label: "Redemption rules" }} facts={(rule) => facts(draftOf(rule, formats.zone), formats)}
      onArchive={async () => (await ask(ArchiveRuleDocument, { input: { id: base.id } })).archiveRedemptionRule.userErrors}
      after="Redemptions made under it keep it."
      before="It is out of use from the next request on, and cannot come back. Points that are reserved under it can still be captured."
    >
      {(readOnly) => <RuleForm key={base.version} start={draft} before={draft} id={base.id} action="Publish" onPublish={publish} readOnly={readOnly} />}
    </ManagedRule>
  );
}
