/** Names of the API as staff read them. What is not here is shown as it is, with its words apart. */
const FIELDS: Record<string, string> = {
  enabled: "Status", minimumPayment: "Minimum payment", holdSeconds: "Points are held for (seconds)", quoteSeconds: "Quotes are good for (seconds)",
  refundGraceSeconds: "Refunded points live for (seconds)", clawbackPolicy: "When points are taken back", orderLinesRequired: "Order lines required", allowedOrigins: "Allowed origins",
  maximumDiscount: "Maximum discount", maximumPercent: "Maximum percentage", minimumCart: "Minimum cart", cartMultiplier: "Cart multiplier", minimumPoints: "Minimum points",
  productIds: "Products", collectionIds: "Collections", startsAt: "Starts", endsAt: "Ends", overlapSeconds: "Overlap (seconds)", expiresAt: "Expires", hint: "Ends in",
};

const ACTIONS: Record<string, string> = {
  "checkout.update": "Changed the settings of", "rule.create": "Created the rule", "rule.update": "Edited the rule", "rule.archive": "Archived the rule",
  "key.create": "Made the key", "key.rotate": "Rotated the", "key.revoke": "Revoked the key", "points.adjust": "Adjusted points of",
  "staff.invite": "Invited", "staff.join": "Joined as", "staff.update": "Changed the access of", "staff.reset": "Made a new password link for", "staff.new_password": "Chose a new password as",
};

function apart(name: string): string {
  const words = name.replace(/[._]/g, " ").replace(/([a-z])([A-Z])/g, "$1 $2").toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

export const fieldName = (name: string): string => FIELDS[name] ?? apart(name);
export const actionName = (name: string): string => ACTIONS[name] ?? apart(name);
