import { ActionIcon, Button, Group, SegmentedControl, Skeleton, Stack, Text, Tooltip } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { DeliveriesDocument, type WebhookDeliveryState } from "../../gql/graphql";
import { ask } from "../../lib/api";
import { useFormats } from "../../lib/format";
import { useMay } from "../../lib/shell";
import { answered, type Delivery, type Endpoint, isTrial, STATES, stateOf } from "../../lib/webhooks";
import { Fold, Folds } from "../../ui/Fold";
import { IconRefresh, IconSend } from "../../ui/icons";
import { More } from "../../ui/More";
import { Section } from "../../ui/Section";
import { Empty, Trouble } from "../../ui/States";
import { Status } from "../../ui/Status";
import { DeliveryDetail } from "./DeliveryDetail";
import { ReplayFailed } from "./ReplayFailed";

const FILTERS = [{ value: "ALL", label: "All" }, ...Object.entries(STATES).map(([value, { word }]) => ({ value, label: word }))];
const SOON_MILLISECONDS = 20_000;
const LOOK_MILLISECONDS = 1_000;

/** Whether something is about to happen to it: then the page looks again by itself. */
const moving = ({ state, nextAttemptAt }: Delivery) => state === "PENDING" && (nextAttemptAt === null || Date.parse(nextAttemptAt) - Date.now() < SOON_MILLISECONDS);

function useDeliveries(id: string, filter: string) {
  return useInfiniteQuery({
    queryKey: ["deliveries", id, filter],
    queryFn: async ({ pageParam }) => {
      const state = filter === "ALL" ? null : (filter as WebhookDeliveryState);
      const { merchant } = await ask(DeliveriesDocument, { id, state, first: 20, after: pageParam });
      const found = merchant.webhookEndpoint?.deliveries;
      return { nodes: found?.edges.map(({ node }) => node) ?? [], end: found?.pageInfo.hasNextPage ? found.pageInfo.endCursor : null };
    },
    initialPageParam: null as string | null,
    getNextPageParam: ({ end }) => end,
    // All pages are read again at once, so a long list stands still.
    refetchInterval: ({ state: { data } }) => (data && data.pages.length < 3 && data.pages.some(({ nodes }) => nodes.some(moving)) ? LOOK_MILLISECONDS : false),
  });
}

export function DeliveryLog({ endpoint }: { endpoint: Endpoint }) {
  const may = useMay("CONFIGURE");
  const [filter, setFilter] = useState("ALL");
  const [replaying, setReplaying] = useState(false);
  const query = useDeliveries(endpoint.id, filter);
  const deliveries = query.data?.pages.flatMap(({ nodes }) => nodes) ?? [];
  const again = () => void query.refetch();
  return (
    <Section
      title="Deliveries" about="The newest first" flush
      action={
        <Group gap="xs" justify="flex-end">
          {may && <Button size="xs" variant="default" leftSection={<IconSend size={14} aria-hidden />} disabled={!endpoint.enabled} onClick={() => setReplaying(true)}>Send failed again</Button>}
          <Tooltip label="Look again"><ActionIcon variant="default" size={30} aria-label="Look again" onClick={again}><IconRefresh size={16} aria-hidden /></ActionIcon></Tooltip>
        </Group>
      }
    >
      <div className="filter-bar"><SegmentedControl size="xs" data={FILTERS} value={filter} onChange={setFilter} aria-label="Which deliveries" /></div>
      {query.isPending ? (
        <Stack gap="xs" p="md" role="status" aria-label="Loading">{[0, 1, 2].map((row) => <Skeleton key={row} height={44} />)}</Stack>
      ) : query.isError && !query.data ? (
        <div style={{ padding: "1rem" }}><Trouble error={query.error} again={again} /></div>
      ) : deliveries.length === 0 ? (
        <Empty icon={IconSend} title={filter === "ALL" ? "Nothing was sent yet" : "There is none in this state"}>
          {filter !== "ALL" ? "Choose another state to see more." : may ? "Send a test event to try the endpoint." : "What is sent from now on is listed here."}
        </Empty>
      ) : (
        <Folds label="Deliveries">{deliveries.map((delivery) => <Fold key={delivery.id} head={<Head delivery={delivery} />}><DeliveryDetail delivery={delivery} endpoint={endpoint} /></Fold>)}</Folds>
      )}
      <More query={query} label="Show older ones" />
      {replaying && <ReplayFailed endpoint={endpoint} onClose={() => setReplaying(false)} />}
    </Section>
  );
}

function Head({ delivery }: { delivery: Delivery }) {
  const formats = useFormats();
  const { word, tone } = stateOf(delivery);
  const last = delivery.attempts.at(-1);
  const trial = useMemo(() => isTrial(delivery.body), [delivery.body]);
  return (
    <Group gap="xs" justify="space-between">
      <Group gap="sm"><Status tone={tone}>{word}</Status><span className="mono">{delivery.event}</span>{trial && <Status tone="info">Go-live test</Status>}</Group>
      <Text size="xs" c="dimmed">{last ? `${answered(last)} · ` : ""}{formats.exact(delivery.createdAt)}</Text>
    </Group>
  );
}
