"""Customers as staff look for them: Relay pages by keyset."""

from __future__ import annotations

import strawberry

from gateway.errors import bad_input
from gateway.ids import from_global_id, id_number, to_global_id
from gateway.loaders import Loaded
from gateway.services.customer_search import Hit, Part, Place, search_customers
from gateway.services.directory import Known
from gateway.services.merchants import MerchantView
from schema.connections import page_info
from schema.customer import Customer, customer
from schema.describe import about
from schema.node import PageInfo

_CURSOR = "CustomerCursor"


@strawberry.type(description="One customer of a page.")
class CustomerEdge:
    """One customer of a page."""

    cursor: str = about("Ask for what comes `after` it.")
    node: Customer = about("The customer.")


@strawberry.type(description="A page of customers.")
class CustomerConnection:
    """A page of customers."""

    edges: list[CustomerEdge] = about("The customers, whoever is meant exactly first.")
    page_info: PageInfo = about("Whether there is more.")


async def customers(
    merchant: MerchantView, search: str, first: int, after: str | None
) -> CustomerConnection:
    """One page of those whom the text may mean; of the newest without one."""
    page = await search_customers(merchant, search, first, _place(after))
    edges = [_edge(merchant.id, hit) for hit in page.items]
    ends = page_info([edge.cursor for edge in edges], more=page.more, after=after)
    return CustomerConnection(edges=edges, page_info=ends)


def _edge(merchant_id: int, hit: Hit) -> CustomerEdge:
    view, place = hit.view, hit.place
    return CustomerEdge(
        cursor=to_global_id(_CURSOR, int(place.part), place.customer_id),
        node=customer(merchant_id, Known(view.id, view.external_id), Loaded(view=view)),
    )


def _place(after: str | None) -> Place | None:
    """The place that a cursor names. Raises RequestError for a text that no page gave."""
    if after is None:
        return None
    found = [id_number(part) for part in from_global_id(after, _CURSOR) or ()]
    fine = len(found) == len(("part", "customer")) and found[0] in set(Part)
    if not fine or found[0] is None or found[1] is None:
        raise bad_input("`after` must be a cursor of an earlier page.", "after")
    return Place(Part(found[0]), found[1])
