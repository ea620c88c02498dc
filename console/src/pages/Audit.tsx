import { Button, Collapse, Group, Skeleton, Stack, Text, ThemeIcon, UnstyledButton } from "@mantine/core";
import { IconChevronDown, IconHistory, IconKey, IconTerminal2, IconUsers } from "../ui/icons";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useId, useState } from "react";
import { AuditLogDocument, type AuditLogQuery } from "../gql/graphql";
import { ask } from "../lib/api";
import { useFormats } from "../lib/format";
import { actionName, fieldName } from "../lib/words";
import { Changes } from "../ui/Changes";
import { PageHeader } from "../ui/PageHeader";
import { Section } from "../ui/Section";
import { Empty, Trouble } from "../ui/States";
import { Status } from "../ui/Status";

type Entry = AuditLogQuery["merchant"]["auditLog"]["edges"][number]["node"];
const ICONS = { STAFF: IconUsers, KEY: IconKey, SYSTEM: IconTerminal2 };
const KINDS = { STAFF: "", KEY: "Key", SYSTEM: "Command line" };

export function Audit() {
  const query = useInfiniteQuery({
    queryKey: ["audit"],
    queryFn: ({ pageParam }) => ask(AuditLogDocument, { first: 25, after: pageParam }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ merchant: { auditLog } }) => (auditLog.pageInfo.hasNextPage ? auditLog.pageInfo.endCursor : undefined),
  });
  const entries = query.data?.pages.flatMap(({ merchant }) => merchant.auditLog.edges.map(({ node }) => node)) ?? [];
  return (
    <>
      <PageHeader title="Audit log" about="Every change of settings, rules, keys, webhooks, order sources and staff, and what was done to customers and their points by hand: who, when, from what to what." />
      {query.isPending ? (
        <Stack gap="sm" role="status" aria-label="Loading">{[0, 1, 2, 3].map((row) => <Skeleton key={row} height={56} radius={12} />)}</Stack>
      ) : query.isError ? (
        <Trouble error={query.error} again={() => void query.refetch()} />
      ) : (
        <Section title="Changes" about="The newest first" flush foot={query.hasNextPage && <Button variant="default" onClick={() => void query.fetchNextPage()} loading={query.isFetchingNextPage}>Show older ones</Button>}>
          {entries.length === 0 ? (
            <Empty icon={IconHistory} title="Nothing was changed yet">Whatever is changed from now on is written down here.</Empty>
          ) : (
            <ol style={{ listStyle: "none", margin: 0, padding: 0 }}>{entries.map((entry, at) => <Row key={entry.id} entry={entry} first={at === 0} />)}</ol>
          )}
        </Section>
      )}
    </>
  );
}

function Row({ entry, first }: { entry: Entry; first: boolean }) {
  const formats = useFormats();
  const [open, setOpen] = useState(false);
  const id = useId();
  const Icon = ICONS[entry.actor.kind];
  const many = entry.changes.length;
  const head = (
    <Group px="lg" py="sm" gap="md" wrap="nowrap">
      <ThemeIcon size={30} radius="xl" variant="light" color="gray" aria-hidden><Icon size={16} stroke={1.7} /></ThemeIcon>
      <div style={{ flex: 1, minWidth: 0 }}>
        <Text size="sm" style={{ overflowWrap: "anywhere" }}><Text span fw={600} inherit>{entry.actor.name}</Text> <Text span c="dimmed" inherit>{actionName(entry.action).replace(/^./, (letter) => letter.toLowerCase())}</Text> <Text span fw={550} inherit>{entry.target}</Text></Text>
        <Group gap="xs">
          <Text size="xs" c="dimmed">{formats.when(entry.at)}</Text>
          {KINDS[entry.actor.kind] && entry.actor.kind === "KEY" && <Status tone="off">Key</Status>}
          {many > 0 && <Text size="xs" c="dimmed">· {many} {many === 1 ? "value" : "values"}</Text>}
        </Group>
      </div>
      {many > 0 && <IconChevronDown size={16} aria-hidden style={{ transform: open ? "rotate(180deg)" : undefined, transition: "transform 120ms" }} />}
    </Group>
  );
  return (
    <li style={{ borderTop: first ? undefined : "1px solid var(--card-border)" }}>
      {many === 0 ? head : <UnstyledButton w="100%" onClick={() => setOpen(!open)} aria-expanded={open} aria-controls={id}>{head}</UnstyledButton>}
      {many > 0 && (
        <Collapse expanded={open} id={id}>
          <div style={{ padding: "0 1.25rem 1rem 4rem" }}><Changes changes={entry.changes.map(({ field, before, after }) => ({ name: fieldName(field), before, after }))} /></div>
        </Collapse>
      )}
    </li>
  );
}
