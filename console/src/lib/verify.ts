/** How a receiver proves that a message is the gateway's, by the library of Standard Webhooks. */
export const VERIFY = [
  {
    name: "JavaScript",
    text: `// npm install express standardwebhooks
import express from "express";
import { Webhook } from "standardwebhooks";

const webhook = new Webhook(process.env.LOYALTY_WEBHOOK_SECRET);
const app = express();

// The raw body: what a parser has touched does not verify.
app.post("/hooks/loyalty", express.raw({ type: "application/json" }), (request, response) => {
  let event;
  try {
    event = webhook.verify(request.body.toString(), request.headers);
  } catch {
    return response.sendStatus(400);
  }
  console.log(event.id, event.type); // it may come again: keep the id
  response.sendStatus(204);
});

app.listen(3000);`,
  },
  {
    name: "Python",
    text: `# pip install starlette uvicorn standardwebhooks
import os

from standardwebhooks import Webhook, WebhookVerificationError
from starlette.applications import Starlette
from starlette.responses import Response
from starlette.routing import Route

webhook = Webhook(os.environ["LOYALTY_WEBHOOK_SECRET"])


async def loyalty(request):
    try:  # the raw body: what a parser has touched does not verify
        event = webhook.verify(await request.body(), dict(request.headers))
    except WebhookVerificationError:
        return Response(status_code=400)
    print(event["id"], event["type"])  # it may come again: keep the id
    return Response(status_code=204)


app = Starlette(routes=[Route("/hooks/loyalty", loyalty, methods=["POST"])])`,
  },
];
