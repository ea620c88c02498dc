// Runs GraphQL Code Generator on the documents of the console.
import { generate } from "@graphql-codegen/cli";
import config from "../../console/codegen.ts";

/** `schema`, `documents`: paths. Answers the one module that the console uses. */
export async function run({ schema, documents }) {
  const files = await generate({ ...config, schema, documents, generates: named(), silent: true }, false);
  const { content } = files.find((file) => file.filename.endsWith("graphql.ts"));
  // The one type that it would import brings a package, and all of graphql with it.
  return content.replace(/^import type \{ DocumentTypeDecoration \}.*$/m, OWN);
}

const OWN =
  "interface DocumentTypeDecoration<TResult, TVariables> { __apiType?: (variables: TVariables) => TResult }";

function named() {
  return { "gql/": config.generates.gql };
}
