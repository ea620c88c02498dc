"""Keys of a merchant: what is stored, who is recognised, rotation, revocation, last use."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import asdict
from hashlib import sha256
from itertools import count

import pytest
from tortoise.connection import get_connection

from gateway.errors import Code, LoyaltyError
from gateway.ids import IdMaker
from gateway.services import secrets
from gateway.services.credentials import (
    LastUse,
    authenticate_secret,
    create_credential,
    list_credentials,
    revoke_credential,
    rotate_secret_webhook_id,
)
from gateway.services.secrets import CredentialKind, base36, new_secret, read_base36, read_secret
from models.credential import Credential
from tests.support.tenants import NOW, OTHER_SHOP, SECOND, SHOP, opened

DAY = 86_400 * SECOND
WEBHOOK, ADMIN, PUBLIC = (
    CredentialKind.SECRET_WEBHOOK,
    CredentialKind.ADMIN,
    CredentialKind.PUBLISHABLE,
)


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[None]:
    async with opened(database_url):
        yield


@pytest.fixture
def ids() -> IdMaker:
    ticks = count(NOW, 1000)
    return IdMaker(lambda: next(ticks))


@pytest.mark.parametrize("number", [1, 35, 36, SHOP, 2**63 - 1])
def test_base_36_is_read_back(number: int):
    assert read_base36(base36(number)) == number
    assert int(base36(number), 36) == number


@pytest.mark.parametrize("kind", CredentialKind)
def test_a_new_secret_tells_its_kind_and_merchant(kind: CredentialKind):
    secret = new_secret(kind, SHOP)
    parts = read_secret(secret)
    assert parts is not None
    assert (parts.kind, parts.merchant_id) == (kind, SHOP)
    assert len(secret.rpartition(f"{base36(SHOP)}_")[2]) == 43
    assert new_secret(kind, SHOP) != secret


@pytest.mark.parametrize(
    "spoil",
    [
        lambda s: "",
        lambda s: s + "A",
        lambda s: s[:-1],
        lambda s: s + "\n",
        lambda s: " " + s,
        lambda s: s.upper(),
        lambda s: s.replace("whk_", "whk_0"),
        lambda s: s.replace("whk_", "xyz_"),
        lambda s: s[:-1] + "é",
        lambda s: s[:-1] + "\x00",
        lambda s: "whk_zzzzzzzzzzzzz_" + "A" * 43,
        lambda s: s * 1000,
    ],
)
def test_what_is_no_secret_is_not_read(spoil):
    assert read_secret(spoil(new_secret(WEBHOOK, SHOP))) is None


def test_keys_derived_for_two_purposes_differ_and_repeat():
    first, again = secrets.derive("key", "one"), secrets.derive("key", "one")
    assert first == again
    assert len({first, secrets.derive("key", "two"), secrets.derive("other", "one")}) == 3
    assert len(first) == 32


async def stored_text() -> str:
    return json.dumps(
        await get_connection("default").execute_query_dict("SELECT * FROM credential")
    )


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize("kind", [WEBHOOK, ADMIN])
async def test_a_secret_is_stored_as_a_hash_only(kind: CredentialKind, ids: IdMaker):
    issued = await create_credential(SHOP, kind, "Backend", NOW, ids)
    text = await stored_text()
    assert sha256(issued.secret.encode()).hexdigest() in text
    assert issued.secret[-20:] not in text
    assert issued.hint == issued.secret[-4:]
    assert issued.secret not in repr(issued)


@pytest.mark.usefixtures("database")
async def test_a_publishable_key_stays_readable(ids: IdMaker):
    issued = await create_credential(SHOP, PUBLIC, "Storefront", NOW, ids)
    (seen,) = await list_credentials(SHOP)
    assert seen.public_value == issued.secret


@pytest.mark.usefixtures("database")
async def test_a_key_is_recognised_as_what_it_is(ids: IdMaker):
    for kind in CredentialKind:
        issued = await create_credential(SHOP, kind, "Key", NOW, ids)
        found = await authenticate_secret(issued.secret, NOW)
        assert found is not None
        assert (found.merchant_id, found.id, found.kind) == (SHOP, issued.id, kind)


@pytest.mark.usefixtures("database")
async def test_a_key_under_another_merchant_or_prefix_is_unknown(ids: IdMaker):
    issued = await create_credential(SHOP, PUBLIC, "Key", NOW, ids)
    tail = issued.secret.removeprefix("pk_")
    other = f"pk_{base36(OTHER_SHOP)}_{issued.secret[-43:]}"
    for secret in (f"sk_{tail}", f"whk_{tail}", other, new_secret(PUBLIC, SHOP), "nonsense"):
        assert await authenticate_secret(secret, NOW) is None


@pytest.mark.usefixtures("database")
async def test_a_hash_stored_for_another_kind_gives_no_right(ids: IdMaker):
    """A row that says ADMIN does not lift a key that reads whk_."""
    issued = await create_credential(SHOP, WEBHOOK, "Key", NOW, ids)
    await Credential.filter(merchant_id=SHOP, id=issued.id).update(kind="ADMIN")
    assert await authenticate_secret(issued.secret, NOW) is None


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize("label", ["", "   ", "x" * 101, "two\nlines"])
async def test_an_unusable_label_is_refused(label: str, ids: IdMaker):
    with pytest.raises(LoyaltyError) as refused:
        await create_credential(SHOP, ADMIN, label, NOW, ids)
    assert refused.value.refusal.code is Code.INVALID_INPUT
    assert refused.value.refusal.field == ("label",)
    assert await list_credentials(SHOP) == []


@pytest.mark.usefixtures("database")
async def test_after_a_rotation_the_old_secret_works_until_the_overlap_ends(ids: IdMaker):
    old = await create_credential(SHOP, WEBHOOK, "First", NOW, ids)
    new = await rotate_secret_webhook_id(SHOP, NOW, ids)
    for at in (NOW, NOW + DAY - 1):
        assert await authenticate_secret(old.secret, at) is not None
        assert await authenticate_secret(new.secret, at) is not None
    assert await authenticate_secret(old.secret, NOW + DAY) is None
    assert await authenticate_secret(new.secret, NOW + 400 * DAY) is not None


@pytest.mark.usefixtures("database")
async def test_a_rotation_without_overlap_ends_the_old_secret_at_once(ids: IdMaker):
    old = await create_credential(SHOP, WEBHOOK, "First", NOW, ids)
    await rotate_secret_webhook_id(SHOP, NOW, ids, overlap_seconds=0)
    assert await authenticate_secret(old.secret, NOW) is None


@pytest.mark.usefixtures("database")
async def test_a_second_rotation_may_shorten_an_overlap_but_never_extends_it(ids: IdMaker):
    first = await create_credential(SHOP, WEBHOOK, "First", NOW, ids)
    second = await rotate_secret_webhook_id(SHOP, NOW, ids, overlap_seconds=100)
    await rotate_secret_webhook_id(SHOP, NOW, ids, overlap_seconds=1000)
    assert await authenticate_secret(first.secret, NOW + 100 * SECOND) is None
    assert await authenticate_secret(second.secret, NOW + 999 * SECOND) is not None
    await rotate_secret_webhook_id(SHOP, NOW + SECOND, ids, overlap_seconds=0)
    assert await authenticate_secret(first.secret, NOW + SECOND) is None
    assert await authenticate_secret(second.secret, NOW + SECOND) is None


@pytest.mark.usefixtures("database")
async def test_a_rotation_touches_no_other_kind_and_no_other_merchant(ids: IdMaker):
    others = [
        await create_credential(SHOP, ADMIN, "Staff", NOW, ids),
        await create_credential(SHOP, PUBLIC, "Page", NOW, ids),
        await create_credential(OTHER_SHOP, WEBHOOK, "Backend", NOW, ids),
    ]
    await rotate_secret_webhook_id(SHOP, NOW, ids, overlap_seconds=0)
    for issued in others:
        assert await authenticate_secret(issued.secret, NOW + DAY) is not None


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize("overlap", [-1, 30 * 86_400 + 1])
async def test_an_overlap_out_of_bounds_changes_nothing(overlap: int, ids: IdMaker):
    old = await create_credential(SHOP, WEBHOOK, "First", NOW, ids)
    with pytest.raises(LoyaltyError) as refused:
        await rotate_secret_webhook_id(SHOP, NOW, ids, overlap_seconds=overlap)
    assert refused.value.refusal.field == ("overlapSeconds",)
    (seen,) = await list_credentials(SHOP)
    assert (seen.id, seen.expires_at) == (old.id, None)


@pytest.mark.usefixtures("database")
async def test_of_rotations_at_once_one_secret_stays_without_an_end(ids: IdMaker):
    await create_credential(SHOP, WEBHOOK, "First", NOW, ids)
    await asyncio.gather(*(rotate_secret_webhook_id(SHOP, NOW, ids) for _ in range(6)))
    seen = await list_credentials(SHOP)
    assert len(seen) == 7
    assert [view.expires_at for view in seen].count(None) == 1


@pytest.mark.usefixtures("database")
async def test_a_revoked_key_is_unknown_and_keeps_its_time(ids: IdMaker):
    issued = await create_credential(SHOP, ADMIN, "Staff", NOW, ids)
    assert await revoke_credential(SHOP, issued.id, NOW + 1)
    assert await revoke_credential(SHOP, issued.id, NOW + 2)
    assert await authenticate_secret(issued.secret, NOW) is None
    (seen,) = await list_credentials(SHOP)
    assert seen.revoked_at == NOW + 1


@pytest.mark.usefixtures("database")
async def test_a_merchant_cannot_revoke_or_see_the_key_of_another(ids: IdMaker):
    issued = await create_credential(SHOP, ADMIN, "Staff", NOW, ids)
    assert not await revoke_credential(OTHER_SHOP, issued.id, NOW)
    assert await list_credentials(OTHER_SHOP) == []
    assert await authenticate_secret(issued.secret, NOW) is not None


@pytest.mark.usefixtures("database")
async def test_the_list_is_newest_first_and_tells_no_secret(ids: IdMaker):
    made = [await create_credential(SHOP, WEBHOOK, f"Key {n}", NOW + n, ids) for n in range(3)]
    seen = await list_credentials(SHOP)
    assert [view.id for view in seen] == [issued.id for issued in reversed(made)]
    text = json.dumps([asdict(view) for view in seen])
    assert not any(issued.secret[-20:] in text for issued in made)
    assert not any(sha256(issued.secret.encode()).hexdigest() in text for issued in made)


async def last_used(merchant_id: int) -> int | None:
    (view,) = await list_credentials(merchant_id)
    return view.last_used_at


@pytest.mark.usefixtures("database")
async def test_the_last_use_is_written_by_flush_once_a_minute_at_most(ids: IdMaker):
    issued = await create_credential(SHOP, ADMIN, "Staff", NOW, ids)
    uses = LastUse()
    uses.note(SHOP, issued.id, NOW)
    assert await last_used(SHOP) is None
    assert await uses.flush() == 1
    assert await last_used(SHOP) == NOW
    uses.note(SHOP, issued.id, NOW + 59 * SECOND)
    assert await uses.flush() == 0
    assert await last_used(SHOP) == NOW
    uses.note(SHOP, issued.id, NOW + 60 * SECOND)
    assert await uses.flush() == 1
    assert await uses.flush() == 0
    assert await last_used(SHOP) == NOW + 60 * SECOND


@pytest.mark.usefixtures("database")
async def test_two_processes_keep_the_minute_and_never_write_an_earlier_use(ids: IdMaker):
    issued = await create_credential(SHOP, ADMIN, "Staff", NOW, ids)
    one, other = LastUse(), LastUse()
    one.note(SHOP, issued.id, NOW + 100 * SECOND)
    other.note(SHOP, issued.id, NOW)
    assert (await one.flush(), await other.flush()) == (1, 0)
    assert await last_used(SHOP) == NOW + 100 * SECOND
