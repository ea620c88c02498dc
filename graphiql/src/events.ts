import type { ExecutionResult } from "graphql";

type Results = AsyncIterableIterator<ExecutionResult, undefined>;

/** The results of a subscription, one after another, until it ends or somebody calls `return`. */
export function results(url: string, request: RequestInit): Results {
  const stop = new AbortController();
  const read = events(fetch(url, { ...request, signal: stop.signal }));
  const end = { done: true as const, value: undefined };
  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    async next() {
      try {
        return await read.next();
      } catch (error) {
        if (stop.signal.aborted) return end; // which is no failure: it was stopped by hand
        throw error;
      }
    },
    async return() {
      stop.abort();
      return end;
    },
  };
}

/** What a stream of server-sent events says; an answer that is none, such as a 401, as it is. */
async function* events(asked: Promise<Response>): AsyncGenerator<ExecutionResult, undefined> {
  const response = await asked;
  if (!response.headers.get("content-type")?.startsWith("text/event-stream")) {
    yield await response.json();
    return;
  }
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  for (let rest = ""; ; ) {
    const { done, value } = await reader.read();
    if (done) return;
    const whole = (rest + value).split("\n\n");
    rest = whole.pop()!;
    for (const event of whole) {
      const data = /^event: next\ndata: (.*)$/m.exec(event);
      if (data) yield JSON.parse(data[1]!);
    }
  }
}
