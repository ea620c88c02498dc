import { Group } from "@mantine/core";
import { IconDiscount } from "../../ui/icons";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { RulesDocument } from "../../gql/graphql";
import { ask } from "../../lib/api";
import { useFormats } from "../../lib/format";
import { KINDS, summary } from "../../lib/rule";
import { LiveOrArchived, RuleTable } from "../../ui/RuleTable";
import { Section } from "../../ui/Section";
import { Empty, Loaded } from "../../ui/States";
import { CreateRule } from "./CreateRule";

/** `plain`: the page around it has the button already. */
export function RuleList({ title, plain }: { title: string; plain?: boolean }) {
  const formats = useFormats();
  const [which, setWhich] = useState("live");
  const archived = which === "archived";
  const query = useQuery({ queryKey: ["rules", archived], queryFn: () => ask(RulesDocument, { archived }) });
  return (
    <Loaded query={query} rows={1}>
      {({ merchant: { customCheckout: { rules } } }) => {
        const shown = archived ? rules.filter((rule) => rule.archivedAt !== null) : rules;
        return (
          <Section title={title} flush action={<Group gap="sm"><LiveOrArchived value={which} onChange={setWhich} />{!plain && <CreateRule />}</Group>}>
            {shown.length > 0 ? <RuleTable rules={shown} at="/rules" kind={(rule) => KINDS[rule.kind].name} gives={(rule) => summary(rule, formats)} /> : archived ? (
              <Empty icon={IconDiscount} title="No rule is archived">An archived rule is out of use; redemptions made under it keep it.</Empty>
            ) : (
              <Empty icon={IconDiscount} title="There is no rule yet" action={<CreateRule />}>A rule says what points are worth, and the most discount at once. Start with “1 point = 1, at most 100”.</Empty>
            )}
          </Section>
        );
      }}
    </Loaded>
  );
}
