"""What is done for the records while the page is served: writing checkpoints, and removing by retention."""

import logging
import threading
import time
from datetime import UTC, datetime
from pathlib import Path

from chatbot.records.checkpoints import write_checkpoint
from chatbot.records.retention import apply
from chatbot.records.services import RecordServices
from config.errors import FundstelleError
from ingest.db.leases import Lease, Leases

_HOUR_S = 3600.0
_DAY_S = 24 * _HOUR_S
_LOOK_S = 60.0


def keep_records(services: RecordServices, leases: Leases, ended: threading.Event) -> None:
    """Write checkpoints as often as the settings say, and apply the retention once a day, until the event is set.

    Of several processes one does it; another one goes on where it ends.

    Args:
        services: that keep the records.
        leases: say whose duty it is.
        ended: set when the page is not served any more.
    """
    for lease in leases.duty("housekeeping", ended):
        _keep(services, lease, ended)


def _keep(services: RecordServices, lease: Lease, ended: threading.Event) -> None:
    log = logging.getLogger(__name__)
    hours = services.settings.heads_hours
    next_checkpoint = _last_checkpoint(services.checkpoints_file) + hours * _HOUR_S
    next_retention = time.time()
    while not ended.wait(_LOOK_S) and lease.is_held():
        try:
            if hours and time.time() >= next_checkpoint:
                next_checkpoint = time.time() + hours * _HOUR_S
                write_checkpoint(services.database, services.settings, services.checkpoints_file)
            if time.time() >= next_retention and services.policy.is_settled():
                next_retention = time.time() + _DAY_S
                services.records.close_lost()
                days = services.policy.current().records.retention_days
                apply(services.database, services.vault, services.drawings.cache, days, datetime.now(UTC))
        except FundstelleError as error:  # the operator reads it, and the next time is not far
            log.warning("%s", error)
        except Exception:  # a database that restarts must not end these duties for good
            log.exception("the duties for the records failed")


def _last_checkpoint(file: Path) -> float:
    """When the last checkpoint was written, in seconds since 1970; 0 without one."""
    try:
        return file.stat().st_mtime
    except OSError:
        return 0.0
