import { Alert, Button, Group, Stack, Text } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { ReplayDeliveryDocument } from "../../gql/graphql";
import { ask } from "../../lib/api";
import { said } from "../../lib/errors";
import { useFormats } from "../../lib/format";
import { useMay } from "../../lib/shell";
import { answered, type Delivery, type Endpoint, took } from "../../lib/webhooks";
import { CopyIcon } from "../../ui/Copy";
import { Facts } from "../../ui/Facts";
import { IconRefresh } from "../../ui/icons";
import { Json } from "../../ui/Json";
import { Status, type Tone } from "../../ui/Status";
import { saved } from "../../ui/toast";

/** Below this a status of HTTP says that the message was taken; and from where on. */
const TAKEN = { from: 200, before: 300 };
const toneOf = (status: number | null): Tone => (status !== null && status >= TAKEN.from && status < TAKEN.before ? "good" : "bad");

/** Everything about one delivery: what came of each attempt, and what was sent. */
export function DeliveryDetail({ delivery, endpoint }: { delivery: Delivery; endpoint: Endpoint }) {
  const formats = useFormats();
  const { state, attempts, attemptCount, nextAttemptAt } = delivery;
  return (
    <Stack gap="lg">
      <Group justify="space-between" align="flex-start" gap="md">
        <div style={{ flex: 1, minWidth: "min(100%, 18rem)" }}>
          <Facts
            facts={[
              ["Message id", <Group key="id" gap={4} wrap="nowrap"><span className="mono">{delivery.messageId}</span><CopyIcon value={delivery.messageId} what="the message id" /></Group>],
              ["Happened", formats.exact(delivery.createdAt)],
              ["Attempts", attemptCount === attempts.length ? String(attemptCount) : `${attemptCount} since it was last begun`],
              ["Next attempt", state === "PENDING" && nextAttemptAt !== null ? formats.when(nextAttemptAt) : null],
              ["Ended", delivery.finishedAt && formats.exact(delivery.finishedAt)],
            ]}
          />
        </div>
        <Again delivery={delivery} endpoint={endpoint} />
      </Group>
      <Attempts attempts={attempts} />
      <div>
        <Text size="sm" fw={600} mb="xs">Payload</Text>
        <Json text={delivery.body} label="What is sent" />
      </div>
    </Stack>
  );
}

function Again({ delivery, endpoint }: { delivery: Delivery; endpoint: Endpoint }) {
  const may = useMay("CONFIGURE");
  const queries = useQueryClient();
  const again = useMutation({
    mutationFn: async () => {
      const { replayWebhookDelivery: done } = await ask(ReplayDeliveryDocument, { input: { id: delivery.id } });
      if (done.userErrors[0]) throw new Error(done.userErrors[0].message);
      await queries.invalidateQueries({ queryKey: ["deliveries", endpoint.id] });
      saved("It is sent again.");
    },
  });
  if (!may) return null;
  return (
    <Stack gap="xs" align="flex-end">
      <Button size="xs" variant="default" leftSection={<IconRefresh size={14} aria-hidden />} loading={again.isPending} disabled={delivery.state === "PENDING" || !endpoint.enabled} onClick={() => again.mutate()}>Send again</Button>
      {!endpoint.enabled && <Text size="xs" c="dimmed">Switch the endpoint on first.</Text>}
      {again.isError && <Alert color="red" role="alert">{said(again.error)}</Alert>}
    </Stack>
  );
}

function Attempts({ attempts }: { attempts: Delivery["attempts"] }) {
  const formats = useFormats();
  if (attempts.length === 0) return <Text size="sm" c="dimmed">It was not tried yet.</Text>;
  return (
    <div>
      <Text size="sm" fw={600} mb="xs">Attempts</Text>
      <ol className="attempts" aria-label="Attempts">
        {[...attempts].reverse().map((attempt) => (
          <li key={attempt.at}>
            <Group gap="sm" justify="space-between">
              <Status tone={toneOf(attempt.status)}>{answered(attempt)}</Status>
              <Text size="xs" c="dimmed">{formats.exact(attempt.at)} · {took(attempt.milliseconds)}</Text>
            </Group>
            {attempt.answer && <pre className="answer" aria-label="What was answered">{attempt.answer}</pre>}
          </li>
        ))}
      </ol>
    </div>
  );
}
