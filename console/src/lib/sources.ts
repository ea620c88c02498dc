/** Shops and backends that tell of orders: what each is called, and what is entered where. */
import type { InboxQuery, InboxState, OrderSourceKind, SourcePartsFragment } from "../gql/graphql";
import type { Tone } from "../ui/Status";

export type Source = SourcePartsFragment;
export type Item = InboxQuery["merchant"]["inbox"]["edges"][number]["node"];

interface Platform {
  name: string;
  about: string;
  /** What its own secret is called; null: the secret is always made here. */
  own: string | null;
  /** Whether the secret normally comes from the shop. */
  brings: boolean;
  steps: string[];
  /** Its name within a sentence, where that is another. */
  inside?: string;
  /** What is sent. */
  example?: (currency: string) => string;
}

const EXAMPLE = (currency: string) => `{
  "type": "order.paid",
  "timestamp": "2026-11-24T09:30:00Z",
  "data": {
    "order": {
      "id": "SO-1001", "currency": "${currency}", "paid": "1999.00",
      "cartId": "cart-77",
      "lines": [{ "productId": "tea", "quantity": 2, "total": "1500.00" }]
    },
    "customer": { "externalId": "c-1", "email": "asha@example.com" }
  }
}`;

export const PLATFORMS: Record<OrderSourceKind, Platform> = {
  SHOPIFY: {
    name: "Shopify", about: "Its own webhooks: order payment, cancellation, refund.", own: "Secret that Shopify shows", brings: true,
    steps: [
      "In Shopify, open Settings → Notifications → Webhooks. It shows the secret with which the store signs. If it shows none yet, create the webhooks first and enter the secret here afterwards, under Rotate the secret, with “It ends now”.",
      "Create three webhooks, format JSON, each with the address above: Order payment (orders/paid), Order cancellation (orders/cancelled), Refund create (refunds/create).",
      "In the theme or the checkout, write loyalty_redemption_id as a cart attribute when points were applied. It becomes a note attribute of the order.",
      "Pay a test order and look at the inbox. What “Send test notification” sends is stored and passed over.",
    ],
  },
  WOOCOMMERCE: {
    name: "WooCommerce", about: "Its own webhooks: order created and updated.", own: "Secret that WooCommerce has", brings: false,
    steps: [
      "In WooCommerce, open Settings → Advanced → Webhooks → Add webhook.",
      "Add two webhooks, topics Order created and Order updated: status Active, the address above as delivery URL, the secret, API version v3.",
      "In the checkout, write loyalty_redemption_id as meta data of the order when points were applied.",
      "Pay a test order and look at the inbox. WooCommerce does not send again what failed, and switches a webhook off after failures in a row: look at its status after an outage.",
    ],
  },
  COMMERCETOOLS: {
    name: "commercetools", about: "Messages of a subscription, passed on by HTTP.", own: null, brings: false,
    steps: [
      "Pass the subscription's messages on to the address above, with the header X-Loyalty-Secret set to the secret: by an API destination of Amazon EventBridge, a webhook of Azure Event Grid with CloudEvents, or a function of yours.",
      "Subscribe to these messages of order: OrderCreated, OrderPaymentStateChanged, OrderStateChanged, ReturnInfoAdded, ReturnInfoSet, OrderReturnShipmentStateChanged; and OrderImported if you import orders. OrderCreated must come too, else the rest is given up after a day.",
      "Write loyalty_redemption_id as a custom field of the cart, so that the order has it.",
      "Let points take their discount from the total price, not from the lines.",
    ],
  },
  GENERIC: {
    name: "Your own backend", inside: "your own backend", example: EXAMPLE, about: "Our JSON, signed by Standard Webhooks.", own: null, brings: false,
    steps: [
      "POST JSON to the address above when an order is paid, cancelled or refunded: type is order.paid, order.cancelled or order.refunded, data has order, customer and, for a refund, refund.",
      "Sign “webhook-id.webhook-timestamp.body” with HMAC-SHA256; the key is what follows whsec_, out of Base64. The libraries of Standard Webhooks do it.",
      "Send the headers webhook-id, webhook-timestamp and webhook-signature. The id is your own for the event: the same when you send it again.",
      "Name what was redeemed: data.order.redemptionId, or data.order.cartId.",
    ],
  },
};

export const KINDS: OrderSourceKind[] = ["SHOPIFY", "WOOCOMMERCE", "COMMERCETOOLS", "GENERIC"];

export const addressOf = (source: Source): string => window.location.origin + source.path;

export const INBOX: Record<InboxState, { word: string; tone: Tone }> = {
  WAITING: { word: "Waiting", tone: "info" },
  DONE: { word: "Carried out", tone: "good" },
  DEAD: { word: "Given up", tone: "bad" },
  IGNORED: { word: "Passed over", tone: "off" },
};
