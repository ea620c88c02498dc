/** Pages of an export, each a JSON object of lists, as one. They stay texts: ids are larger than a number here can hold. */
export function joined(documents: string[]): string {
  const lists = new Map<string, string[]>();
  for (const text of documents) {
    for (const [name, inner] of parts(text)) lists.set(name, [...(lists.get(name) ?? []), inner]);
  }
  return `{\n${[...lists].map(([name, inner]) => `"${name}": [\n${inner.join(",\n")}\n]`).join(",\n")}\n}\n`;
}

/** Name and inside of each list of the object. */
function parts(text: string): [string, string][] {
  const found: [string, string][] = [];
  let depth = 0;
  let start = 0;
  let name = "";
  for (let at = 0; at < text.length; at++) {
    const sign = text[at]!;
    if (sign === '"') {
      const end = endOfString(text, at);
      if (depth === 1) name = text.slice(at + 1, end);
      at = end;
    } else if (sign === "{" || sign === "[") {
      depth += 1;
      if (depth === 2) start = at + 1;
    } else if (sign === "}" || sign === "]") {
      if (depth === 2 && at > start) found.push([name, text.slice(start, at)]);
      depth -= 1;
    }
  }
  return found;
}

function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && text[at] !== '"') at += text[at] === "\\" ? 2 : 1;
  return at;
}

/** Let the browser keep a text as a file. */
export function download(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
