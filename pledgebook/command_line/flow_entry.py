"""What `flows` offers, found by its entry point: this package imports no flow."""

from __future__ import annotations

import os
from collections.abc import Callable
from importlib.metadata import entry_points
from typing import Any

from pledgebook.garbage import not_collected

# Prefect reads these when it is imported: one line from us says more than its log and tracebacks, and nothing may call home.
_PREFECT = {
    "PREFECT_LOGGING_LEVEL": "CRITICAL",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "120",
}


def flow_entry(name: str, **settings: str) -> Callable[..., Any]:
    """What `flows` offers under a name; `settings` are for Prefect where the environment has none."""
    for setting, value in (_PREFECT | settings).items():
        os.environ.setdefault(setting, value)
    (entry,) = entry_points(group="pledgebook.flows", name=name)
    with not_collected():
        loaded: Callable[..., Any] = entry.load()
    return loaded
