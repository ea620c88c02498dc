"""Begins a what-if: the draft beside the rules that are live."""

from __future__ import annotations

from gateway.services.programs import current_program
from gateway.services.rule_drafts import RuleDraft
from gateway.services.rule_previews import drafted
from gateway.services.runtime import Runtime
from gateway.services.whatif import WhatIf, WhatIfAsked


async def what_if(
    runtime: Runtime, merchant_id: int, draft: RuleDraft, rule_id: int | None, days: int
) -> WhatIf:
    """Try the draft in the place of the rule `rule_id`, or as a new one. Changes nothing."""
    program, now = await current_program(merchant_id), runtime.clock()
    asked = WhatIfAsked(
        merchant_id=merchant_id,
        time_zone=(await runtime.directory.merchant(merchant_id)).time_zone,
        program=program,
        draft=drafted(program, draft, rule_id, now),
        days=days,
        now=now,
    )
    return WhatIf(asked, runtime.what_ifs)
