// Lints the schema and the documents by the recommendations of graphql-eslint.
import plugin from "@graphql-eslint/eslint-plugin";
import { ESLint } from "eslint";
import { join } from "node:path";

const prefix = "@graphql-eslint/";

/** `schema`, `documents`: paths below `root`; `relaxed`: rules by name, as they shall be instead. */
export async function run({ root, schema, documents, relaxed }) {
  const graphQLConfig = {
    schema: join(root, schema),
    documents: documents.map((path) => join(root, path)),
  };
  const eslint = new ESLint({
    cwd: root,
    overrideConfigFile: true,
    overrideConfig: [
      {
        files: ["**/*.graphql"],
        languageOptions: {
          parser: plugin.parser,
          parserOptions: { graphQLConfig },
        },
        plugins: { "@graphql-eslint": plugin },
      },
      recommended(schema, ["schema-recommended", "schema-relay"], relaxed),
      ...documents.map((path) => recommended(path, ["operations-recommended"], {})),
    ],
  });
  const files = await eslint.lintFiles([schema, ...documents]);
  return {
    files: files.map((file) => file.filePath),
    faults: files.flatMap((file) => file.messages.map((fault) => shown(file, fault))),
  };
}

function recommended(path, names, relaxed) {
  const rules = Object.assign({}, ...names.map((name) => plugin.configs[`flat/${name}`].rules));
  for (const [name, setting] of Object.entries(relaxed)) {
    if (!(prefix + name in rules)) throw new Error(`${name} is not recommended; relax nothing`);
    rules[prefix + name] = setting;
  }
  return { files: [path], rules };
}

function shown(file, { line, ruleId, message }) {
  return `${file.filePath}:${line} ${(ruleId ?? "").replace(prefix, "")}: ${message}`;
}
