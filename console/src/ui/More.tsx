import { Button, Center } from "@mantine/core";
import { useInViewport } from "@mantine/hooks";
import type { UseInfiniteQueryResult } from "@tanstack/react-query";
import { useEffect } from "react";

type Query = Pick<UseInfiniteQueryResult, "hasNextPage" | "isFetching" | "isFetchNextPageError" | "fetchNextPage">;

/** The end of a list that has more: it comes when the end is seen, and by a press. */
export function More({ query, label }: { query: Query; label: string }) {
  const { ref, inViewport } = useInViewport();
  const { hasNextPage, isFetching, isFetchNextPageError, fetchNextPage } = query;
  useEffect(() => {
    if (inViewport && hasNextPage && !isFetching && !isFetchNextPageError) void fetchNextPage();
  }, [inViewport, hasNextPage, isFetching, isFetchNextPageError, fetchNextPage]);
  if (!hasNextPage) return null;
  return (
    <Center ref={ref} p="md" className="card-foot">
      <Button variant="default" loading={isFetching} onClick={() => void fetchNextPage()}>{isFetchNextPageError ? "Try again" : label}</Button>
    </Center>
  );
}
