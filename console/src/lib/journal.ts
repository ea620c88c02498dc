/** Movements of points as sentences. What is not known here is shown as it is. */

interface Entry {
  kind: string;
  source: string;
  target: string;
  points: number;
  reason: string | null;
  cartId: string | null;
  orderId: string | null;
}

const OCCASIONS: Record<string, string> = { SIGN_UP: "signing up", BIRTHDAY: "the birthday" };

const words = (name: string): string => {
  const said = name.replaceAll("_", " ").toLowerCase();
  return said.charAt(0).toUpperCase() + said.slice(1);
};

function occasion(reason: string | null): string {
  const [name = "", year] = (reason ?? "").split(":");
  const said = OCCASIONS[name] ?? words(name).toLowerCase();
  return year ? `${said} in ${year}` : said;
}

const because = (reason: string | null): string => (reason ? `: ${reason}` : "");
const cart = (id: string | null): string => (id === null ? "a cart" : `cart ${id}`);
const order = (reason: string | null): string => (reason ? ` order ${reason}` : " an order");

const SENTENCES: Record<string, (entry: Entry) => string> = {
  GRANT: ({ reason }) => `Given by hand${because(reason)}`,
  EARN: ({ reason, target }) => `Earned with${order(reason)}${target === "pending" ? ", to be spendable later" : ""}`,
  AWARD: ({ reason, target }) => `Given for ${occasion(reason)}${target === "pending" ? ", to be spendable later" : ""}`,
  MATURE: () => "Became spendable",
  HOLD: ({ cartId }) => `Reserved for ${cart(cartId)}`,
  HOLD_EXPIRED: ({ cartId }) => `Back again: the time of ${cart(cartId)} ran out`,
  CAPTURE: ({ orderId }) => `Spent with${order(orderId)}`,
  RELEASE: ({ reason, cartId }) => (reason === "ERASED" ? "Released when the customer was erased" : `Back again: ${cart(cartId)} was released`),
  REFUND: ({ orderId }) => `Given back for${order(orderId)}`,
  EXPIRE: () => "Lapsed",
  CLAWBACK: ({ reason }) => `Taken back for${order(reason)}`,
  WITHDRAW: ({ reason }) => (reason === "ERASED" ? "Taken when the customer was erased" : `Taken by hand${because(reason)}`),
  DEBT: ({ reason }) => `Owed${because(reason)}`,
  DEBT_PAYMENT: () => "Used to pay what is owed",
  DEBT_PAID: ({ reason }) => (reason === "ERASED" ? "What was owed was let off when the customer was erased" : "What was owed is less"),
  MERGE: ({ target }) => (target === "moved" || target === "owed" ? "Went to the customer that this one was merged into" : "Came with a merged customer"),
};

export const sentence = (entry: Entry): string => SENTENCES[entry.kind]?.(entry) ?? `${words(entry.kind)}${because(entry.reason)}`;

/** What it does to the points that can be spent: more, less, or nothing. */
export function effect(entry: Entry): number {
  if (entry.target === "available") return entry.points;
  return entry.source === "available" ? -entry.points : 0;
}

/** Where else it moves points, in words. */
export function elsewhere(entry: Entry): string {
  if (entry.target === "pending") return "to pending";
  if (entry.source === "pending") return "from pending";
  if (entry.target === "debt") return "more owed";
  if (entry.source === "debt") return "less owed";
  return entry.source === "held" ? "from reserved" : "";
}

export const SOURCES: Record<string, string> = {
  GRANT: "Given by hand", EARN: "Earned", AWARD: "Award", REFUND: "Given back", IMPORT: "Imported", MERGE: "Of a merged customer",
};

/** Where a lot came from. */
export function origin(source: string, reason: string | null): string {
  const name = SOURCES[source] ?? words(source);
  if (source === "EARN" && reason) return `Earned with order ${reason}`;
  if (source === "AWARD" && reason) return `Given for ${occasion(reason)}`;
  return source === "GRANT" && reason ? `${name}: ${reason}` : name;
}
