// What a storefront writes on top of the generated code. It only has to type-check.
import type { TypedDocumentString } from "./gql/graphql";
import {
  ApplyRedemptionDocument,
  HistoryPageDocument,
  MyPointsDocument,
  PreviewRedemptionDocument,
} from "./gql/graphql";

declare function send<Result, Variables>(
  document: TypedDocumentString<Result, Variables>,
  variables: Variables,
): Promise<Result>;

export async function pay(cartId: string, key: string): Promise<string> {
  const total = { amount: "500.00", currencyCode: "INR" } as const;
  const { redemptionPreview } = await send(PreviewRedemptionDocument, {
    input: { cart: { id: cartId, total } },
  });
  const points: number = redemptionPreview.points;
  const { applyRedemption } = await send(ApplyRedemptionDocument, {
    input: { cart: { id: cartId, total }, points, idempotencyKey: key },
  });
  const refusal = applyRedemption.userErrors[0];
  if (refusal?.code === "INSUFFICIENT_POINTS") return `short of ${refusal.shortfallPoints ?? 0}`;
  // @ts-expect-error a refused redemption is null, so this must be asked first
  applyRedemption.redemption.status;
  const held = applyRedemption.redemption;
  return held?.status === "HELD" ? held.expiresAt : redemptionPreview.message;
}

export async function seen(): Promise<number> {
  const { me } = await send(MyPointsDocument, {});
  const page = await send(HistoryPageDocument, { first: 10, wallet: "COINS" });
  // @ts-expect-error there is no such wallet
  await send(HistoryPageDocument, { wallet: "GOLD" });
  // @ts-expect-error a customer is named by exactly one key
  const two: Parameters<typeof refOf>[0] = { externalId: "a", phone: "+919800000001" };
  refOf(two);
  const moved = page.me?.history.edges.map((edge) => edge.node.points) ?? [];
  return moved.reduce((sum, points) => sum + points, me?.points.available ?? 0);
}

declare function refOf(by: import("./gql/graphql").CustomerRef): void;
