"""Who is calling: headers to principals, scopes, and what the caches may and may not do."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import FrozenInstanceError
from itertools import count

import pytest

from gateway.auth import (
    MISPLACED,
    NO_BEARER,
    NOT_PUBLISHABLE,
    SCOPES,
    TWO_MERCHANTS,
    UNKNOWN_SECRET,
    Authenticator,
    CallerKind,
    Principal,
    Scope,
)
from gateway.errors import RequestCode, RequestError
from gateway.ids import IdMaker
from gateway.services.claims import Reason
from gateway.services.credentials import (
    IssuedCredential,
    create_credential,
    list_credentials,
    revoke_credential,
    rotate_secret_webhook_id,
)
from gateway.services.secrets import CredentialKind, new_secret
from gateway.services.signing_keys import register_signing_key, revoke_signing_key
from gateway.services.tokens import TokenService
from models.credential import Credential
from tests.support.forging import hs256, token
from tests.support.tenants import NOW, OTHER_SHOP, SECOND, SECRET_KEY, SHOP, opened

CACHE_SECONDS = 2
SHARED = "a secret shared with the merchant's backend"
PUBLIC, WEBHOOK, ADMIN = (
    CredentialKind.PUBLISHABLE,
    CredentialKind.SECRET_WEBHOOK,
    CredentialKind.ADMIN,
)


class Clock:
    """Time that stands until a test moves it."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> int:
        return self.now


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[None]:
    async with opened(database_url):
        yield


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def tokens() -> TokenService:
    return TokenService(SECRET_KEY, "loyalty-gateway", CACHE_SECONDS)


@pytest.fixture
def door(tokens: TokenService, clock: Clock) -> Authenticator:
    return Authenticator(tokens, clock, CACHE_SECONDS)


ticks = count(NOW, 1000)
IDS = IdMaker(lambda: next(ticks))


async def key(kind: CredentialKind, merchant_id: int = SHOP) -> IssuedCredential:
    return await create_credential(merchant_id, kind, "Key", NOW, IDS)


async def shown(door: Authenticator, secret: str) -> Principal:
    """Who the secret says is calling, shown as a bearer."""
    principal = await door.authenticate(f"Bearer {secret}", None)
    assert principal is not None
    return principal


async def refusal(
    door: Authenticator, authorization: str | None, loyalty_key: str | None = None
) -> str:
    with pytest.raises(RequestError) as refused:
        await door.authenticate(authorization, loyalty_key)
    assert refused.value.code is RequestCode.UNAUTHENTICATED
    return refused.value.message


def test_each_kind_may_do_what_the_contract_says_and_no_more():
    customer = {"READ_PROGRAM", "READ_OWN", "PREVIEW", "APPLY", "RELEASE"}
    backend = {"READ_ANY_CUSTOMER", "CAPTURE", "REFUND", "MANAGE_CUSTOMERS", "MINT_TOKENS"}
    staff = {"ADJUST", "CONFIGURE", "READ_MERCHANT", "READ_AUDIT", "PRIVACY"}
    expected = {
        CallerKind.PUBLISHABLE: {"READ_PROGRAM"},
        CallerKind.CUSTOMER: customer | {"FOLLOW_OWN"},
        CallerKind.BACKEND: customer | backend,
        CallerKind.ADMIN: customer | backend | staff,
        CallerKind.STAFF: set[str](),  # rights come with a role
    }
    for kind in CallerKind:
        principal = Principal(SHOP, kind)
        assert {scope.value for scope in Scope if principal.may(scope)} == expected[kind]


def test_no_one_can_raise_a_right_at_run_time():
    with pytest.raises(TypeError):
        SCOPES[CallerKind.CUSTOMER] = frozenset(Scope)  # pyright: ignore[reportIndexIssue] - that is the test
    with pytest.raises(FrozenInstanceError):
        Principal(SHOP, CallerKind.CUSTOMER).kind = CallerKind.ADMIN  # pyright: ignore[reportAttributeAccessIssue] - that is the test


def test_the_scope_of_idempotency_keys_parts_the_callers():
    """A customer named like a kind is still a customer."""
    customers = [Principal(SHOP, CallerKind.CUSTOMER, name) for name in ("10001", "backend")]
    callers = [Principal(SHOP, CallerKind.BACKEND), Principal(SHOP, CallerKind.ADMIN), *customers]
    assert [principal.caller for principal in callers] == [
        "backend",
        "admin",
        "customer:10001",
        "customer:backend",
    ]


async def test_without_any_credential_there_is_no_principal(door: Authenticator):
    assert await door.authenticate(None, None) is None


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize(
    ("kind", "caller"),
    [
        (PUBLIC, CallerKind.PUBLISHABLE),
        (WEBHOOK, CallerKind.BACKEND),
        (ADMIN, CallerKind.ADMIN),
    ],
)
async def test_a_key_as_bearer_is_its_kind_of_caller(
    door: Authenticator, kind: CredentialKind, caller: CallerKind
):
    issued = await key(kind)
    for scheme in ("Bearer ", "bearer ", "BEARER   "):
        principal = await door.authenticate(scheme + issued.secret, None)
        assert principal == Principal(SHOP, caller, credential_id=issued.id)


@pytest.mark.usefixtures("database")
async def test_a_publishable_key_has_its_own_header(door: Authenticator):
    issued = await key(PUBLIC)
    principal = await door.authenticate(None, issued.secret)
    assert principal == Principal(SHOP, CallerKind.PUBLISHABLE, credential_id=issued.id)


async def test_a_customer_token_is_that_customer(door: Authenticator, tokens: TokenService):
    text, _ = tokens.mint(SHOP, "custom_website-10001", NOW, 900)
    principal = await shown(door, text)
    assert principal == Principal(SHOP, CallerKind.CUSTOMER, "custom_website-10001")


@pytest.mark.parametrize(
    "header", ["", " ", "Bearer", "Bearer ", "Basic dXNlcjpwYXNz", "Token x", "whk_x", "x" * 99]
)
async def test_an_authorization_of_another_form_is_refused(door: Authenticator, header: str):
    assert await refusal(door, header) == NO_BEARER


async def test_a_server_secret_in_the_page_header_is_told_where_it_belongs(door: Authenticator):
    for kind in (WEBHOOK, ADMIN):
        assert await refusal(door, None, new_secret(kind, SHOP)) == MISPLACED


@pytest.mark.parametrize("value", ["", " ", "anything", "eyJhbGciOiJIUzI1NiJ9.e30.AAAA"])
async def test_nothing_but_a_publishable_key_fits_the_page_header(door: Authenticator, value: str):
    assert await refusal(door, None, value) == NOT_PUBLISHABLE


@pytest.mark.usefixtures("database")
async def test_the_bearer_decides_when_both_are_of_one_merchant(
    door: Authenticator, tokens: TokenService
):
    page = await key(PUBLIC)
    text, _ = tokens.mint(SHOP, "10001", NOW, 900)
    principal = await door.authenticate(f"Bearer {text}", page.secret)
    assert principal == Principal(SHOP, CallerKind.CUSTOMER, "10001")


@pytest.mark.usefixtures("database")
async def test_credentials_of_two_merchants_are_refused(door: Authenticator, tokens: TokenService):
    page, backend = await key(PUBLIC, OTHER_SHOP), await key(WEBHOOK)
    text, _ = tokens.mint(SHOP, "10001", NOW, 900)
    assert await refusal(door, f"Bearer {text}", page.secret) == TWO_MERCHANTS
    assert await refusal(door, f"Bearer {backend.secret}", page.secret) == TWO_MERCHANTS


@pytest.mark.usefixtures("database")
async def test_a_good_bearer_does_not_excuse_a_bad_page_key(door: Authenticator):
    backend = await key(WEBHOOK)
    page = new_secret(PUBLIC, SHOP)
    assert await refusal(door, f"Bearer {backend.secret}", page) == UNKNOWN_SECRET
    assert await refusal(door, f"Bearer {backend.secret}", backend.secret) == MISPLACED


@pytest.mark.usefixtures("database")
async def test_unknown_revoked_expired_and_malformed_keys_look_alike(door: Authenticator):
    revoked, expired = await key(ADMIN), await key(WEBHOOK)
    await revoke_credential(SHOP, revoked.id, NOW)
    await Credential.filter(merchant_id=SHOP, id=expired.id).update(expires_at=NOW)
    wrong = (revoked.secret, expired.secret, new_secret(ADMIN, SHOP), "sk_x", "sk_" + "é" * 50)
    for secret in (*wrong, "sk_" + "x" * 1_000_000):
        assert await refusal(door, f"Bearer {secret}") == UNKNOWN_SECRET


async def test_a_bad_token_gets_a_reason_and_no_more(
    door: Authenticator, tokens: TokenService, clock: Clock
):
    text, _ = tokens.mint(SHOP, "10001", NOW, 60)
    elsewhere, _ = TokenService(SECRET_KEY, "other").mint(SHOP, "10001", NOW, 60)
    forged, _ = TokenService("y" * 32, "loyalty-gateway").mint(SHOP, "10001", NOW, 60)
    assert await refusal(door, f"Bearer {elsewhere}") == Reason.AUDIENCE
    assert await refusal(door, f"Bearer {forged}") == Reason.SIGNATURE
    assert await refusal(door, "Bearer nonsense") == Reason.MALFORMED
    assert await refusal(door, f"Bearer {'x' * 5000}") == Reason.MALFORMED
    clock.now += 100 * SECOND
    assert await refusal(door, f"Bearer {text}") == Reason.EXPIRED


async def test_a_remembered_token_still_ends_in_time(
    door: Authenticator, tokens: TokenService, clock: Clock
):
    text, expires_at = tokens.mint(SHOP, "10001", NOW, 60)
    await shown(door, text)
    clock.now = expires_at - 1
    await shown(door, text)
    clock.now = expires_at + 10 * SECOND
    assert await refusal(door, f"Bearer {text}") == Reason.EXPIRED


@pytest.mark.usefixtures("database")
async def test_a_revoked_key_ends_within_the_cache_time(door: Authenticator, clock: Clock):
    issued = await key(ADMIN)
    await shown(door, issued.secret)
    await revoke_credential(SHOP, issued.id, NOW)
    clock.now += CACHE_SECONDS * SECOND - 1
    await shown(door, issued.secret)
    clock.now += 1
    assert await refusal(door, f"Bearer {issued.secret}") == UNKNOWN_SECRET


@pytest.mark.usefixtures("database")
async def test_use_does_not_lengthen_the_cache_time(door: Authenticator, clock: Clock):
    issued = await key(ADMIN)
    await shown(door, issued.secret)
    await revoke_credential(SHOP, issued.id, NOW)
    for _ in range(3):
        clock.now += CACHE_SECONDS * SECOND // 4
        await shown(door, issued.secret)
    clock.now += CACHE_SECONDS * SECOND // 4
    assert await refusal(door, f"Bearer {issued.secret}") == UNKNOWN_SECRET


@pytest.mark.usefixtures("database")
async def test_a_revoked_key_ends_at_once_where_it_is_forgotten(door: Authenticator):
    issued = await key(ADMIN)
    await shown(door, issued.secret)
    await revoke_credential(SHOP, issued.id, NOW)
    door.forget()
    assert await refusal(door, f"Bearer {issued.secret}") == UNKNOWN_SECRET


@pytest.mark.usefixtures("database")
async def test_without_a_cache_time_nothing_is_remembered(tokens: TokenService, clock: Clock):
    door = Authenticator(tokens, clock, 0)
    issued = await key(ADMIN)
    await shown(door, issued.secret)
    await revoke_credential(SHOP, issued.id, NOW)
    assert await refusal(door, f"Bearer {issued.secret}") == UNKNOWN_SECRET


@pytest.mark.usefixtures("database")
async def test_an_overlap_ends_exactly_also_for_a_remembered_secret(
    door: Authenticator, clock: Clock
):
    old = await key(WEBHOOK)
    new = await rotate_secret_webhook_id(SHOP, NOW, IDS, overlap_seconds=1)
    await shown(door, old.secret)
    clock.now += SECOND - 1
    assert (await shown(door, old.secret)).kind is CallerKind.BACKEND
    clock.now += 1
    assert await refusal(door, f"Bearer {old.secret}") == UNKNOWN_SECRET
    assert (await shown(door, new.secret)).kind is CallerKind.BACKEND


@pytest.mark.usefixtures("database")
async def test_a_revoked_signing_key_ends_its_remembered_tokens(door: Authenticator, clock: Clock):
    """The token is remembered late, and yet no longer than the key that proved it."""
    kid = await register_signing_key(SHOP, "HS256", "shop", SHARED, NOW, SECRET_KEY)
    claims = {"iss": "shop", "aud": "loyalty-gateway", "sub": "1", "exp": NOW // SECOND + 900}
    text = token({"alg": "HS256", "kid": kid}, claims, hs256(SHARED.encode()))
    later = token({"alg": "HS256", "kid": kid}, claims | {"sub": "2"}, hs256(SHARED.encode()))
    await shown(door, text)
    await revoke_signing_key(SHOP, kid, NOW)
    clock.now += CACHE_SECONDS * SECOND - 1
    await shown(door, later)
    clock.now += 1
    assert await refusal(door, f"Bearer {later}") == Reason.UNKNOWN_KEY
    assert await refusal(door, f"Bearer {text}") == Reason.UNKNOWN_KEY


@pytest.mark.usefixtures("database")
async def test_made_up_keys_do_not_push_out_a_good_one(
    door: Authenticator, monkeypatch: pytest.MonkeyPatch
):
    """The row is gone, so only what is remembered can still answer."""
    monkeypatch.setattr(door._known, "_size", 3)
    monkeypatch.setattr(door._unknown, "_size", 3)
    issued = await key(ADMIN)
    await shown(door, issued.secret)
    for _ in range(20):
        assert await refusal(door, f"Bearer {new_secret(ADMIN, SHOP)}") == UNKNOWN_SECRET
    await Credential.filter(merchant_id=SHOP).delete()
    assert (await shown(door, issued.secret)).credential_id == issued.id
    assert len(door._unknown) == 3


@pytest.mark.usefixtures("database")
async def test_nothing_that_was_shown_lies_in_the_caches(door: Authenticator, tokens: TokenService):
    issued, (text, _) = await key(ADMIN), tokens.mint(SHOP, "10001", NOW, 60)
    await shown(door, issued.secret)
    await shown(door, text)
    keys = [*door._known._entries, *door._customers._entries]
    assert len(keys) == 2
    assert all(len(kept) == 64 and kept not in (issued.secret, text) for kept in keys)


@pytest.mark.usefixtures("database")
async def test_the_use_of_a_key_is_collected_and_flushed(door: Authenticator, clock: Clock):
    issued = await key(ADMIN)
    await shown(door, issued.secret)
    clock.now += SECOND
    await shown(door, issued.secret)
    assert await door.last_use.flush() == 1
    (seen,) = await list_credentials(SHOP)
    assert seen.last_used_at == clock.now
