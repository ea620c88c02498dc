/** JSON as it came, with its lines broken for reading. Nothing is parsed: no number loses a digit, and what is malformed is shown too. */
export interface Piece {
  kind: "key" | "text" | "value" | "mark";
  text: string;
}

const TOKEN = /"(?:[^"\\]|\\.)*"?|[{}[\],:]|[^\s"{}[\],:]+/g;
/** Deeper than this is not pushed further to the right: a body of brackets alone must not grow. */
const DEEPEST = 16;

/** Its pieces, in order; null for a text that does not begin as JSON. */
export function pieces(text: string): Piece[] | null {
  if (!/^\s*[[{]/.test(text)) return null;
  const tokens = text.match(TOKEN) ?? [];
  const found: Piece[] = [];
  let depth = 0;
  const line = () => `\n${"  ".repeat(Math.min(depth, DEEPEST))}`;
  function mark(more: string) {
    const last = found.at(-1);
    if (last?.kind === "mark") last.text += more;
    else found.push({ kind: "mark", text: more });
  }
  tokens.forEach((token, at) => {
    const next = tokens[at + 1];
    if (token === "{" || token === "[") {
      depth += 1;
      mark(next === "}" || next === "]" ? token : token + line());
    } else if (token === "}" || token === "]") {
      depth = Math.max(0, depth - 1);
      const before = tokens[at - 1];
      mark(before === "{" || before === "[" ? token : line() + token);
    } else if (token === ",") mark(`,${line()}`);
    else if (token === ":") mark(": ");
    else found.push({ kind: !token.startsWith('"') ? "value" : next === ":" ? "key" : "text", text: token });
  });
  return found;
}

/** The same as one text. */
export const indented = (text: string): string => pieces(text)?.map((piece) => piece.text).join("") ?? text;
