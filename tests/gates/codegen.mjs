// Runs GraphQL Code Generator with the configuration that users are given.
import { generate } from "@graphql-codegen/cli";
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import config from "../../clients/documents/codegen.ts";

/** `schema`, `documents`: paths; `output`: an existing folder. Answers the names of its new files. */
export async function run({ schema, documents, output }) {
  const generates = Object.fromEntries(
    Object.entries(config.generates).map(([name, value]) => [join(output, name, "/"), value]),
  );
  const files = await generate({ ...config, schema, documents, generates, silent: true }, false);
  for (const { filename, content } of files) {
    await mkdir(dirname(filename), { recursive: true });
    await writeFile(filename, content);
  }
  return files.map((file) => file.filename);
}
