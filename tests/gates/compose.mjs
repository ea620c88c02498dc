// Composes subgraphs with the composition of Apollo and with that of The Guild.
import { composeServices } from "@apollo/composition";
import * as guild from "@theguild/federation-composition";
import { parse } from "graphql";

/** `subgraphs`: SDL by name. Answers what each of the two makes of them. */
export async function run({ subgraphs }) {
  const services = Object.entries(subgraphs).map(([name, sdl]) => ({
    name,
    url: `http://${name}.example/graphql`,
    typeDefs: parse(sdl),
  }));
  return { apollo: apollo(services), guild: theGuild(services) };
}

function apollo(services) {
  const { errors, hints, supergraphSdl } = composeServices(services);
  return {
    errors: (errors ?? []).map((error) => error.message),
    hints: (hints ?? []).map((hint) => `${hint.definition.code}: ${hint.message}`),
    supergraph: supergraphSdl ?? "",
  };
}

function theGuild(services) {
  const composed = guild.composeServices(services);
  return {
    errors: (composed.errors ?? []).map((error) => error.message),
    hints: [],
    supergraph: composed.supergraphSdl ?? "",
  };
}
