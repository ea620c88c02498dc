/** The two ways to ask the gateway: GraphQL, and the small door through which one signs in. */
import type { TypedDocumentString } from "../gql/graphql";
import { signedInAgain } from "./session";

export const HEADERS = { "content-type": "application/json", "x-loyalty-console": "1" };
export const OFFLINE = "The gateway does not answer. Check the connection and try again.";

/** A request that came to nothing; what to tell is its message. */
export class Failed extends Error {
  constructor(
    message: string,
    readonly code: string,
    readonly field: string[] = [],
  ) {
    super(message);
  }
}

export interface UserError {
  code: string;
  field: string[] | null;
  message: string;
}

export interface WireError {
  message: string;
  extensions?: { code?: string; field?: string[]; requestId?: string };
}

async function send(path: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(path, { ...init, credentials: "same-origin" });
  } catch {
    throw new Failed(OFFLINE, "OFFLINE");
  }
}

export function failure(error: WireError): Failed {
  const { code = "UNKNOWN", field, requestId } = error.extensions ?? {};
  const hint = requestId ? ` (request ${requestId})` : "";
  return new Failed(error.message + hint, code, field);
}

/** Run a document once. */
export async function askOnce<R, V>(document: TypedDocumentString<R, V>, variables?: V): Promise<R> {
  const response = await send("/graphql", {
    method: "POST",
    headers: { ...HEADERS, accept: "application/graphql-response+json, application/json;q=0.9" },
    body: JSON.stringify({ query: document.toString(), variables }),
  });
  const answer = (await response.json().catch(() => ({}))) as { data?: R; errors?: WireError[] };
  if (answer.errors?.[0]) throw failure(answer.errors[0]);
  if (answer.data === undefined || answer.data === null) throw new Failed(OFFLINE, "OFFLINE");
  return answer.data;
}

/** Run a document; where the session has ended meanwhile, after a new sign-in. */
export async function ask<R, V>(document: TypedDocumentString<R, V>, variables?: V): Promise<R> {
  for (;;) {
    try {
      return await askOnce(document, variables);
    } catch (error) {
      if (!(error instanceof Failed) || error.code !== "UNAUTHENTICATED") throw error;
      await signedInAgain();
    }
  }
}

/** Ask the door: `session` or `invitation`. */
export async function door<T>(name: string, body?: unknown, method = "POST"): Promise<T> {
  const text = body === undefined ? undefined : JSON.stringify(body);
  const response = await send(`/console/door/${name}`, { method, headers: HEADERS, body: text });
  if (response.status === 204) return undefined as T;
  const answer = (await response.json().catch(() => ({}))) as T & { errors?: WireError[] };
  if (answer.errors?.[0]) throw failure(answer.errors[0]);
  if (!response.ok) throw new Failed(OFFLINE, "OFFLINE");
  return answer;
}

/** What refused an input, by the first name of its path; the rest under "". */
export function byField(errors: readonly UserError[], below = ""): Record<string, string> {
  const found: Record<string, string> = {};
  for (const { field, message } of errors) {
    const path = below && field?.[0] === below ? field.slice(1) : (field ?? []);
    found[path[0] ?? ""] ??= message;
  }
  return found;
}
