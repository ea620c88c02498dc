import { Button } from "@mantine/core";
import type { UseInfiniteQueryResult } from "@tanstack/react-query";
import { useEffect, useRef } from "react";

/** Loads what comes next as soon as one has come down here; the button is for keyboards, and for a second try. */
export function More({ query, children }: { query: UseInfiniteQueryResult; children: string }) {
  const { hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage } = query;
  const here = useRef<HTMLButtonElement>(null);
  const ready = hasNextPage && !isFetchingNextPage && !isFetchNextPageError;

  useEffect(() => {
    if (!ready || here.current === null) return;
    const watching = new IntersectionObserver((seen) => seen.some((each) => each.isIntersecting) && void fetchNextPage(), { rootMargin: "200px" });
    watching.observe(here.current);
    return () => watching.disconnect();
  }, [ready, fetchNextPage]);

  if (!hasNextPage) return null;
  return (
    <Button ref={here} variant="default" onClick={() => void fetchNextPage()} loading={isFetchingNextPage}>
      {isFetchNextPageError ? "That did not work. Try again" : children}
    </Button>
  );
}
