// Answers one JSON line with one JSON line, so that all gates together cost one start of Node.
import { createInterface } from "node:readline";

const jobs = {
  codegen: () => import("./codegen.mjs"),
  compose: () => import("./compose.mjs"),
  console: () => import("./console.mjs"),
  breaking: () => import("./breaking.mjs"),
  lint: () => import("./lint.mjs"),
};

// What the tools print must not stand between the answers.
const answer = process.stdout.write.bind(process.stdout);
process.stdout.write = process.stderr.write.bind(process.stderr);

for await (const line of createInterface({ input: process.stdin })) {
  const { job, given } = JSON.parse(line);
  try {
    const { run } = await jobs[job]();
    answer(`${JSON.stringify({ found: await run(given) })}\n`);
  } catch (error) {
    answer(`${JSON.stringify({ failed: String(error?.stack ?? error) })}\n`);
  }
}
