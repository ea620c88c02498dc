"""What an item of the go-live test came to, and where it is mended."""

from __future__ import annotations

from enum import Enum

import strawberry


@strawberry.enum(description="What came of an item of the go-live test.")
class LaunchStatus(Enum):
    """What came of an item."""

    PASSED = strawberry.enum_value("PASSED", description="It is as it has to be.")
    WARNING = strawberry.enum_value(
        "WARNING", description="It may be meant so: somebody has to decide."
    )
    FAILED = strawberry.enum_value("FAILED", description="Mend it before you go live.")
    NOT_CONFIGURED = strawberry.enum_value(
        "NOT_CONFIGURED",
        description="It was not tried: there is no such thing, or something before it failed.",
    )


@strawberry.enum(description="Where an item is mended.")
class LaunchSetting(Enum):
    """Where an item is mended."""

    CUSTOM_CHECKOUT = strawberry.enum_value(
        "CUSTOM_CHECKOUT", description="The settings of Custom Checkout."
    )
    SECRET_WEBHOOK_ID = strawberry.enum_value(
        "SECRET_WEBHOOK_ID", description="The Secret Webhook ID, and your backend's use of it."
    )
    REDEMPTION_RULES = strawberry.enum_value(
        "REDEMPTION_RULES", description="The redemption rules."
    )
    EARNING_RULES = strawberry.enum_value("EARNING_RULES", description="The earning rules.")
    OPERATIONS = strawberry.enum_value(
        "OPERATIONS", description="Nothing of yours: tell whoever runs the gateway."
    )
