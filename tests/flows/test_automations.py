"""The automations of a file stand on the server, once, however often they are put there."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from prefect.blocks.webhook import Webhook
from prefect.client.orchestration import get_client

from flows.automations import upsert
from pledgebook.sources.errors import WrongUse

ROOT = Path(__file__).parents[2]
TRIGGER = {"type": "event", "expect": ["prefect.flow-run.Failed"], "posture": "Reactive", "threshold": 1}


def standing() -> dict[str, Any]:
    with get_client(sync_client=True) as client:
        return {str(automation.id): automation for automation in client.read_automations()}


def written(path: Path, **action: str) -> Path:
    automation = {"name": "tell-the-chat", "trigger": TRIGGER, "actions": [action]}
    path.write_text(yaml.safe_dump({"automations": [automation]}), "utf-8")
    return path


def test_the_projects_automations_can_be_put_there_twice(prefect_server: None) -> None:
    upsert(ROOT / "deploy" / "automations.yaml")
    first = standing()
    upsert(ROOT / "deploy" / "automations.yaml")
    assert standing() == first
    assert "pledgebook-dead-runs" in {automation.name for automation in first.values()}


def test_a_block_is_found_by_its_name_and_a_changed_file_changes_what_stands(
    prefect_server: None, tmp_path: Path
) -> None:
    block = Webhook(url="http://127.0.0.1:9/told").save("chat")
    upsert(written(tmp_path / "chat.yaml", type="call-webhook", block="webhook/chat", payload="one"))
    ((number, automation),) = [item for item in standing().items() if item[1].name == "tell-the-chat"]
    assert automation.actions[0].block_document_id == block
    upsert(written(tmp_path / "chat.yaml", type="call-webhook", block="webhook/chat", payload="other"))
    assert standing()[number].actions[0].payload == "other"


def test_a_block_that_is_not_there_is_named(prefect_server: None, tmp_path: Path) -> None:
    with pytest.raises(WrongUse, match="no block webhook/nowhere; save it first"):
        upsert(written(tmp_path / "nowhere.yaml", type="call-webhook", block="webhook/nowhere"))
