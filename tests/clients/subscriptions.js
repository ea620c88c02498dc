// Subscriptions by graphql-ws and graphql-sse: the balances, and again after an apply.
// Its argument: { endpoint, tokens: { ws, sse } }
import { print } from "graphql";
import { createClient as createSse } from "graphql-sse";
import { createClient as createWs } from "graphql-ws";
import { APPLY } from "./story.js";

const { endpoint, tokens } = JSON.parse(process.argv[2]);
const QUERY = "subscription { pointsChanged { points { available held } } }";

function byWebSocket(token) {
  return createWs({
    url: endpoint.replace(/^http/, "ws"),
    connectionParams: { authorization: `Bearer ${token}` },
  });
}

function byEvents(token) {
  return createSse({ url: endpoint, headers: { authorization: `Bearer ${token}` } });
}

async function apply(token, id) {
  const cart = { id, total: { amount: "500.00", currencyCode: "INR" } };
  const response = await fetch(endpoint, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
    body: JSON.stringify({ query: print(APPLY), variables: { cart, key: id } }),
  });
  await response.json();
}

/** The state at once, and the next one, which an apply brings about. */
async function follow(client, token, id) {
  const states = [];
  for await (const { data, errors } of client.iterate({ query: QUERY })) {
    if (errors) throw new Error(JSON.stringify(errors));
    states.push(data.pointsChanged.points);
    if (states.length === 2) break;
    await apply(token, id);
  }
  await client.dispose();
  return states;
}

const told = {
  ws: await follow(byWebSocket(tokens.ws), tokens.ws, "followed-by-ws"),
  sse: await follow(byEvents(tokens.sse), tokens.sse, "followed-by-sse"),
};
process.stdout.write(JSON.stringify(told));
