"""Notifications by webhook: one JSON message for each thing that somebody has to know.

Where `PLEDGEBOOK_WEBHOOK` names an address, each message is posted there as `{"event": ..., "text": ...}`, with more fields by kind; the
field `text` is what chat programs show. Events: release, edited, gone, failure.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterable
from typing import Any

import httpx
from tenacity import retry, stop_after_attempt, wait_exponential_jitter

from pledgebook.releases.outcome import Outcome

_LOGGER = logging.getLogger(__name__)
_ADDRESS = "PLEDGEBOOK_WEBHOOK"
_TIMEOUT, _ATTEMPTS = 20.0, 4
_SAID = {"edited": "was edited at the source", "gone": "has left its source"}
Message = dict[str, Any]


def happened(outcome: Outcome) -> list[Message]:
    """The messages of a run that published: a new version, and each statement of it that was edited or removed at its source.

    While a gate is closed every run sees the same edits again: they are told once, with the version that holds them.
    """
    if outcome.version is None or outcome.folder is None:
        return []
    told = {
        "version": outcome.version,
        "previous": outcome.previous,
        "place": outcome.folder,
        "figures": outcome.figures,
    }
    messages: list[Message] = [{"event": "release", "text": outcome.message, **told}]
    for event, url, readout in outcome.events.select("event", "url", "readout_id").iter_rows():
        if event in _SAID:
            messages.append({"event": event, "text": f"{url} {_SAID[event]}.", "url": url, "readout_id": readout})
    return messages


def failed(run: str, why: str) -> Message:
    """The message of a run that failed."""
    return {"event": "failure", "text": f"The run {run} failed: {why}", "run": run}


def notify(messages: Iterable[Message]) -> None:
    """Post messages where the environment says, if it does. A receiver that cannot be reached is logged: the release stands all the same."""
    address = os.environ.get(_ADDRESS)
    for message in messages if address else ():
        try:
            _post(str(address), message)
        except httpx.HTTPError as error:
            _LOGGER.error(
                "%s, which %s names, did not take the message %r: %s", address, _ADDRESS, message["text"], error
            )


@retry(stop=stop_after_attempt(_ATTEMPTS), wait=wait_exponential_jitter(multiplier=0.5, max=10), reraise=True)
def _post(address: str, message: Message) -> None:
    httpx.post(address, json=message, timeout=_TIMEOUT).raise_for_status()
