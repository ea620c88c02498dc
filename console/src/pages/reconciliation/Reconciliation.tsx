import { ActionIcon, Group, SegmentedControl, Skeleton, Stack, Tooltip } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { ReconciliationDocument } from "../../gql/graphql";
import { ask } from "../../lib/api";
import { ENDED, TO_MEND } from "../../lib/findings";
import { Folds } from "../../ui/Fold";
import { IconCheck, IconRefresh } from "../../ui/icons";
import { More } from "../../ui/More";
import { PageHeader } from "../../ui/PageHeader";
import { Section } from "../../ui/Section";
import { Empty, Trouble } from "../../ui/States";
import { FindingRow } from "./FindingRow";

const DAY = 86_400_000;
const SPANS = [{ value: "7", label: "Last 7 days" }, { value: "30", label: "Last 30 days" }];
const KINDS = [{ value: "open", label: "To mend" }, { value: "ended", label: "Holds that ended unpaid" }];

function useFindings(days: number, kinds: string) {
  return useInfiniteQuery({
    queryKey: ["reconciliation", days, kinds],
    queryFn: async ({ pageParam }) => {
      // All pages of one look are of the same stretch of time.
      const since = pageParam?.since ?? new Date(Date.now() - days * DAY).toISOString();
      let after = pageParam?.after ?? null;
      for (;;) {
        const { reconciliation } = await ask(ReconciliationDocument, { since, after, kinds: kinds === "open" ? TO_MEND : ENDED });
        const { hasNextPage, endCursor } = reconciliation.pageInfo;
        const nodes = reconciliation.edges.map(({ node }) => node);
        // A page looks at a bounded number of rows: an empty one says nothing about the next.
        if (nodes.length > 0 || !hasNextPage) return { nodes, next: hasNextPage ? { since, after: endCursor } : null };
        after = endCursor;
      }
    },
    initialPageParam: null as { since: string; after: string | null } | null,
    getNextPageParam: ({ next }) => next,
  });
}

export function Reconciliation() {
  const [days, setDays] = useState("7");
  const [kinds, setKinds] = useState("open");
  const query = useFindings(Number(days), kinds);
  const found = query.data?.pages.flatMap(({ nodes }) => nodes) ?? [];
  const again = () => void query.refetch();
  return (
    <>
      <PageHeader title="Reconciliation" about="Where redemptions, holds and orders do not agree, and what would mend each. Looking changes nothing." />
      <Section
        title="Findings" about={kinds === "open" ? "Each with its repair" : "Mostly carts that were left: only worth knowing"} flush
        action={<Tooltip label="Look again"><ActionIcon variant="default" size={30} aria-label="Look again" loading={query.isRefetching} onClick={again}><IconRefresh size={16} aria-hidden /></ActionIcon></Tooltip>}
      >
        <div className="filter-bar">
          <Group gap="sm">
            <SegmentedControl size="xs" data={KINDS} value={kinds} onChange={setKinds} aria-label="What to look for" />
            <SegmentedControl size="xs" data={SPANS} value={days} onChange={setDays} aria-label="Since when" />
          </Group>
        </div>
        {query.isPending ? (
          <Stack gap="xs" p="md" role="status" aria-label="Loading">{[0, 1, 2].map((row) => <Skeleton key={row} height={52} />)}</Stack>
        ) : query.isError && !query.data ? (
          <div style={{ padding: "1rem" }}><Trouble error={query.error} again={again} /></div>
        ) : found.length === 0 ? (
          <Empty icon={IconCheck} title={kinds === "open" ? "Everything agrees" : "No hold ended unpaid"}>
            {kinds === "open" ? `Every redemption of the last ${days} days has its order, and every order its points.` : `Every hold of the last ${days} days was captured, released or is still open.`}
          </Empty>
        ) : (
          <Folds label="Findings">{found.map((finding) => <FindingRow key={finding.id} finding={finding} />)}</Folds>
        )}
        <More query={query} label="Look further" />
      </Section>
    </>
  );
}
