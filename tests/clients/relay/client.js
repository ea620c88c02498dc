// Relay, with a network layer of its own and its normalised store.
import runtime from "relay-runtime";
import { tell } from "../story.js";
import apply from "./__generated__/documentsApplyMutation.graphql.js";
import capture from "./__generated__/documentsCaptureMutation.graphql.js";
import preview from "./__generated__/documentsPreviewQuery.graphql.js";
import wallet from "./__generated__/documentsWalletQuery.graphql.js";

const { commitMutation, Environment, fetchQuery, Network, RecordSource, Store } = runtime;

function made(endpoint, bearer) {
  async function send({ text }, variables) {
    const response = await fetch(endpoint, {
      method: "POST",
      headers: {
        accept: "application/graphql-response+json",
        "content-type": "application/json",
        authorization: `Bearer ${bearer}`,
      },
      body: JSON.stringify({ query: text, variables }),
    });
    const answer = await response.json();
    if (answer.errors) throw answer.errors;
    return answer;
  }
  return new Environment({
    network: Network.create(send),
    store: new Store(new RecordSource()),
  });
}

function sender(environment) {
  return (request, variables) =>
    request.params.operationKind === "query"
      ? fetchQuery(environment, request, variables).toPromise()
      : new Promise((onCompleted, onError) => {
          commitMutation(environment, { mutation: request, variables, onCompleted, onError });
        });
}

/** What the store holds for the wallet, without asking the gateway. */
function kept(environment) {
  const operation = runtime.createOperationDescriptor(wallet, {});
  return environment.lookup(operation.fragment).data.me.points;
}

export async function run({ endpoint, token, webhookId }) {
  const shopper = made(endpoint, token);
  const operation = runtime.createOperationDescriptor(wallet, {});
  const retained = shopper.retain(operation);
  await sender(shopper)(wallet, {});
  const told = await tell({
    shopper: sender(shopper),
    backend: sender(made(endpoint, webhookId)),
    codeOf: (errors) => errors[0].extensions.code,
    documents: { preview, apply, capture },
    id: "relay",
  });
  const cached = kept(shopper);
  retained.dispose();
  return { ...told, cached };
}
