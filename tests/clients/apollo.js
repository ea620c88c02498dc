// Apollo Client 4, with its normalised cache.
import { ApolloClient, HttpLink, InMemoryCache } from "@apollo/client";
import { tell, WALLET } from "./story.js";

function made(uri, bearer) {
  const link = new HttpLink({ uri, headers: { authorization: `Bearer ${bearer}` } });
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

export async function run({ endpoint, token, webhookId }) {
  const shopper = made(endpoint, token);
  await shopper.query({ query: WALLET });
  const told = await tell({
    shopper: sender(shopper),
    backend: sender(made(endpoint, webhookId)),
    codeOf: (error) => error.errors[0].extensions.code,
    id: "apollo",
  });
  // The answer of the apply has changed the customer whom the query had put into the cache.
  return { ...told, cached: shopper.readQuery({ query: WALLET }).me.points };
}
