import { Tabs } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useSearchParams } from "react-router";
import { EarningDocument } from "../../gql/graphql";
import { ask } from "../../lib/api";
import { PageHeader } from "../../ui/PageHeader";
import { Loaded } from "../../ui/States";
import { CreateEarningRule } from "./CreateEarningRule";
import { EarningRuleList } from "./EarningRuleList";
import { EarningSettingsForm } from "./EarningSettingsForm";
import { Tiers } from "./Tiers";

const TABS = ["rules", "tiers", "settings"];

export function Earning() {
  const [parameters, setParameters] = useSearchParams();
  const query = useQuery({ queryKey: ["earning"], queryFn: () => ask(EarningDocument) });
  const asked = parameters.get("tab") ?? "";
  const tab = TABS.includes(asked) ? asked : "rules";
  return (
    <>
      <PageHeader title="Earning" about="How customers come to points. All live rules for orders add up." actions={tab === "rules" ? <CreateEarningRule /> : undefined} />
      <Tabs value={tab} onChange={(next) => setParameters(next === null || next === "rules" ? {} : { tab: next }, { replace: true })} keepMounted={false}>
        <Tabs.List mb="lg">
          <Tabs.Tab value="rules">Rules</Tabs.Tab>
          <Tabs.Tab value="tiers">Tiers</Tabs.Tab>
          <Tabs.Tab value="settings">Settings</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="rules"><EarningRuleList /></Tabs.Panel>
        <Tabs.Panel value="tiers"><Loaded query={query} rows={1}>{({ merchant }) => <Tiers earning={merchant.earning} />}</Loaded></Tabs.Panel>
        <Tabs.Panel value="settings"><Loaded query={query}>{({ merchant }) => <EarningSettingsForm earning={merchant.earning} />}</Loaded></Tabs.Panel>
      </Tabs>
    </>
  );
}
