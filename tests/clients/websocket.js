// graphql-ws: queries and mutations over the WebSocket that subscriptions use.
import { print } from "graphql";
import { createClient } from "graphql-ws";
import { tell } from "./story.js";

function connected(endpoint, bearer) {
  return createClient({
    url: endpoint.replace(/^http/, "ws"),
    connectionParams: { authorization: `Bearer ${bearer}` },
  });
}

function sender(client) {
  return async (document, variables) => {
    for await (const { data, errors } of client.iterate({ query: print(document), variables })) {
      if (errors) throw errors;
      return data;
    }
  };
}

export async function run({ endpoint, token, webhookId }) {
  const [shopper, backend] = [token, webhookId].map((bearer) => connected(endpoint, bearer));
  try {
    return await tell({
      shopper: sender(shopper),
      backend: sender(backend),
      codeOf: (errors) => errors[0].extensions.code,
      id: "websocket",
    });
  } finally {
    await Promise.all([shopper.dispose(), backend.dispose()]);
  }
}
