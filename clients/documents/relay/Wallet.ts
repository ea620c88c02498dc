// The shopper's wallet, as Relay wants it: fragments beside components, each named by its module.
import { graphql } from "react-relay";

/** The screen's query. */
export const walletQuery = graphql`
  query WalletQuery($first: Int = 20) {
    me {
      ...Wallet_balance
      ...Wallet_history @arguments(first: $first)
      ...Wallet_redemptions
    }
  }
`;

/** What the shopper has; `refetch` it after an apply made elsewhere. */
export const walletBalance = graphql`
  fragment Wallet_balance on Customer @refetchable(queryName: "WalletBalanceQuery") {
    points {
      available
      held
      pending
      debt
      worth {
        amount
        currencyCode
      }
      nextExpiry {
        points
        at
      }
    }
    storeCredit {
      available {
        amount
        currencyCode
      }
    }
  }
`;

/** The history, page by page: `usePaginationFragment`. */
export const walletHistory = graphql`
  fragment Wallet_history on Customer
  @refetchable(queryName: "WalletHistoryQuery")
  @argumentDefinitions(
    first: { type: "Int", defaultValue: 20 }
    after: { type: "String" }
    wallet: { type: "Wallet", defaultValue: COINS }
  ) {
    history(first: $first, after: $after, wallet: $wallet) @connection(key: "Wallet_history") {
      edges {
        node {
          sequence
          kind
          points
          reason
          at
          availableAfter
        }
      }
    }
  }
`;

/** The redemptions, page by page. */
export const walletRedemptions = graphql`
  fragment Wallet_redemptions on Customer
  @refetchable(queryName: "WalletRedemptionsQuery")
  @argumentDefinitions(first: { type: "Int", defaultValue: 10 }, after: { type: "String" }) {
    redemptions(first: $first, after: $after) @connection(key: "Wallet_redemptions") {
      edges {
        node {
          id
          status
          points
          discount {
            amount
            currencyCode
          }
          createdAt
        }
      }
    }
  }
`;
