// Points at the checkout, as Relay wants it. Capture and refund are the backend's and not here.
import { graphql } from "react-relay";

/** What could be used on the cart. Refetch it as the slider moves. */
export const checkoutPreview = graphql`
  query CheckoutPreviewQuery($input: RedemptionPreviewInput!) {
    redemptionPreview(input: $input) {
      eligible
      message
      points
      discount {
        amount
        currencyCode
      }
      payable {
        amount
        currencyCode
      }
      offers {
        rule {
          id
          name
        }
        minimumPoints
        maximumPoints
        step
      }
      limits {
        kind
        points
      }
      quote
      quoteExpiresAt
    }
  }
`;

/** Reserve the points. The customer comes back by id, so that every balance on screen follows. */
export const checkoutApply = graphql`
  mutation CheckoutApplyMutation($input: ApplyRedemptionInput!) {
    applyRedemption(input: $input) {
      redemption {
        ...Checkout_redemption
      }
      payable {
        amount
        currencyCode
      }
      customer {
        ...Wallet_balance
      }
      replayed
      userErrors {
        ...Checkout_refused
      }
    }
  }
`;

/** Give the points back. */
export const checkoutRelease = graphql`
  mutation CheckoutReleaseMutation($input: ReleaseRedemptionInput!) {
    releaseRedemption(input: $input) {
      redemption {
        ...Checkout_redemption
      }
      customer {
        ...Wallet_balance
      }
      userErrors {
        ...Checkout_refused
      }
    }
  }
`;

/** What is held for the cart, and until when. */
export const checkoutRedemption = graphql`
  fragment Checkout_redemption on Redemption {
    id
    status
    points
    discount {
      amount
      currencyCode
    }
    expiresAt
  }
`;

/** Why something was refused, and the numbers that a screen needs. */
export const checkoutRefused = graphql`
  fragment Checkout_refused on RedemptionError {
    code
    message
    field
    allowedPoints
    shortfallPoints
    shortfallAmount {
      amount
      currencyCode
    }
  }
`;
