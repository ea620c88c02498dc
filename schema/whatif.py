"""A rule that is still being written, tried on the carts of the last weeks."""

from __future__ import annotations

from datetime import date

import strawberry

from gateway.services.calendar_days import date_of
from gateway.services.whatif import FEWEST_DAYS, MOST_DAYS, WhatIfState
from schema import checks
from schema.describe import about, optional
from schema.errors import RedemptionError
from schema.payloads import ERRORS
from schema.rule_inputs import RedemptionRuleInput
from schema.whatif_report import WhatIfResult, what_if_result


@strawberry.input(description="A rule to try on what was recorded.")
class WhatIfInput:
    """A rule to try on what was recorded."""

    rule: RedemptionRuleInput = about("The rule as it would be.")
    id: strawberry.ID | None = optional(
        "The rule that it would take the place of; null: a new one."
    )
    days: int = strawberry.field(description="How many days, today included: 7 … 90.", default=30)

    def checked_days(self) -> int:
        """The days. Raises RequestError."""
        return checks.within(self.days, FEWEST_DAYS, MOST_DAYS, "input", "days")


@strawberry.type(description="How far a what-if is; the last event has its result.")
class WhatIfProgress:
    """How far a what-if is; the last event has its result."""

    done: int = about("Carts that are replayed.")
    total: int = about("Carts that there are, about.")
    waiting: bool = about("Whether another what-if of this process has to end first.")
    recorded_since: date | None = about(
        "The first day whose carts can be replayed; null: there is none, or it is not known yet."
    )
    result: WhatIfResult | None = about("What was found; null before the end.")
    user_errors: list[RedemptionError] = about(ERRORS)


def what_if_progress(state: WhatIfState) -> WhatIfProgress:
    """The outside form."""
    since = state.recorded_since
    return WhatIfProgress(
        done=state.done,
        total=state.total,
        waiting=state.waiting,
        recorded_since=None if since is None else date_of(since),
        result=None if state.found is None else what_if_result(state.found),
        user_errors=[],
    )
