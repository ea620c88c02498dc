import { explorerPlugin } from "@graphiql/plugin-explorer";
import "@graphiql/plugin-explorer/style.css";
import { HISTORY_PLUGIN } from "@graphiql/plugin-history";
import type { Fetcher } from "@graphiql/toolkit";
import { GraphiQL } from "graphiql";
import "graphiql/setup-workers/vite";
import "graphiql/style.css";
import { createRoot } from "react-dom/client";
import { results } from "./events";
import { type Keys, LAST_APPLIED, type Tab, story } from "./story";
import "./style.css";

const TABS = "graphiql:tabState";
const RUN = "loyalty:run";
const APPLIED = "loyalty:applied";

/** The keys that a demo writes into the page; any other gateway writes none. */
function demoKeys(): Keys | undefined {
  const text = document.getElementById("demo-keys")?.textContent;
  return text ? (JSON.parse(text) as Keys) : undefined;
}

/** Forget the tabs of an earlier demo: its tokens have lapsed. Edits of this one are kept. */
function forgetEarlierRun(keys: Keys): void {
  if (localStorage.getItem(RUN) !== keys.customer) {
    for (const name of [TABS, "graphiql:query", "graphiql:variables", "graphiql:headers", APPLIED]) {
      localStorage.removeItem(name);
    }
    localStorage.setItem(RUN, keys.customer);
  }
}

/** The tab to open with: the one that was in view before a reload, else the story's first. */
function openingTab(tabs: Tab[]): Partial<Record<keyof Tab, string | null>> {
  const stored = localStorage.getItem(TABS);
  if (stored === null) return tabs[0]!;
  const state = JSON.parse(stored);
  return state.tabs[state.activeTabIndex] ?? {};
}

/** The variables to send: the redemption applied last is put where they ask for it. */
function filledIn(variables?: Record<string, unknown>): Record<string, unknown> | undefined {
  const applied = localStorage.getItem(APPLIED);
  return variables?.id === LAST_APPLIED && applied ? { ...variables, id: applied } : variables;
}

/** Keep the id of a redemption that was applied, for the tabs after Apply. */
function keepApplied(answer: { data?: { applyRedemption?: { redemption?: { id?: string } } } }) {
  const id = answer.data?.applyRedemption?.redemption?.id;
  if (id) localStorage.setItem(APPLIED, id);
}

/** Whether what is run is a subscription: the operation of that name, else the text's first. */
function follows(query: string, named: string | null): boolean {
  const operation = named ? `[^#]*\\bsubscription\\s+${named}\\b` : "\\s*subscription\\b";
  return new RegExp(`^${operation}`, "m").test(query);
}

const fetcher: Fetcher = async ({ query, variables, operationName }, options) => {
  // For a moment after a change of text or tab, GraphiQL still names the operation that was there.
  const defined = new RegExp(`^[^#]*\\b(query|mutation|subscription)\\s+${operationName}\\b`, "m");
  const named = operationName && defined.test(query) ? operationName : null;
  const following = follows(query, named);
  const answers = "application/graphql-response+json, application/json;q=0.9";
  const request = {
    method: "POST",
    headers: {
      accept: following ? `text/event-stream, ${answers}` : answers,
      "content-type": "application/json",
      ...options?.headers,
    },
    body: JSON.stringify({ query, variables: filledIn(variables), operationName: named }),
  };
  if (following) return results(window.location.pathname, request);
  const response = await fetch(window.location.pathname, request);
  const answer = await response.json();
  keepApplied(answer);
  return answer;
};

const keys = demoKeys();
if (keys) forgetEarlierRun(keys);
const tabs = story(keys);
// Unless it is told what is in view, GraphiQL shows of a first tab its query alone, and after a
// reload makes a tab of what it finds in no other.
const opening = openingTab(tabs);
const plugins = [HISTORY_PLUGIN, explorerPlugin({ showAttribution: false })];

createRoot(document.getElementById("graphiql")!).render(
  <GraphiQL
    fetcher={fetcher}
    plugins={plugins}
    defaultTabs={tabs}
    initialQuery={opening.query ?? ""}
    initialVariables={opening.variables ?? ""}
    initialHeaders={opening.headers ?? ""}
    defaultEditorToolsVisibility="variables"
    // Real keys are not left behind in the browser; those of a demo are no secrets.
    shouldPersistHeaders={keys !== undefined}
    showPersistHeadersSettings={false}
    schemaDescription
    inputValueDeprecation
  >
    <GraphiQL.Logo>Loyalty Gateway</GraphiQL.Logo>
  </GraphiQL>,
);
