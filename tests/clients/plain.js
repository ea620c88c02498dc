// No library: fetch, as a page without a build step uses it.
import { print } from "graphql";
import { tell } from "./story.js";

function sender(endpoint, bearer) {
  return async (document, variables) => {
    const response = await fetch(endpoint, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${bearer}` },
      body: JSON.stringify({ query: print(document), variables }),
    });
    const { data, errors } = await response.json();
    if (errors) throw errors;
    return data;
  };
}

export function run({ endpoint, token, webhookId }) {
  return tell({
    shopper: sender(endpoint, token),
    backend: sender(endpoint, webhookId),
    codeOf: (errors) => errors[0].extensions.code,
    id: "plain",
  });
}
