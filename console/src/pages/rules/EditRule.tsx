import { Alert, Button, Text } from "@mantine/core";
import { IconArchive, IconHistory } from "../../ui/icons";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useNavigate, useParams } from "react-router";
import { ArchiveRuleDocument, type RedemptionRuleInput, RuleHistoryDocument, type RuleHistoryQuery, type RulePartsFragment, UpdateRuleDocument } from "../../gql/graphql";
import { ask } from "../../lib/api";
import type { Publish } from "../../lib/editing";
import { useFormats } from "../../lib/format";
import { draftOf, facts, KINDS, type RuleDraft } from "../../lib/rule";
import { useMay } from "../../lib/shell";
import { Confirm } from "../../ui/Confirm";
import { NotThere } from "../../ui/NotThere";
import { PageHeader } from "../../ui/PageHeader";
import { RuleState } from "../../ui/RuleState";
import { Loaded } from "../../ui/States";
import { saved } from "../../ui/toast";
import { Versions } from "../../ui/Versions";
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
  const may = useMay("CONFIGURE");
  // The version that is being edited stays the same while somebody else publishes another one.
  const [base, setBase] = useState<RulePartsFragment>(managed.rule);
  const [history, setHistory] = useState(false);
  const [archiving, setArchiving] = useState(false);
  const archived = managed.archivedAt !== null;

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

  async function archive(): Promise<string | void> {
    const { archiveRedemptionRule: done } = await ask(ArchiveRuleDocument, { input: { id: base.id } });
    if (done.userErrors[0]) return done.userErrors[0].message;
    await queries.invalidateQueries();
    saved(`“${base.name}” is archived.`);
    navigate("/rules");
  }

  return (
    <>
      <PageHeader
        title={managed.rule.name} back={{ to: "/rules", label: "Redemption rules" }} badge={<RuleState of={managed} />}
        about={`${KINDS[managed.rule.kind].name} · version ${managed.rule.version}, edited ${formats.ago(managed.editedAt).toLowerCase()}`}
        actions={
          <>
            <Button variant="default" leftSection={<IconHistory size={16} aria-hidden />} onClick={() => setHistory(true)}>Versions</Button>
            {may && !archived && <Button variant="default" leftSection={<IconArchive size={16} aria-hidden />} onClick={() => setArchiving(true)}>Archive</Button>}
          </>
        }
      />
      {archived && <Alert color="gray" mb="lg">This rule is archived and can be changed no more. Redemptions made under it keep it.</Alert>}
      <RuleForm key={base.version} start={draftOf(base, formats.zone)} before={draftOf(base, formats.zone)} id={base.id} action="Publish" onPublish={publish} readOnly={archived || !may} />
      <Versions opened={history} onClose={() => setHistory(false)} versions={managed.versions} live={!archived} facts={(rule) => facts(draftOf(rule, formats.zone), formats)} />
      <Confirm opened={archiving} onClose={() => setArchiving(false)} title={`Archive “${managed.rule.name}”?`} action="Archive" danger onConfirm={archive}>
        <Text size="sm">It is out of use from the next request on, and cannot come back. Points that are reserved under it can still be captured.</Text>
      </Confirm>
    </>
  );
}
