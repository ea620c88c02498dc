// Apollo Client 4, with its normalised cache.
import { ApolloClient, HttpLink, InMemoryCache } from "@apollo/client";
import { tell, WALLET } from "./story.js";

function made(uri, bearer, before) {
  const http = new HttpLink({ uri, headers: { authorization: `Bearer ${bearer}` } });
  const link = before ? before().concat(http) : http;
  return new ApolloClient({ link, cache: new InMemoryCache() });
}

function sender(apollo) {
  return async (document, variables) => {
    const query = document.definitions[0].operation === "query";
    const { data } = query
      ? await apollo.query({ query: document, variables })
      : await apollo.mutate({ mutation: document, variables });
    return data;
  };
}

/** `before` makes a link that stands before the one that sends. */
export async function run({ endpoint, token, webhookId, before, id = "apollo" }) {
  const shopper = made(endpoint, token, before);
  await shopper.query({ query: WALLET });
  const told = await tell({
    shopper: sender(shopper),
    backend: sender(made(endpoint, webhookId, before)),
    codeOf: (error) => error.errors[0].extensions.code,
    id,
  });
  // The answer of the apply has changed the customer whom the query had put into the cache.
  return { ...told, cached: shopper.readQuery({ query: WALLET }).me.points };
}
