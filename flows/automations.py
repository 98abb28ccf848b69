"""Put the automations of a file on the Prefect server: `python -m flows.automations deploy/automations.yaml`.

An automation is known by its name: one that is there already is changed, so that a second run leaves all as it is.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import yaml
from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.events.schemas.automations import AutomationCore
from prefect.exceptions import ObjectNotFound

from pledgebook.sources.errors import WrongUse


def upsert(path: Path) -> None:
    """Make or change every automation of a file. Raises WrongUse when one names a block that is not saved."""
    with get_client(sync_client=True) as client:
        for told in yaml.safe_load(path.read_text("utf-8"))["automations"]:
            actions = [with_block(client, action, path) for action in told["actions"]]
            automation = AutomationCore.model_validate({**told, "actions": actions})
            known = client.read_automations_by_name(automation.name)
            if known:
                client.update_automation(known[0].id, automation)
            else:
                client.create_automation(automation)


def with_block(client: SyncPrefectClient, action: dict[str, Any], path: Path) -> dict[str, Any]:
    """The action with the id of the block that it names, which Prefect gave it when it was saved."""
    if "block" not in action:
        return action
    kind, _, name = action["block"].partition("/")
    try:
        block = client.read_block_document_by_name(name, kind)
    except ObjectNotFound as error:
        raise WrongUse(f"{path}: there is no block {action['block']}; save it first, on the page Blocks") from error
    rest = {key: value for key, value in action.items() if key != "block"}
    return {**rest, "block_document_id": block.id}


if __name__ == "__main__":
    upsert(Path(sys.argv[1]))
