"""Operations of outbound webhooks."""

from __future__ import annotations

ENDPOINT = (
    "endpoint { id url description events enabled disabledReason failingSince previousSecretUntil }"
)
ERRORS = "userErrors { code field message }"
DELIVERY = (
    "id messageId event body state attemptCount nextAttemptAt createdAt finishedAt"
    " attempts { at status error milliseconds answer }"
)
CREATE = f"""mutation C($input: CreateWebhookEndpointInput!) {{
  createWebhookEndpoint(input: $input) {{ secret {ENDPOINT} {ERRORS} }} }}"""
UPDATE = f"""mutation U($input: UpdateWebhookEndpointInput!) {{
  updateWebhookEndpoint(input: $input) {{ {ENDPOINT} {ERRORS} }} }}"""
ROTATE = f"""mutation R($input: RotateWebhookSecretInput!) {{
  rotateWebhookSecret(input: $input) {{ secret {ENDPOINT} {ERRORS} }} }}"""
DELETE = f"""mutation D($input: DeleteWebhookEndpointInput!) {{
  deleteWebhookEndpoint(input: $input) {{ deletedId {ERRORS} }} }}"""
TEST = f"""mutation T($input: SendTestEventInput!) {{
  sendTestEvent(input: $input) {{ delivery {{ {DELIVERY} }} {ERRORS} }} }}"""
REPLAY = f"""mutation P($input: ReplayWebhookDeliveryInput!) {{
  replayWebhookDelivery(input: $input) {{ delivery {{ {DELIVERY} }} {ERRORS} }} }}"""
REPLAY_ALL = f"""mutation A($input: ReplayWebhookDeliveriesInput!) {{
  replayWebhookDeliveries(input: $input) {{ count {ERRORS} }} }}"""
LIST = f"""query L($first: Int, $after: String, $state: WebhookDeliveryState) {{ merchant {{
  webhookEventKinds {{ name description }}
  webhookEndpoints {{
    id url description events enabled disabledReason failingSince previousSecretUntil
    deliveries(first: $first, after: $after, state: $state) {{
      edges {{ cursor node {{ {DELIVERY} }} }} pageInfo {{ hasNextPage endCursor }}
    }}
  }}
}} }}"""
