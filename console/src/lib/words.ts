/** Names of the API as staff read them. What is not here is shown as it is, with its words apart. */
const FIELDS: Record<string, string> = {
  enabled: "Status", minimumPayment: "Minimum payment", holdSeconds: "Points are held for (seconds)", quoteSeconds: "Quotes are good for (seconds)",
  refundGraceSeconds: "Refunded points live for (seconds)", clawbackPolicy: "When points are taken back", orderLinesRequired: "Order lines required", allowedOrigins: "Allowed origins",
  maximumDiscount: "Maximum discount", maximumPercent: "Maximum percentage", minimumCart: "Minimum cart", cartMultiplier: "Cart multiplier", minimumPoints: "Minimum points",
  productIds: "Products", collectionIds: "Collections", startsAt: "Starts", endsAt: "Ends", overlapSeconds: "Overlap (seconds)", expiresAt: "Expires", hint: "Ends in",
  per: "For each", tierMultiplied: "Multiplied by the tier", minimumOrder: "Least that must be paid", excludedProductIds: "Products that earn nothing", excludedCollectionIds: "Collections that earn nothing",
  returnWindowSeconds: "Points are pending for (seconds)", expirySeconds: "Points expire after (seconds)", reminderSeconds: "Reminder before expiry (seconds)", tierMeasure: "Tiers are reached by",
  url: "Address", messageId: "Message", createCustomers: "New customers are made", customerPrefix: "Before customer ids", orderPrefix: "Before order ids", mergedFrom: "Merged into it",
};

const ACTIONS: Record<string, string> = {
  "checkout.update": "Changed the settings of", "rule.create": "Created the rule", "rule.update": "Edited the rule", "rule.archive": "Archived the rule",
  "earning.update": "Changed the settings of", "earning_rule.create": "Created the earning rule", "earning_rule.update": "Edited the earning rule", "earning_rule.archive": "Archived the earning rule",
  "webhook.create": "Made the webhook to", "webhook.update": "Changed the webhook to", "webhook.rotate": "Rotated the secret of the webhook to", "webhook.delete": "Deleted the webhook to", "webhook.replay": "Sent deliveries again to",
  "order_source.create": "Made the order source", "order_source.rotate": "Rotated the secret of the order source", "order_source.delete": "Deleted the order source",
  "inbox.replay": "Replayed", "inbox.discard": "Discarded",
  "customer.merge": "Merged a guest into", "customer.export": "Exported all data of", "customer.erase": "Erased the customer", "finding.repair": "Repaired the order",
  "key.create": "Made the key", "key.rotate": "Rotated the", "key.revoke": "Revoked the key", "points.adjust": "Adjusted points of", "points.release": "Released a hold of", "points.refund": "Gave captured points back to",
  "staff.invite": "Invited", "staff.join": "Joined as", "staff.update": "Changed the access of", "staff.reset": "Made a new password link for", "staff.new_password": "Chose a new password as",
};

function apart(name: string): string {
  const words = name.replace(/[._]/g, " ").replace(/([a-z])([A-Z])/g, "$1 $2").toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

export const fieldName = (name: string): string => FIELDS[name] ?? apart(name);
export const actionName = (name: string): string => ACTIONS[name] ?? apart(name);
