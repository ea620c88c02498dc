import { useState } from "react";
import { useNavigate, useParams } from "react-router";
import { useQueryClient } from "@tanstack/react-query";
import { CreateRuleDocument } from "../../gql/graphql";
import { ask } from "../../lib/api";
import { emptyDraft } from "../../lib/rule";
import { PageHeader } from "../../ui/PageHeader";
import { saved } from "../../ui/toast";
import { RuleForm } from "./RuleForm";

export function NewRule() {
  const { family } = useParams();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const percentage = family === "percentage";
  const [start] = useState(() => emptyDraft(percentage ? "VARIABLE_PERCENT" : "VARIABLE_AMOUNT"));
  return (
    <>
      <PageHeader
        title={percentage ? "New percentage discount" : "New amount discount"} back={{ to: "/rules", label: "Redemption rules" }}
        about="Fill it in and watch what five carts would get. Nothing is live before you publish."
      />
      <RuleForm
        start={start} before={null} action="Create"
        onPublish={async (rule) => {
          const { createRedemptionRule: done } = await ask(CreateRuleDocument, { input: { rule } });
          if (done.rule) {
            await queries.invalidateQueries();
            saved("The rule is live.");
            return { errors: [], leave: () => navigate("/rules") };
          }
          return { errors: done.userErrors };
        }}
      />
    </>
  );
}
