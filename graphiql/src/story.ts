/** The keys of a demo: a customer's token, and the Secret Webhook ID of the checkout backend. */
export interface Keys {
  customer: string;
  backend: string;
}

/** What GraphiQL opens a tab with. */
export interface Tab {
  query: string;
  variables: string;
  headers: string;
}

const MY_POINTS = `# What does this shopper have?
# Who asks stands in the headers below.
query MyPoints {
  me {
    externalId
    points {
      available held
      worth { amount }
      nextExpiry { points at }
    }
    storeCredit { available { amount } }
    history(first: 5) {
      edges { node { kind points reason at } }
    }
  }
}
`;

const PREVIEW = `# What could be used on this cart?
# Nothing changes.
query Preview($cart: CartInput!) {
  redemptionPreview(input: { cart: $cart }) {
    message
    points
    discount { amount }
    payable { amount }
    minimumPayment { amount }
    limits { kind points }
  }
}
`;

const APPLY = `# Reserve the points while the shopper pays.
# Run it twice: the key is the same, and so is the answer.
# To begin anew, change the key and the cart's id.
mutation Apply($cart: CartInput!, $key: String!) {
  applyRedemption(
    input: { cart: $cart, idempotencyKey: $key }
  ) {
    redemption { id status points expiresAt }
    payable { amount }
    customer { points { available held } }
    replayed
    userErrors { code message }
  }
}
`;

const CAPTURE = `# The order is paid: so says the checkout's backend,
# with its Secret Webhook ID in the headers below.
# Run Apply first: its redemption's id is filled in.
mutation Capture(
  $id: ID!, $order: OrderInput!, $key: String!
) {
  captureRedemption(
    input: { id: $id, order: $order, idempotencyKey: $key }
  ) {
    redemption { id status capturedPoints }
    payable { amount }
    customer { points { available held } }
    userErrors { code message }
  }
}
`;

const RELEASE = `# Instead of Capture: the shopper changed her mind.
# Run Apply first: its redemption's id is filled in.
# After Capture it is refused: that takes a refund.
mutation Release($id: ID!) {
  releaseRedemption(input: { id: $id }) {
    redemption { id status }
    customer { points { available held } }
    userErrors { code message }
  }
}
`;

const REFUND = `# After Capture: goods came back, and 40 points with them.
# The same redemption's id is filled in.
mutation Refund($id: ID!, $points: Points, $key: String!) {
  refundRedemption(
    input: { id: $id, points: $points, idempotencyKey: $key }
  ) {
    redemption { id status capturedPoints refundedPoints }
    customer { points { available held } }
    userErrors { code message }
  }
}
`;

const COMPLETE = `# In one step instead of Capture: the order is paid, what
# it redeems is captured, and it earns points. Run it after
# Capture, and the order only earns. Safe to run again.
mutation Complete(
  $customer: CustomerRef!, $order: OrderInput!, $id: ID!
) {
  completeOrder(
    input: { customer: $customer, order: $order, redemptionId: $id }
  ) {
    order {
      status
      paid { amount }
      earnedPoints
      redemption { status }
    }
    customer { points { available pending } }
    replayed
    userErrors { code message }
  }
}
`;

const FOLLOW = `# The shopper's points, now and after each change.
# Leave it running, and apply in another window.
subscription Follow {
  pointsChanged {
    sequence
    points { available held }
  }
}
`;

/** Stands in variables for the id of the redemption that was applied last. */
export const LAST_APPLIED = "the redemption that Apply gave";

/** The demo's shopper, as the shop knows her. */
const BUYER = "custom_website-10001";

/** The tabs of the page: a redemption from its first question to its refund, an
 * order that earns, and the balance beside it. */
export function story(keys?: Keys): Tab[] {
  const customer = keys?.customer ?? "<customer token>";
  const backend = keys?.backend ?? "<Secret Webhook ID, whk_…>";
  const name = Date.now().toString(36); // carts and orders of other days have other names
  const total = { amount: "500.00", currencyCode: "INR" };
  const cart = { id: `cart-${name}`, total };
  const order = { id: `order-${name}`, total };
  return [
    tab(customer, MY_POINTS, {}),
    tab(customer, PREVIEW, { cart }),
    tab(customer, APPLY, { cart, key: `apply-${name}` }),
    tab(backend, CAPTURE, { id: LAST_APPLIED, order, key: `capture-${name}` }),
    tab(customer, RELEASE, { id: LAST_APPLIED }),
    tab(backend, REFUND, { id: LAST_APPLIED, points: 40, key: `refund-${name}` }),
    tab(backend, COMPLETE, { customer: { externalId: BUYER }, order, id: LAST_APPLIED }),
    tab(customer, FOLLOW, {}),
  ];
}

function tab(token: string, query: string, variables: object): Tab {
  return {
    query,
    variables: JSON.stringify(variables, null, 2),
    headers: JSON.stringify({ authorization: `Bearer ${token}` }, null, 2),
  };
}
