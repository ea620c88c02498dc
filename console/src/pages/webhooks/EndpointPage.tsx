import { Stack } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useParams } from "react-router";
import { EndpointDocument } from "../../gql/graphql";
import { ask } from "../../lib/api";
import { VERIFY } from "../../lib/verify";
import type { Endpoint, Kind } from "../../lib/webhooks";
import { without } from "../../lib/webhooks";
import { NotThere } from "../../ui/NotThere";
import { PageHeader } from "../../ui/PageHeader";
import { Section } from "../../ui/Section";
import { Snippets } from "../../ui/Snippets";
import { Loaded } from "../../ui/States";
import { DeliveryLog } from "./DeliveryLog";
import { EndpointActions, useSwitch } from "./EndpointActions";
import { EndpointFacts } from "./EndpointFacts";
import { EndpointState, EndpointTrouble } from "./EndpointState";

export function EndpointPage() {
  const { id = "" } = useParams();
  const query = useQuery({ queryKey: ["endpoint", id], queryFn: () => ask(EndpointDocument, { id }) });
  return (
    <Loaded query={query}>
      {({ merchant: { webhookEndpoint, webhookEventKinds } }) => (webhookEndpoint === null ? <NotThere /> : <Shown key={id} endpoint={webhookEndpoint} kinds={webhookEventKinds} />)}
    </Loaded>
  );
}

function Shown({ endpoint, kinds }: { endpoint: Endpoint; kinds: readonly Kind[] }) {
  const { may, switchOn } = useSwitch(endpoint);
  return (
    <>
      <PageHeader
        title={endpoint.description || without(endpoint.url)} back={{ to: "/webhooks", label: "Webhooks" }} badge={<EndpointState of={endpoint} />}
        about={may ? undefined : "Your role may look at this endpoint."} actions={may && <EndpointActions endpoint={endpoint} kinds={kinds} />}
      />
      <Stack gap="lg">
        <EndpointTrouble of={endpoint} onSwitchOn={may ? switchOn : undefined} />
        <EndpointFacts endpoint={endpoint} />
        <DeliveryLog endpoint={endpoint} />
        <Section title="Verify what comes" about="By the library of Standard Webhooks, over the raw body. It also refuses what is more than five minutes old."><Snippets snippets={VERIFY} /></Section>
      </Stack>
    </>
  );
}
