"""What is done for the records while the page is served: heads written out, and what is past its retention removed."""

import logging
import threading
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from chatbot.records.checkpoints import write_checkpoint
from chatbot.records.retention import apply
from config.errors import FundstelleError

if TYPE_CHECKING:
    from chatbot.bootstrap import Product

_HOUR_S = 3600.0
_DAY_S = 24 * _HOUR_S
_LOOK_S = 60.0


def keep_records(built: "Product", ended: threading.Event) -> None:
    """Write heads as often as the settings say, and apply the retention once a day, until the event is set.

    Args:
        built: whose records are kept.
        ended: set when the page is not served any more.
    """
    log = logging.getLogger(__name__)
    hours = built.settings.audit.heads_hours
    next_head = _last_head(built) + hours * _HOUR_S
    next_retention = time.time()
    while not ended.wait(_LOOK_S):
        try:
            if hours and time.time() >= next_head:
                next_head = time.time() + hours * _HOUR_S
                write_checkpoint(built.database, built.settings.audit, built.checkpoints_file)
            if time.time() >= next_retention and built.policy.is_settled():
                next_retention = time.time() + _DAY_S
                built.records.close_lost()
                days = built.policy.current().records.retention_days
                apply(built.database, built.vault, days, datetime.now(UTC))
        except FundstelleError as error:  # the operator reads it, and the next time is not far
            log.warning("%s", error)
        except Exception:  # a database that restarts must not end these duties for good
            log.exception("the duties for the records failed")


def _last_head(built: "Product") -> float:
    """When the last head was written, in seconds since 1970; 0 without one."""
    try:
        return built.checkpoints_file.stat().st_mtime
    except OSError:
        return 0.0
