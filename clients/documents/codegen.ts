// GraphQL Code Generator: typed operations, and a manifest of them. See README.md beside it.
import type { CodegenConfig } from "@graphql-codegen/cli";

const config: CodegenConfig = {
  schema: "schema.graphql",
  documents: ["*.graphql"],
  generates: {
    "gql/": {
      preset: "client",
      presetConfig: {
        fragmentMasking: false,
        persistedDocuments: { hashAlgorithm: "sha256" },
      },
      config: {
        documentMode: "string", // for `fetch`; leave it out for Apollo Client and urql
        strictScalars: true,
        useTypeImports: true,
        enumsAsTypes: true,
        scalars: { Date: "string", DateTime: "string", Decimal: "string", Points: "number" },
      },
    },
  },
};

export default config;
