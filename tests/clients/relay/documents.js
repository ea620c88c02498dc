// What Relay's compiler reads; `__generated__` is what it writes. It is run by hand, in this
// folder, when a document changes, with the compiler in `tests/gates`.
import { graphql } from "relay-runtime";

graphql`
  query documentsWalletQuery {
    me { id points { available held } }
  }
`;

graphql`
  query documentsPreviewQuery($cart: CartInput!) {
    redemptionPreview(input: { cart: $cart }) {
      points
      discount { amount currencyCode }
      payable { amount }
    }
  }
`;

graphql`
  mutation documentsApplyMutation($cart: CartInput!, $key: String!) {
    applyRedemption(input: { cart: $cart, idempotencyKey: $key }) {
      redemption { id status points }
      customer { id points { available held } }
      userErrors { code }
    }
  }
`;

graphql`
  mutation documentsCaptureMutation($id: ID!, $order: OrderInput!, $key: String!) {
    captureRedemption(input: { id: $id, order: $order, idempotencyKey: $key }) {
      redemption { id status capturedPoints }
      customer { id points { available held } }
      userErrors { code }
    }
  }
`;
