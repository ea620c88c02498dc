import { ActionIcon, Button, Group, SegmentedControl, Skeleton, Stack, Text, Tooltip } from "@mantine/core";
import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useSearchParams } from "react-router";
import { InboxDocument, type InboxState } from "../../gql/graphql";
import { ask } from "../../lib/api";
import { reason } from "../../lib/deadletters";
import { useFormats } from "../../lib/format";
import { useMay } from "../../lib/shell";
import { INBOX, type Item, type Source } from "../../lib/sources";
import { Fold, Folds } from "../../ui/Fold";
import { IconInbox, IconRefresh } from "../../ui/icons";
import { More } from "../../ui/More";
import { Section } from "../../ui/Section";
import { Empty, Trouble } from "../../ui/States";
import { Status } from "../../ui/Status";
import { InboxDetail } from "./InboxDetail";
import { ReplayDead } from "./ReplayDead";

const FILTERS = [{ value: "ALL", label: "All" }, ...Object.entries(INBOX).map(([value, { word }]) => ({ value, label: word }))];
const SOON_MILLISECONDS = 20_000;
const LOOK_MILLISECONDS = 1_000;
const moving = ({ state, nextAttemptAt }: Item) => state === "WAITING" && (nextAttemptAt === null || Date.parse(nextAttemptAt) - Date.now() < SOON_MILLISECONDS);

function useInbox(filter: string) {
  return useInfiniteQuery({
    queryKey: ["inbox", filter],
    queryFn: async ({ pageParam }) => {
      const state = filter === "ALL" ? null : (filter as InboxState);
      const { merchant: { inbox } } = await ask(InboxDocument, { state, first: 20, after: pageParam });
      return { nodes: inbox.edges.map(({ node }) => node), end: inbox.pageInfo.hasNextPage ? inbox.pageInfo.endCursor : null };
    },
    initialPageParam: null as string | null,
    getNextPageParam: ({ end }) => end,
    refetchInterval: ({ state: { data } }) => (data && data.pages.length < 3 && data.pages.some(({ nodes }) => nodes.some(moving)) ? LOOK_MILLISECONDS : false),
  });
}

/** What shops have sent, and what became of it. */
export function Inbox({ sources }: { sources: Source[] }) {
  const may = useMay("CONFIGURE");
  const queries = useQueryClient();
  const [parameters, setParameters] = useSearchParams();
  const wanted = parameters.get("state") ?? "ALL";
  const filter = FILTERS.some(({ value }) => value === wanted) ? wanted : "ALL";
  const [replaying, setReplaying] = useState(false);
  const query = useInbox(filter);
  const items = query.data?.pages.flatMap(({ nodes }) => nodes) ?? [];
  // The count of what was given up is read anew as well.
  const again = () => void Promise.all([query.refetch(), queries.invalidateQueries({ queryKey: ["order-sources"] })]);
  return (
    <Section
      title="Inbox" about="What shops have sent, the newest first" flush
      action={
        <Group gap="xs" justify="flex-end">
          {may && filter === "DEAD" && items.length > 0 && <Button size="xs" variant="default" leftSection={<IconRefresh size={14} aria-hidden />} onClick={() => setReplaying(true)}>Replay all of a source</Button>}
          <Tooltip label="Look again"><ActionIcon variant="default" size={30} aria-label="Look again" onClick={again}><IconRefresh size={16} aria-hidden /></ActionIcon></Tooltip>
        </Group>
      }
    >
      <div className="filter-bar"><SegmentedControl size="xs" data={FILTERS} value={filter} onChange={(state) => setParameters(state === "ALL" ? { tab: "inbox" } : { tab: "inbox", state }, { replace: true })} aria-label="Which deliveries" /></div>
      {query.isPending ? (
        <Stack gap="xs" p="md" role="status" aria-label="Loading">{[0, 1, 2].map((row) => <Skeleton key={row} height={44} />)}</Stack>
      ) : query.isError && !query.data ? (
        <div style={{ padding: "1rem" }}><Trouble error={query.error} again={again} /></div>
      ) : items.length === 0 ? (
        <Empty icon={IconInbox} title={filter === "DEAD" ? "Nothing was given up" : filter === "ALL" ? "Nothing has come yet" : "There is none in this state"}>
          {filter === "DEAD" ? "Every delivery was carried out, waits for its next try, or had nothing to say." : "What your shops send is listed here as it came, with what became of it."}
        </Empty>
      ) : (
        <Folds label="Deliveries">{items.map((item) => <Fold key={item.id} head={<Head item={item} />}><InboxDetail item={item} /></Fold>)}</Folds>
      )}
      <More query={query} label="Show older ones" />
      {replaying && <ReplayDead sources={sources} onClose={() => setReplaying(false)} />}
    </Section>
  );
}

function Head({ item }: { item: Item }) {
  const formats = useFormats();
  const { word, tone } = INBOX[item.state];
  return (
    <Stack gap={2}>
      <Group gap="xs" justify="space-between">
        <Group gap="sm">
          <Status tone={tone}>{word}</Status>
          <Text size="sm" fw={550}>{item.orderId === null ? "No order read" : `Order ${item.orderId}`}</Text>
          {item.topic && <span className="mono">{item.topic}</span>}
        </Group>
        <Text size="xs" c="dimmed">{item.source?.name ?? "A deleted source"} · {formats.exact(item.receivedAt)}</Text>
      </Group>
      {item.lastError && <Text size="xs" c="dimmed" lineClamp={2}>{reason(item.lastError)}</Text>}
    </Stack>
  );
}
