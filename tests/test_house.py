"""The house: an area is one name that runs through every folder; every intent is taught, ruled and acted on."""

import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent
ALIVE = {"employment", "medical", "identity"}
LATER = {"social", "tax", "licences", "business", "education", "tickets", "policies"}
CONVERSATION = {"general"}
INTERNAL = {"signed_in"}
PLACES = {
    "conversation": ("data/nlu/{}.yml", "data/rules/{}.yml", "domain/{}.yml"),
    "records": (
        "actions/{}.py",
        "backoffice/{}/tables.py",
        "backoffice/{}/service.py",
        "backoffice/{}/demo.py",
        "tests/actions/test_{}.py",
        "tests/backoffice/{}",
        "tests/nlu/held_out/{}.yml",
    ),
}


def load(path: Path) -> dict[str, Any]:
    return dict(yaml.safe_load(path.read_text(encoding="utf-8")))


def domains() -> dict[str, dict[str, Any]]:
    return {file.stem: load(file) for file in sorted((ROOT / "domain").glob("*.yml"))}


def intents(domain: dict[str, Any]) -> set[str]:
    return {intent if isinstance(intent, str) else next(iter(intent)) for intent in domain["intents"]}


def examples() -> dict[str, list[str]]:
    taught: dict[str, list[str]] = {}
    for file in sorted((ROOT / "data" / "nlu").glob("*.yml")):
        for entry in load(file)["nlu"]:
            lines = [line[2:] for line in entry["examples"].splitlines() if line.startswith("- ")]
            taught.setdefault(entry["intent"], []).extend(lines)
    return taught


@pytest.mark.parametrize("area", sorted(ALIVE | LATER | CONVERSATION))
def test_an_area_stands_in_every_place(area: str) -> None:
    places = PLACES["conversation"] + (PLACES["records"] if area in ALIVE else ())
    assert [place for place in (place.format(area) for place in places) if not (ROOT / place).exists()] == []


def test_no_area_is_unknown() -> None:
    assert set(domains()) == ALIVE | LATER | CONVERSATION


@pytest.mark.parametrize("area", sorted(domains()))
def test_every_intent_is_taught_enough(area: str) -> None:
    taught = examples()
    zh, en = (30, 8) if area in ALIVE | CONVERSATION else (15, 4)
    few = {}
    for intent in intents(domains()[area]) - INTERNAL:
        chinese = [line for line in taught.get(intent, []) if re.search(r"[\u4e00-\u9fff]", line)]
        english = len(taught.get(intent, [])) - len(chinese)
        if len(chinese) < zh or english < en:
            few[intent] = (len(chinese), english)
    assert few == {}


def test_every_intent_has_a_rule_to_an_action_that_is_in_the_domain() -> None:
    actions = {action for domain in domains().values() for action in domain.get("actions", [])}
    ruled = {}
    for file in (ROOT / "data" / "rules").glob("*.yml"):
        for rule in load(file)["rules"]:
            ruled[rule["steps"][0]["intent"]] = rule["steps"][1]["action"]
    declared = {intent for domain in domains().values() for intent in intents(domain)}
    assert declared - ruled.keys() == set()
    assert set(ruled.values()) == actions


def test_training_and_held_out_utterances_hold_no_personal_number() -> None:
    files = [*(ROOT / "data" / "nlu").glob("*.yml"), *(ROOT / "tests" / "nlu" / "held_out").glob("*.yml")]
    assert files
    found = {file.name for file in files if re.search(r"(?<!\d)\d{17}[\dXx](?![0-9A-Za-z])", file.read_text())}
    assert found <= set(), found


def test_lock_files_and_texts_name_no_private_host_or_path() -> None:
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()
    text = [
        ROOT / name for name in tracked if Path(name).suffix in {".md", ".json", ".py", ".toml", ".yml", ".lock", ""}
    ]
    assert text
    forbidden = re.compile(r"/work/(main|shared)|/root/|/opt/(pypi|wheels)")
    this = Path(__file__)
    assert [str(file) for file in text if file != this and forbidden.search(file.read_text(errors="replace"))] == []
