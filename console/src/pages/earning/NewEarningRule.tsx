import { useQueryClient } from "@tanstack/react-query";
import { useNavigate, useParams } from "react-router";
import { CreateEarningRuleDocument } from "../../gql/graphql";
import { ask } from "../../lib/api";
import { ALL_KINDS, EARNING_KINDS, emptyEarningDraft, isForOrders } from "../../lib/earning";
import { NotThere } from "../../ui/NotThere";
import { PageHeader } from "../../ui/PageHeader";
import { saved } from "../../ui/toast";
import { EarningRuleForm } from "./EarningRuleForm";

export function NewEarningRule() {
  const { kind: path } = useParams();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const kind = ALL_KINDS.find((each) => EARNING_KINDS[each].path === path);
  if (kind === undefined) return <NotThere />;
  const watch = isForOrders(kind) ? "watch what five orders would earn" : "watch what a customer would get";
  return (
    <>
      <PageHeader
        title={`New rule: ${EARNING_KINDS[kind].name.toLowerCase()}`} back={{ to: "/earning", label: "Earning" }}
        about={`Fill it in and ${watch}. Nothing is live before you publish.`}
      />
      <EarningRuleForm
        key={kind} start={emptyEarningDraft(kind)} before={null} action="Create"
        onPublish={async (rule) => {
          const { createEarningRule: done } = await ask(CreateEarningRuleDocument, { input: { rule } });
          if (!done.rule) return { errors: done.userErrors };
          await queries.invalidateQueries();
          saved("The rule is live.");
          return { errors: [], leave: () => navigate("/earning") };
        }}
      />
    </>
  );
}
