// Types of the console's documents, from the contract. `python -m tests.gates.console` writes them
// into src/gql, and a test holds that they are of these documents and this schema.
import type { CodegenConfig } from "@graphql-codegen/cli";

const config: CodegenConfig = {
  generates: {
    gql: {
      preset: "client",
      presetConfig: { fragmentMasking: false },
      config: {
        documentMode: "string",
        enumsAsTypes: true,
        useTypeImports: true,
        strictScalars: true,
        scalars: { Date: "string", DateTime: "string", Decimal: "string", Points: "number" },
      },
    },
  },
};

export default config;
