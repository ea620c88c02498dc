// urql, with its document cache.
import { cacheExchange, Client, fetchExchange } from "@urql/core";
import { tell } from "./story.js";

function sender(url, bearer) {
  const client = new Client({
    url,
    exchanges: [cacheExchange, fetchExchange],
    preferGetMethod: false,
    fetchOptions: { headers: { authorization: `Bearer ${bearer}` } },
  });
  return async (document, variables) => {
    const query = document.definitions[0].operation === "query";
    const result = await client[query ? "query" : "mutation"](document, variables).toPromise();
    if (result.error) throw result.error;
    return result.data;
  };
}

export function run({ endpoint, token, webhookId }) {
  return tell({
    shopper: sender(endpoint, token),
    backend: sender(endpoint, webhookId),
    codeOf: (error) => error.graphQLErrors[0].extensions.code,
    id: "urql",
  });
}
