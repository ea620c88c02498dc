// Apollo Client with persisted queries: it sends hashes, queries by GET, and a text where it is asked to.
import { createHash } from "node:crypto";
import { PersistedQueryLink } from "@apollo/client/link/persisted-queries";
import * as apollo from "./apollo.js";

const sha256 = (text) => createHash("sha256").update(text).digest("hex");

export function run(given) {
  const before = () => new PersistedQueryLink({ sha256, useGETForHashedQueries: true });
  return apollo.run({ ...given, before, id: "persisted" });
}
