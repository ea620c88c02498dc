/** How a checkout's backend asks what a customer could redeem, in three languages. */
export type Snippet = { name: string; text: (endpoint: string, currency: string) => string };

const QUERY = `query Preview($customer: CustomerRef!, $cart: CartInput!) {
  redemptionPreview(input: {customer: $customer, cart: $cart}) {
    message points discount { amount } payable { amount } quote
  }
}`;

export const SNIPPETS: Snippet[] = [
  {
    name: "curl",
    text: (endpoint, currency) => `export SECRET_WEBHOOK_ID=whk_…

curl ${endpoint} \\
  -H "authorization: Bearer $SECRET_WEBHOOK_ID" \\
  -H "content-type: application/json" \\
  -d '{
    "query": "${QUERY.replace(/\s+/g, " ")}",
    "variables": {
      "customer": {"externalId": "custom_website-10001"},
      "cart": {"id": "cart-1", "total": {"amount": "500", "currencyCode": "${currency}"}}
    }
  }'`,
  },
  {
    name: "JavaScript",
    text: (endpoint, currency) => `const query = \`${QUERY}\`;

// On your server: a Secret Webhook ID must not reach a browser.
const response = await fetch("${endpoint}", {
  method: "POST",
  headers: {
    authorization: \`Bearer \${process.env.SECRET_WEBHOOK_ID}\`,
    "content-type": "application/json",
  },
  body: JSON.stringify({
    query,
    variables: {
      customer: { externalId: "custom_website-10001" },
      cart: { id: "cart-1", total: { amount: "500", currencyCode: "${currency}" } },
    },
  }),
});
const { data } = await response.json();
console.log(data.redemptionPreview.message);`,
  },
  {
    name: "Python",
    text: (endpoint, currency) => `import os
import httpx

QUERY = """${QUERY}"""

response = httpx.post(
    "${endpoint}",
    headers={"authorization": f"Bearer {os.environ['SECRET_WEBHOOK_ID']}"},
    json={
        "query": QUERY,
        "variables": {
            "customer": {"externalId": "custom_website-10001"},
            "cart": {"id": "cart-1", "total": {"amount": "500", "currencyCode": "${currency}"}},
        },
    },
)
print(response.json()["data"]["redemptionPreview"]["message"])`,
  },
];
