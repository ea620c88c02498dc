/** What to do about a delivery that was given up, by what was said of it. */
const ADVICE: [RegExp, string][] = [
  [/the merchant's currency/, "The shop sells in a currency that you do not have. Nothing can be done with it: discard it."],
  [/^ORDER_NOT_FOUND$/, "A refund or a cancellation whose order never came. Have the shop send the order again, then replay this."],
  [/OrderCreated has not come/, "Have the message OrderCreated sent again, then replay this."],
  [/^ORDER_OF_ANOTHER$/, "The order's id is another customer's already: two shops count alike, or two customers are one. Give each shop an order prefix, or merge the customers, then replay this."],
  [/^ORDER_CONFLICT$/, "A refund with the same id was told with another amount. Look at the order in the shop."],
  [/fault of the gateway/, "The gateway's log has the event “delivery failed”. When that is mended, replay this."],
  [/`|JSON/, "The shop, or a plug-in of it, writes something that cannot be used. Mend it there and have it sent again."],
];

export const adviceFor = (why: string): string => ADVICE.find(([said]) => said.test(why))?.[1] ?? "Mend what it says, then replay this. A replay is safe: what an order was told before changes nothing.";

const WORDS: Record<string, string> = {
  ORDER_NOT_FOUND: "The order is not known here.",
  ORDER_OF_ANOTHER: "The order belongs to another customer.",
  ORDER_CONFLICT: "The order was told otherwise before.",
};

/** A reason that is only a code, in words. */
export const reason = (why: string): string => WORDS[why] ?? why;
