"""What the gateway tells of itself: logs, metrics and traces. Costs little, blocks nobody.

No secrets and no personal data go in.
"""

from __future__ import annotations

from gateway.telemetry.logs import log, log_failure, start_logging

__all__ = ["log", "log_failure", "start_logging"]
