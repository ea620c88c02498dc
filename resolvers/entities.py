"""Entities: customers that other subgraphs refer to, by the merchant's own id."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

from gateway.auth import Scope
from gateway.context import Context
from gateway.errors import bad_input
from gateway.loaders import Loaded
from gateway.services.customers import find_customers
from gateway.services.directory import Known
from schema.customer import Customer
from schema.customer import customer as present
from schema.subgraph import KEYS

MOST = 200
"""Representations in one request; a customer token cannot make one request cost much more."""


async def entities(context: Context, representations: Sequence[object]) -> list[Customer | None]:
    """The customers, in the order asked for; null for whom the caller may not know or is not there.

    One statement for all of them. Raises RequestError for what is no representation.
    """
    principal = context.require(Scope.READ_OWN)
    if len(representations) > MOST:
        raise bad_input(f"At most {MOST} representations in one request.", "representations")
    asked = [_external_id(each, place) for place, each in enumerate(representations)]
    own = principal.external_id
    may = {external_id for external_id in asked if own in (None, external_id)}
    found = await find_customers(principal.merchant_id, may)
    shown = {
        view.external_id: present(
            principal.merchant_id, Known(view.id, view.external_id), Loaded(view=view)
        )
        for view in found
    }
    return [shown.get(external_id) for external_id in asked]


def _external_id(representation: object, place: int) -> str:
    path = ("representations", str(place))
    if not isinstance(representation, Mapping):
        raise bad_input("A representation is an object with `__typename` and a key.", *path)
    given = cast("Mapping[str, Any]", representation)
    name = given.get("__typename")
    if not isinstance(name, str) or name not in KEYS:
        raise bad_input(f"There are entities of the type {', '.join(KEYS)}.", *path, "__typename")
    key = given.get(KEYS[name])
    if not isinstance(key, str):
        raise bad_input("`externalId` must be a string.", *path, KEYS[name])
    return key
