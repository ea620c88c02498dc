import { Button, Text } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useNavigate } from "react-router";
import { CreateEndpointDocument, WebhooksDocument } from "../../gql/graphql";
import { ask } from "../../lib/api";
import { useMay } from "../../lib/shell";
import { VERIFY } from "../../lib/verify";
import { IconPlus } from "../../ui/icons";
import { PageHeader } from "../../ui/PageHeader";
import { SecretOnce } from "../../ui/SecretOnce";
import { Snippets } from "../../ui/Snippets";
import { Loaded } from "../../ui/States";
import { type EndpointDraft, EndpointForm } from "./EndpointForm";
import { EndpointList } from "./EndpointList";

export function Webhooks() {
  const query = useQuery({ queryKey: ["webhooks"], queryFn: () => ask(WebhooksDocument) });
  const queries = useQueryClient();
  const navigate = useNavigate();
  const may = useMay("CONFIGURE");
  const [making, setMaking] = useState(false);
  const [made, setMade] = useState<{ id: string; secret: string } | null>(null);

  async function create(draft: EndpointDraft) {
    const { createWebhookEndpoint: done } = await ask(CreateEndpointDocument, { input: draft });
    if (done.endpoint !== null && done.secret !== null) {
      setMaking(false);
      setMade({ id: done.endpoint.id, secret: done.secret });
      await queries.invalidateQueries();
    }
    return done.userErrors;
  }

  const add = may && <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setMaking(true)}>Add endpoint</Button>;
  return (
    <>
      <PageHeader title="Webhooks" about={`Your systems are told what happens to points: a signed POST for each event, sent again until it is taken.${may ? "" : " Your role may look at them."}`} actions={query.data?.merchant.webhookEndpoints.length ? add : undefined} />
      <Loaded query={query} rows={1}>{({ merchant }) => <EndpointList endpoints={merchant.webhookEndpoints} action={add} />}</Loaded>
      {making && <EndpointForm title="Add an endpoint" action="Add endpoint" kinds={query.data?.merchant.webhookEventKinds ?? []} onClose={() => setMaking(false)} onSubmit={create} />}
      <SecretOnce
        title="Your signing secret" label="Signing secret" value={made?.secret ?? null} onClose={() => void navigate(`/webhooks/${encodeURIComponent(made!.id)}`)}
        about="Copy it now: it is not shown again. If it is lost, rotate it on the endpoint's page."
      >
        <Text size="sm" fw={600}>Verify each message with it</Text>
        <Snippets snippets={VERIFY} />
      </SecretOnce>
    </>
  );
}
