"""`pledgebook serve`: the schedules, from one process."""

from __future__ import annotations

from pledgebook.command_line.flow_entry import flow_entry


def serve() -> None:
    """Run the deployments of prefect.yaml by their schedules, one run at a time, until stopped with Ctrl-C.

    Example: PLEDGEBOOK_CONTACT=me@example.org pledgebook serve
    """
    flow_entry("serve", PREFECT_LOGGING_LEVEL="INFO")()
