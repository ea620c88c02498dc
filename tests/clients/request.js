// graphql-request.
import { GraphQLClient } from "graphql-request";
import { tell } from "./story.js";

function sender(endpoint, bearer) {
  const client = new GraphQLClient(endpoint, { headers: { authorization: `Bearer ${bearer}` } });
  return (document, variables) => client.request(document, variables);
}

export function run({ endpoint, token, webhookId }) {
  return tell({
    shopper: sender(endpoint, token),
    backend: sender(endpoint, webhookId),
    codeOf: (error) => error.response.errors[0].extensions.code,
    id: "request",
  });
}
