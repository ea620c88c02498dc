import { Alert, Button, Group, Skeleton, Stack, Text } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { DiscardInboxDocument, InboxBodyDocument, ReplayInboxDocument } from "../../gql/graphql";
import { ask } from "../../lib/api";
import { adviceFor, reason } from "../../lib/deadletters";
import { said } from "../../lib/errors";
import { useFormats } from "../../lib/format";
import { useMay } from "../../lib/shell";
import { type Item, PLATFORMS } from "../../lib/sources";
import { Confirm } from "../../ui/Confirm";
import { Facts } from "../../ui/Facts";
import { IconRefresh, IconTrash } from "../../ui/icons";
import { Json } from "../../ui/Json";
import { saved } from "../../ui/toast";

/** Everything about one delivery of a shop; its body is read when it is opened. */
export function InboxDetail({ item }: { item: Item }) {
  const formats = useFormats();
  const body = useQuery({ queryKey: ["inbox-body", item.id], queryFn: () => ask(InboxBodyDocument, { id: item.id }), staleTime: Infinity });
  const text = body.data?.merchant.inboxItem?.body;
  const { lastError: why, source } = item;
  return (
    <Stack gap="lg">
      {item.state === "DEAD" && <Alert className="tone-bad" title={reason(why ?? "It was given up.")}>{adviceFor(why ?? "")}</Alert>}
      {item.state !== "DEAD" && why && <Alert className="tone-off">{reason(why)}</Alert>}
      <Facts
        facts={[
          ["Source", source ? `${source.name} (${PLATFORMS[source.kind].name})` : "Deleted since"],
          ["Delivery id", <span key="id" className="mono">{item.deliveryId}</span>],
          ["Came", formats.exact(item.receivedAt)],
          ["Tries", String(item.attempts)],
          ["Next try", item.nextAttemptAt && formats.when(item.nextAttemptAt)],
        ]}
      />
      <Care item={item} erased={text === ""} />
      <div>
        <Text size="sm" fw={600} mb="xs">Body, as it came</Text>
        {body.isError ? <Alert color="red" role="alert">{said(body.error)}</Alert> : text === undefined ? <Skeleton height={120} /> : text === "" ? <Text size="sm" c="dimmed">It is erased, together with the customer's data.</Text> : <Json text={text} label="Body, as it came" />}
      </div>
      {item.headers.length > 0 && (
        <div>
          <Text size="sm" fw={600} mb="xs">Headers</Text>
          <Facts facts={item.headers.map(({ name, value }) => [name, <span key={name} className="mono">{value}</span>])} />
        </div>
      )}
    </Stack>
  );
}

/** What can be done with it. */
function Care({ item, erased }: { item: Item; erased: boolean }) {
  const may = useMay("CONFIGURE");
  const queries = useQueryClient();
  const [discarding, setDiscarding] = useState(false);
  const [error, setError] = useState("");
  const [busy, setBusy] = useState(false);

  async function settle(done: { count: number | null; userErrors: { message: string }[] }, told: string): Promise<string | void> {
    if (done.userErrors[0]) return done.userErrors[0].message;
    await queries.invalidateQueries();
    if (!done.count) return "Somebody else has seen to it meanwhile.";
    saved(told);
  }

  async function replay() {
    setBusy(true);
    try {
      const { replayInbox } = await ask(ReplayInboxDocument, { input: { ids: [item.id] } });
      setError((await settle(replayInbox, "It is carried out again.")) ?? "");
    } catch (failed) {
      setError(said(failed));
    } finally {
      setBusy(false);
    }
  }

  const discard = async () => settle((await ask(DiscardInboxDocument, { input: { ids: [item.id] } })).discardInbox, "It is discarded.");
  if (!may) return null;
  const open = item.state === "DEAD" || item.state === "WAITING";
  return (
    <div>
      <Group gap="xs">
        {item.state !== "WAITING" && <Button size="xs" variant={item.state === "DEAD" ? "filled" : "default"} leftSection={<IconRefresh size={14} aria-hidden />} loading={busy} disabled={erased} onClick={() => void replay()}>Replay</Button>}
        {open && <Button size="xs" variant="default" leftSection={<IconTrash size={14} aria-hidden />} onClick={() => setDiscarding(true)}>Discard</Button>}
      </Group>
      {error && <Alert color="red" role="alert" mt="sm">{error}</Alert>}
      <Confirm opened={discarding} onClose={() => setDiscarding(false)} title="Discard this delivery?" action="Discard" danger onConfirm={discard}>
        <Text size="sm">The gateway lets it be: nothing is captured, earned or taken back because of it. It can still be replayed until it is forgotten.</Text>
      </Confirm>
    </div>
  );
}
