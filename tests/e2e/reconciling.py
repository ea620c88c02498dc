"""What the tests of reconciliation send."""

from __future__ import annotations

from tests.e2e.documents import ERRORS

RECONCILIATION = """query Reconciliation(
  $since: DateTime, $until: DateTime, $kinds: [FindingKind!], $first: Int, $after: String,
  $grace: Int
) { reconciliation(since: $since, until: $until, kinds: $kinds, first: $first, after: $after,
    graceSeconds: $grace) {
  edges { cursor node { id kind open sentence at orderId redemptionId points
    credits { amount } amount { amount } repair pointsThere customer { externalId }
    preview { refusal before { available held pending debt } after { available held pending debt } }
  } }
  pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
} }"""
REPAIR = f"""mutation Repair($input: RepairFindingInput!) {{ repairFinding(input: $input) {{
  order {{ orderId status earnedPoints captureRefusal }}
  redemption {{ id status refundedPoints closeReason }}
  customer {{ points {{ available }} }} replayed {ERRORS} }} }}"""
