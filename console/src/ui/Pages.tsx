import { Skeleton, Stack } from "@mantine/core";
import type { InfiniteData, UseInfiniteQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Trouble } from "./States";

/** What is shown of a list that comes page by page: while it comes, when it does not come, and when it is there. */
export function Pages<T>({ query, children }: { query: UseInfiniteQueryResult<InfiniteData<T>>; children: (pages: T[]) => ReactNode }) {
  if (query.data !== undefined) return children(query.data.pages);
  if (query.isError) return <div style={{ padding: "1.25rem" }}><Trouble error={query.error} again={() => void query.refetch()} /></div>;
  return (
    <Stack gap="sm" p="lg" role="status" aria-label="Loading">{[0, 1, 2, 3].map((row) => <Skeleton key={row} height={36} radius={8} />)}</Stack>
  );
}
