"""The what-if, as the console asks for it."""

from __future__ import annotations

from tests.e2e.caller import Caller, Json
from tests.e2e.sse import streaming

WHAT_IF = """
fragment Count on WhatIfCount { expected least most }
fragment Amount on WhatIfAmount {
  expected { amount } least { amount } most { amount }
}
fragment Side on WhatIfSide {
  ableCarts usedCarts averagePaid { amount } refusals { code carts }
  redemptions { ...Count } zeroOrders { ...Count } discount { ...Amount }
}
fragment Changed on WhatIfChanged {
  customers total { amount }
  largest { id externalId now { amount } draft { amount } difference { amount } }
}
subscription WhatIf($input: WhatIfInput!) {
  whatIf(input: $input) {
    done total waiting recordedSince
    userErrors { code field message }
    result {
      from to whole carts customers orders cartsWithoutLines takeUp recordedRedemptions
      recordedDiscount { amount } averageOrder { amount } moreDiscount { amount }
      now { ...Side } draft { ...Side }
      tiers { tier customers orders discountNow { ...Amount } discountDraft { ...Amount }
        redemptionsNow { ...Count } redemptionsDraft { ...Count } }
      gainers { ...Changed } losers { ...Changed }
      definitions { id text }
    }
  }
}"""


async def events(caller: Caller, **given: object) -> list[Json]:
    """All that is told, until it is complete."""
    found: list[Json] = []
    async with streaming(caller, WHAT_IF, variables={"input": given}) as stream:
        while True:
            name, data = await stream.event()
            if name != "next":
                assert name == "complete", (name, data)
                return found
            assert "errors" not in data, data
            found.append(data["data"]["whatIf"])


async def result(caller: Caller, **given: object) -> Json:
    """What was found."""
    last = (await events(caller, **given))[-1]
    assert last["userErrors"] == [], last
    return last["result"]
