// Runs every client against one gateway, in one process; writes what each was told as JSON.
// Its argument: { endpoint, webhookId, tokens: { <client>: <customer token> } }
import * as apollo from "./apollo.js";
import * as persisted from "./persisted.js";
import * as plain from "./plain.js";
import * as relay from "./relay/client.js";
import * as request from "./request.js";
import * as urql from "./urql.js";
import * as websocket from "./websocket.js";

const CLIENTS = { apollo, persisted, urql, relay, request, websocket, plain };

const { endpoint, webhookId, tokens } = JSON.parse(process.argv[2]);

const told = await Promise.all(
  Object.entries(tokens).map(async ([name, token]) => [
    name,
    await CLIENTS[name].run({ endpoint, webhookId, token }).catch((error) => ({
      failure: error.stack ?? JSON.stringify(error),
    })),
  ]),
);

// `__typename` is what the clients ask for themselves, and nobody else's business.
const shown = (key, value) => (key === "__typename" ? undefined : value);
process.stdout.write(JSON.stringify(Object.fromEntries(told), shown));
