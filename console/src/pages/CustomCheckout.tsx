import { Stack, Switch, Tabs, Text } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useSearchParams } from "react-router";
import { CheckoutDocument, type CheckoutQuery, UpdateCheckoutDocument } from "../gql/graphql";
import { ask } from "../lib/api";
import { said } from "../lib/errors";
import { useMay } from "../lib/shell";
import { Confirm } from "../ui/Confirm";
import { PageHeader } from "../ui/PageHeader";
import { Section } from "../ui/Section";
import { Loaded } from "../ui/States";
import { saved } from "../ui/toast";
import { CheckoutForm } from "./checkout/CheckoutForm";
import { Connect } from "./checkout/Connect";
import { Outages } from "./checkout/Outages";
import { Secrets } from "./checkout/Secrets";
import { RuleList } from "./rules/RuleList";
import { Status } from "../ui/Status";

type Checkout = CheckoutQuery["merchant"]["customCheckout"];

export function CustomCheckout() {
  const query = useQuery({ queryKey: ["checkout"], queryFn: () => ask(CheckoutDocument) });
  const [parameters, setParameters] = useSearchParams();
  const tab = parameters.get("tab") === "rules" ? "rules" : "settings";
  const on = query.data?.merchant.customCheckout.enabled;
  return (
    <>
      <PageHeader
        title="Custom Checkout" back={{ to: "/integrations", label: "Integrations" }}
        badge={on === undefined ? undefined : <Status tone={on ? "good" : "off"}>{on ? "On" : "Off"}</Status>}
        about="Points in the checkout that you build yourself: your backend calls the gateway, and the gateway decides by your rules."
      />
      <Tabs value={tab} onChange={(next) => setParameters(next === "rules" ? { tab: "rules" } : {}, { replace: true })} keepMounted={false}>
        <Tabs.List mb="lg">
          <Tabs.Tab value="settings">Settings</Tabs.Tab>
          <Tabs.Tab value="rules">Redemption rules</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="settings">
          <Loaded query={query}>{({ merchant: { customCheckout } }) => <Settings checkout={customCheckout} />}</Loaded>
        </Tabs.Panel>
        <Tabs.Panel value="rules"><RuleList title="Custom Checkout redemption rules" /></Tabs.Panel>
      </Tabs>
    </>
  );
}

function Settings({ checkout }: { checkout: Checkout }) {
  return (
    <Stack gap="lg">
      <OnOff checkout={checkout} />
      <Secrets checkout={checkout} />
      <Connect />
      <CheckoutForm checkout={checkout} />
      <Outages />
    </Stack>
  );
}

function OnOff({ checkout }: { checkout: Checkout }) {
  const queries = useQueryClient();
  const may = useMay("CONFIGURE");
  const [asking, setAsking] = useState(false);
  const [error, setError] = useState("");

  async function turn(enabled: boolean): Promise<string | void> {
    const { updateCustomCheckout: done } = await ask(UpdateCheckoutDocument, { input: { enabled } });
    if (done.userErrors[0]) return done.userErrors[0].message;
    await queries.invalidateQueries();
    saved(enabled ? "Custom Checkout is on." : "Custom Checkout is off.");
  }

  return (
    <Section title="Integration status">
      <Switch
        size="md" checked={checkout.enabled} disabled={!may} label={checkout.enabled ? "On" : "Off"} error={error}
        description={checkout.enabled ? "Shoppers can use their points." : "Previews say that points cannot be used, and nothing can be reserved. Orders under way can still be captured."}
        onChange={(event) => (event.currentTarget.checked ? void turn(true).then((why) => setError(why ?? "")).catch((failed: unknown) => setError(said(failed))) : setAsking(true))}
      />
      <Confirm opened={asking} onClose={() => setAsking(false)} title="Switch Custom Checkout off?" action="Switch off" danger onConfirm={() => turn(false)}>
        <Text size="sm">Shoppers cannot use points from the next request on. What is reserved for orders under way can still be captured.</Text>
      </Confirm>
    </Section>
  );
}
