import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { EarningRulesDocument } from "../../gql/graphql";
import { ask } from "../../lib/api";
import { EARNING_KINDS, earningSummary } from "../../lib/earning";
import { useFormats } from "../../lib/format";
import { IconGift } from "../../ui/icons";
import { LiveOrArchived, RuleTable } from "../../ui/RuleTable";
import { Section } from "../../ui/Section";
import { Empty, Loaded } from "../../ui/States";
import { CreateEarningRule } from "./CreateEarningRule";

export function EarningRuleList() {
  const formats = useFormats();
  const [which, setWhich] = useState("live");
  const archived = which === "archived";
  const query = useQuery({ queryKey: ["earning-rules", archived], queryFn: () => ask(EarningRulesDocument, { archived }) });
  return (
    <Loaded query={query} rows={1}>
      {({ merchant: { earning: { rules } } }) => {
        const shown = archived ? rules.filter((rule) => rule.archivedAt !== null) : rules;
        return (
          <Section title="Earning rules" flush action={<LiveOrArchived value={which} onChange={setWhich} />}>
            {shown.length > 0 ? <RuleTable rules={shown} at="/earning" kind={(rule) => EARNING_KINDS[rule.kind].name} gives={(rule) => earningSummary(rule, formats)} /> : archived ? (
              <Empty icon={IconGift} title="No rule is archived">An archived rule gives nothing any more; what was earned by it stays.</Empty>
            ) : (
              <Empty icon={IconGift} title="Nothing is earned yet" action={<CreateEarningRule />}>A rule says what customers get points for. Start with a point for every {formats.money("10")} that they spend.</Empty>
            )}
          </Section>
        );
      }}
    </Loaded>
  );
}
