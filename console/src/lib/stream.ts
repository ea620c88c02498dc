/** A subscription as server-sent events: one request, which ends when nobody listens any more. */
import type { TypedDocumentString } from "../gql/graphql";
import { Failed, failure, HEADERS, OFFLINE, type WireError } from "./api";
import { signedInAgain } from "./session";

const CUT_OFF = "The gateway ended the connection. Try again in a moment.";

interface Told<R> {
  data?: R | null;
  errors?: WireError[];
}

/** Call `tell` with each result until the last one; fails where it is cut off. Stops when `stop` says so. */
export async function follow<R, V>(document: TypedDocumentString<R, V>, variables: V, tell: (data: R) => void, stop: AbortSignal): Promise<void> {
  for (;;) {
    try {
      return await followOnce(document, variables, tell, stop);
    } catch (error) {
      if (!(error instanceof Failed) || error.code !== "UNAUTHENTICATED") throw error;
      await signedInAgain();
      if (stop.aborted) return;
    }
  }
}

async function followOnce<R, V>(document: TypedDocumentString<R, V>, variables: V, tell: (data: R) => void, stop: AbortSignal): Promise<void> {
  const body = JSON.stringify({ query: document.toString(), variables });
  let response: Response;
  try {
    response = await fetch("/graphql", { method: "POST", headers: { ...HEADERS, accept: "text/event-stream" }, body, credentials: "same-origin", signal: stop });
  } catch {
    if (stop.aborted) return;
    throw new Failed(OFFLINE, "OFFLINE");
  }
  if (!response.headers.get("content-type")?.startsWith("text/event-stream") || !response.body) {
    const answer = (await response.json().catch(() => ({}))) as Told<R>;
    throw answer.errors?.[0] ? failure(answer.errors[0]) : new Failed(OFFLINE, "OFFLINE");
  }
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  try {
    for (let rest = ""; ; ) {
      const { done, value } = await reader.read();
      if (done) break;
      const whole = (rest + value).split("\n\n");
      rest = whole.pop() ?? "";
      for (const event of whole) {
        if (event.startsWith("event: complete")) return;
        const text = /^event: next\ndata: (.*)$/m.exec(event)?.[1];
        if (text === undefined) continue;
        const { data, errors } = JSON.parse(text) as Told<R>;
        if (errors?.[0]) throw failure(errors[0]);
        if (data) tell(data);
      }
    }
  } catch (error) {
    if (stop.aborted) return;
    throw error instanceof Failed ? error : new Failed(CUT_OFF, "OFFLINE");
  }
  throw new Failed(CUT_OFF, "OFFLINE");
}
