"""The GraphQL documents that a storefront and its backend would send."""

from __future__ import annotations

POINTS = "points { available held pending debt }"
CREDIT = "storeCredit { available { amount } held { amount } }"
REDEMPTION = """
  id status cartId points credits { amount } discount { amount } payable { amount }
  capturedPoints capturedDiscount { amount } refundedPoints refundedCredits { amount }
  rule { id version } closeReason expiresAt closedAt
  order { id total { amount currencyCode } payable { amount } }
"""
ERRORS = """userErrors {
  code message field allowedPoints shortfallPoints shortfallAmount { amount } limitAmount { amount }
}"""
_REFUSAL = "code message allowedPoints shortfallPoints shortfallAmount { amount }"

PREVIEW = """query Preview($input: RedemptionPreviewInput!) {
  redemptionPreview(input: $input) {
    eligible points credits { amount } discount { amount } payable { amount }
    minimumPayment { amount } balance { available held pending debt }
    offers { rule { id name version } eligible points discount { amount } minimumPoints
      maximumPoints step refusal { code } }
    limits { kind points discount { amount } } refusals { %s } message quote quoteExpiresAt
  }
}""".replace("%s", _REFUSAL)


def _mutation(name: str, fields: str) -> str:
    kind = name[0].upper() + name[1:]
    return f"mutation {kind}($input: {kind}Input!) {{ {name}(input: $input) {{ {fields} }} }}"


_SHARED = f"redemption {{ {REDEMPTION} }} customer {{ {POINTS} {CREDIT} }} replayed {ERRORS}"
APPLY = _mutation("applyRedemption", f"payable {{ amount }} {_SHARED}")
CAPTURE = _mutation("captureRedemption", f"payable {{ amount }} {_SHARED}")
RELEASE = _mutation("releaseRedemption", _SHARED)
REFUND = _mutation("refundRedemption", _SHARED)
ADJUST = _mutation("adjustPoints", f"customer {{ {POINTS} {CREDIT} }} replayed {ERRORS}")
UPSERT = _mutation("upsertCustomer", f"customer {{ id externalId phone email tier tags }} {ERRORS}")
TOKEN = _mutation("createCustomerToken", f"token expiresAt {ERRORS}")
CHECKOUT = _mutation(
    "updateCustomCheckout",
    f"customCheckout {{ enabled holdSeconds quoteSeconds clawbackPolicy minimumPayment"
    f" {{ kind percent fixed {{ amount }} }} }} {ERRORS}",
)
ROTATE = _mutation("rotateSecretWebhookId", f"secretWebhookId {ERRORS}")
_RULE = f"rule {{ id version name points minimumPoints discount {{ amount }} percent }} {ERRORS}"
CREATE_RULE = _mutation("createRedemptionRule", _RULE)
UPDATE_RULE = _mutation("updateRedemptionRule", _RULE)
ARCHIVE_RULE = _mutation("archiveRedemptionRule", _RULE)

ORDER = """
  id orderId status total { amount } paid { amount } refunded { amount }
  refunds { id amount { amount } linesTotal { amount } whole }
  earnedPoints clawedBackPoints forgivenPoints captureRefusal placedAt completedAt cancelledAt
  earnings { ruleId ruleVersion points spend { amount } multiplier }
  redemption { id status refundedPoints }
"""
_ORDER = f"order {{ {ORDER} }} customer {{ {POINTS} {CREDIT} }} replayed {ERRORS}"
COMPLETE_ORDER = _mutation("completeOrder", _ORDER)
CANCEL_ORDER = _mutation("cancelOrder", _ORDER)
REFUND_ORDER = _mutation("refundOrder", _ORDER)
FIND_ORDER = f"query Order($id: String!) {{ loyaltyOrder(id: $id) {{ {ORDER} }} }}"
_OF_SOURCE = "id name kind path createCustomers customerPrefix orderPrefix"
_SOURCE = f"orderSource {{ {_OF_SOURCE} }} secret {ERRORS}"
CREATE_SOURCE = _mutation("createOrderSource", _SOURCE)
ROTATE_SOURCE = _mutation("rotateOrderSourceSecret", _SOURCE)
DELETE_SOURCE = _mutation("deleteOrderSource", f"deletedId {ERRORS}")
REPLAY = _mutation("replayInbox", f"count {ERRORS}")
DISCARD = _mutation("discardInbox", f"count {ERRORS}")
SOURCES = "{ merchant { orderSources { id name kind path previousSecretUntil } } }"
INBOX = """query Inbox($state: InboxState, $first: Int, $after: String) { merchant {
  inbox(state: $state, first: $first, after: $after) {
    edges { cursor node { id source { name } deliveryId topic orderId state attempts lastError
      nextAttemptAt headers { name value } body } }
    pageInfo { hasNextPage endCursor }
  }
} }"""

ME = f"{{ me {{ id externalId {POINTS} {CREDIT} }} }}"
CUSTOMER = f"""query Customer($by: CustomerRef!) {{
  customer(by: $by) {{ id externalId phone email {POINTS} {CREDIT} }}
}}"""
FIND = f"query Find($id: ID!) {{ redemption(id: $id) {{ {REDEMPTION} }} }}"
NODE = """query Node($id: ID!) { node(id: $id) {
  __typename id
  ... on Customer { externalId }
  ... on Redemption { status cartId }
  ... on RedemptionRule { name version }
} }"""
_ENTRIES = """edges { node {
  sequence kind source target points reason availableAfter heldAfter } }"""
EVERYTHING = f"""query Everything($by: CustomerRef!) {{ customer(by: $by) {{
  {POINTS} {CREDIT}
  history(first: 100) {{ {_ENTRIES} }}
  credits: history(first: 100, wallet: CREDITS) {{ {_ENTRIES} }}
  redemptions(first: 100) {{ edges {{ node {{ {REDEMPTION} }} }} }}
}} }}"""
"""All that a backend can see of a customer: if it is the same, nothing has changed."""

POINTS_CHANGED = f"subscription {{ pointsChanged {{ sequence {POINTS} }} }}"

MERGE = _mutation(
    "mergeCustomers",
    f"customer {{ id externalId phone email {POINTS} {CREDIT} mergedFrom {{ id externalId }} }}"
    f" replayed {ERRORS}",
)
EXPORT = """query Export($customer: CustomerRef!, $after: String) {
  exportCustomer(customer: $customer, after: $after) { document next }
}"""
ERASE = _mutation("eraseCustomer", f"erased {ERRORS}")
PERSON = f"""query Person($by: CustomerRef!) {{
  customer(by: $by) {{
    id externalId phone email birthday tags mergedInto mergedFrom {{ id externalId }} {POINTS}
  }}
}}"""
WHAT_IF = """subscription($input: WhatIfInput!) { whatIf(input: $input) {
  done total waiting userErrors { code field } result { carts } } }"""
RULE_PREVIEW = """query($input: RulePreviewInput!) { rulePreview(input: $input) {
  carts { total { amount } balance payable { amount } wins winner { name }
    offer { eligible points discount { amount } refusal { code } }
    sentences { language text } }
  freeCart { amount } overlaps { name } userErrors { code field message } } }"""
CREATE_CREDENTIAL = """mutation($input: CreateCredentialInput!) {
  createCredential(input: $input) { secret userErrors { code field message } } }"""
REVOKE_CREDENTIAL = """mutation($input: RevokeCredentialInput!) {
  revokeCredential(input: $input) { userErrors { code field message } } }"""
REGISTER_SIGNING_KEY = """mutation($input: RegisterSigningKeyInput!) {
  registerSigningKey(input: $input) { signingKey { kid algorithm issuer revokedAt }
    userErrors { code field message } } }"""
REVOKE_SIGNING_KEY = """mutation($input: RevokeSigningKeyInput!) {
  revokeSigningKey(input: $input) { userErrors { code field message } } }"""
INVITE_STAFF = """mutation($input: InviteStaffInput!) { inviteStaff(input: $input) {
  staff { id email role invited } path expiresAt userErrors { code field message } } }"""
RESET_STAFF = """mutation($input: ResetStaffInput!) { resetStaff(input: $input) {
  staff { id } path userErrors { code field message } } }"""
UPDATE_STAFF = """mutation($input: UpdateStaffInput!) { updateStaff(input: $input) {
  staff { id role disabledAt } userErrors { code field message } } }"""
AUDIT = """query($first: Int, $after: String) { merchant { auditLog(first: $first, after: $after) {
  edges { cursor node { action target actor { kind name }
    changes { field before after } } } pageInfo { hasNextPage endCursor } } } }"""
