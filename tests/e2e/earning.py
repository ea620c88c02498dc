"""What the tests of earning send, and short ways to send it."""

from __future__ import annotations

from typing import Any

from tests.e2e.caller import Caller, Json, cart, code, money
from tests.e2e.documents import ERRORS
from tests.e2e.shop import Shop

RULE: Json = {"name": "A point per ₹10", "kind": "ORDER", "points": 1, "per": money("10.00")}
TIERS: list[Json] = [
    {"name": "Silver", "threshold": "100", "multiplier": "1.25"},
    {"name": "Gold", "threshold": "500", "multiplier": "1.5"},
]

EARN_PREVIEW = """query EarnPreview($input: EarnPreviewInput!) { earnPreview(input: $input) {
  points pendingSeconds availableAt expiresAt message
  offers { rule { id name version kind points per { amount } } points spend { amount } multiplier
    expiresAt refusal { code message shortfallAmount { amount currencyCode } } }
  refusals { code message shortfallAmount { amount } }
} }"""
_RULE = f"""rule {{ id version name kind points per {{ amount }} tierMultiplied
  minimumOrder {{ amount }} productIds collectionIds excludedProductIds excludedCollectionIds
  tiers tags startsAt endsAt expirySeconds }} {ERRORS}"""
_SETTINGS = """returnWindowSeconds expirySeconds reminderSeconds tierMeasure
  tiers { name threshold multiplier } tiersRevision excludedProductIds excludedCollectionIds"""


def _mutation(name: str, fields: str) -> str:
    kind = name[0].upper() + name[1:]
    return f"mutation {kind}($input: {kind}Input!) {{ {name}(input: $input) {{ {fields} }} }}"


CREATE_RULE = _mutation("createEarningRule", _RULE)
UPDATE_RULE = _mutation("updateEarningRule", _RULE)
ARCHIVE_RULE = _mutation("archiveEarningRule", _RULE)
UPDATE_EARNING = _mutation("updateEarning", f"earning {{ {_SETTINGS} }} {ERRORS}")
SETTINGS = f"""query Settings($archived: Boolean) {{ merchant {{ earning {{ {_SETTINGS}
  rules(archived: $archived) {{ rule {{ id version name }} archivedAt }} }} }} }}"""
RULE_PREVIEW = """query($input: EarningRulePreviewInput!) { earningRulePreview(input: $input) {
  carts { total { amount } paid { amount } tier firstOrder points livePoints worth { amount }
    givenBack sentences { language text }
    offer { points spend { amount } multiplier expiresAt refusal { code } } }
  occasion { points livePoints wins winner { name } }
  availableAt expiresAt tooGenerous overlaps { name } neverEarns unknownTiers
  userErrors { code field message } } }"""
HISTORY = """{ merchant { earning { rules(archived: true) {
  rule { id version } versions { editedAt rule { version points } } } } } }"""
PUBLIC = """{ program { earning { returnWindowSeconds expirySeconds tierMeasure
  tiers { name threshold multiplier } rules { name points per { amount } } } } }"""
STANDING = """query Standing($by: CustomerRef!) { customer(by: $by) { tier tierStanding {
  name multiplier tierMeasure counted next { name threshold multiplier } missing } } }"""


async def make_rule(shop: Shop, **changes: Any) -> Json:
    made = await shop.admin.ask(CREATE_RULE, input={"rule": {**RULE, **changes}})
    assert code(made) is None, made
    return made["rule"]


async def make_bonus(shop: Shop, kind: str, points: int, **changes: Any) -> Json:
    name = f"{points} points, {kind}"
    return await make_rule(shop, name=name, kind=kind, points=points, per=None, **changes)


async def set_earning(shop: Shop, **change: Any) -> Json:
    done = await shop.admin.ask(UPDATE_EARNING, input=change)
    assert code(done) is None, done
    return done["earning"]


async def settings(shop: Shop, *, archived: bool = False) -> Json:
    return (await shop.admin.ask(SETTINGS, archived=archived))["earning"]


async def preview(caller: Caller, the_cart: Json | None = None, **given: Any) -> Json:
    return await caller.ask(EARN_PREVIEW, input={"cart": the_cart or cart(), **given})


async def standing(shop: Shop, customer: str) -> Json | None:
    seen = await shop.backend.ask(STANDING, by={"externalId": customer})
    return seen["tierStanding"]
