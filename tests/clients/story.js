// What every client does: preview, apply, capture; and the documents for it.
import { gql } from "@apollo/client";

export const PREVIEW = gql`
  query Preview($cart: CartInput!) {
    redemptionPreview(input: { cart: $cart }) {
      points
      discount { amount currencyCode }
      payable { amount }
    }
  }
`;

export const APPLY = gql`
  mutation Apply($cart: CartInput!, $key: String!) {
    applyRedemption(input: { cart: $cart, idempotencyKey: $key }) {
      redemption { id status points }
      customer { id points { available held } }
      userErrors { code }
    }
  }
`;

export const CAPTURE = gql`
  mutation Capture($id: ID!, $order: OrderInput!, $key: String!) {
    captureRedemption(input: { id: $id, order: $order, idempotencyKey: $key }) {
      redemption { id status capturedPoints }
      customer { id points { available held } }
      userErrors { code }
    }
  }
`;

export const WALLET = gql`
  query Wallet {
    me { id points { available held } }
  }
`;

const TOTAL = { amount: "500.00", currencyCode: "INR" };

/**
 * The story, told by any client. `shopper` and `backend` each send a document with variables and
 * give its data; `codeOf` finds the code in what the client throws. `id` tells the carts, orders
 * and keys of one client from those of another.
 */
export async function tell({ shopper, backend, codeOf, documents, id }) {
  const { preview, apply, capture } = documents ?? {
    preview: PREVIEW,
    apply: APPLY,
    capture: CAPTURE,
  };
  const cart = { id: `cart-${id}`, total: TOTAL };
  const order = { id: `order-${id}`, total: TOTAL };
  const { redemptionPreview } = await shopper(preview, { cart });
  const { applyRedemption } = await shopper(apply, { cart, key: `apply-${id}` });
  const paid = { id: applyRedemption.redemption.id, order, key: `capture-${id}` };
  const forbidden = await shopper(capture, paid).catch(codeOf);
  const malformed = await backend(capture, { ...paid, order: null }).catch(codeOf);
  const { captureRedemption } = await backend(capture, paid);
  return { redemptionPreview, applyRedemption, captureRedemption, forbidden, malformed };
}
