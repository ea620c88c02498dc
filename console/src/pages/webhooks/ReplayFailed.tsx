import { Select, Stack, Text, TextInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { ReplayDeliveriesDocument } from "../../gql/graphql";
import { ask } from "../../lib/api";
import { toInstant, toLocal, useFormats } from "../../lib/format";
import type { Endpoint } from "../../lib/webhooks";
import { Confirm } from "../../ui/Confirm";
import { saved } from "../../ui/toast";

const HOUR = 3_600_000;
const SPANS = [
  { value: String(HOUR), label: "The last hour" },
  { value: String(24 * HOUR), label: "The last day" },
  { value: String(7 * 24 * HOUR), label: "The last 7 days" },
  { value: "own", label: "A time of my own" },
];
/** By one request; what is left comes with the next. */
const MOST = 10_000;

/** Sends again what failed or was cancelled since a time: after an outage of the receiver, say. */
export function ReplayFailed({ endpoint, onClose }: { endpoint: Endpoint; onClose: () => void }) {
  const formats = useFormats();
  const queries = useQueryClient();
  const [span, setSpan] = useState(SPANS[1]!.value);
  const [local, setLocal] = useState(() => toLocal(new Date(Date.now() - 24 * HOUR).toISOString(), formats.zone));

  async function replay(): Promise<string | void> {
    if (span === "own" && !local) return "Enter a time.";
    const since = span === "own" ? toInstant(local, formats.zone) : new Date(Date.now() - Number(span)).toISOString();
    const { replayWebhookDeliveries: done } = await ask(ReplayDeliveriesDocument, { input: { endpointId: endpoint.id, since } });
    if (done.count === null) return done.userErrors[0]?.message;
    if (done.count === 0) return "Nothing has failed or was cancelled since then.";
    await queries.invalidateQueries({ queryKey: ["deliveries", endpoint.id] });
    const many = done.count === 1 ? "1 delivery is" : `${formats.points(done.count)} deliveries are`;
    saved(done.count < MOST ? `${many} sent again.` : `${many} sent again. There may be more: do it once more.`);
  }

  return (
    <Confirm opened onClose={onClose} title="Send failed deliveries again" action="Send again" onConfirm={replay}>
      <Stack gap="md">
        <Text size="sm">Everything that failed or was cancelled since then is sent once more, under the same message ids: a receiver that knows an id already can drop it.</Text>
        <Select label="Since" data={SPANS} value={span} allowDeselect={false} onChange={(value) => setSpan(value!)} />
        {span === "own" && <TextInput type="datetime-local" label={`From (${formats.zone})`} value={local} onChange={(event) => setLocal(event.currentTarget.value)} />}
      </Stack>
    </Confirm>
  );
}
