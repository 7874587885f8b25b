"""What the tests of Rasa's components share; they run in Rasa's own environment (Python 3.10)."""

import asyncio
import inspect
import json
import os
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")
os.environ.setdefault("SQLALCHEMY_SILENCE_UBER_WARNING", "1")

from nlu.entities.extractor import Extractor  # noqa: E402
from nlu.entities.names_index import NamesFile, NamesIndex  # noqa: E402

TODAY = date(2026, 11, 23)
"""A Monday."""

NAMES: dict[str, list[dict[str, Any]]] = {
    "district": [
        {"name": "东湖区", "aliases": ["东湖", "donghu", "Donghu District"]},
        {"name": "西岭区", "aliases": ["西岭"]},
        {"name": "南港区", "aliases": ["南港", "nangang"]},
        {"name": "澜江新区", "aliases": ["澜江"]},
        {"name": "青禾县", "aliases": []},
    ],
    "hospital": [
        {"name": "安澜市协和医院", "aliases": ["协和医院"]},
        {"name": "安澜市第一人民医院", "aliases": ["市一医院"]},
        {"name": "安澜市第二人民医院", "aliases": []},
        {"name": "东湖区中医院", "aliases": []},
    ],
    "doctor": [{"name": "李明华", "aliases": []}, {"name": "欧阳静", "aliases": []}],
    "drug": [
        {"name": "阿莫西林", "aliases": ["amoxicillin"]},
        {"name": "对乙酰氨基酚", "aliases": ["扑热息痛", "paracetamol"]},
        {"name": "布洛芬", "aliases": ["ibuprofen"]},
    ],
    "occupation": [
        {"name": "电工", "aliases": ["electrician"]},
        {"name": "英语教师", "aliases": ["英语老师", "English teacher"]},
        {"name": "会计", "aliases": ["accountant"]},
        {"name": "销售", "aliases": ["sales"]},
    ],
    "leader": [{"name": "市长", "aliases": ["mayor"]}, {"name": "市教育局局长", "aliases": ["教育局局长"]}],
    "department": [
        {"name": "市教育局", "aliases": ["教育局"]},
        {"name": "市人力资源和社会保障局", "aliases": ["人社局"]},
    ],
}


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> bool | None:
    """Run asynchronous tests; Rasa's environment holds no plugin for it."""
    if not inspect.iscoroutinefunction(pyfuncitem.obj):
        return None
    wanted = inspect.signature(pyfuncitem.obj).parameters
    asyncio.run(pyfuncitem.obj(**{name: pyfuncitem.funcargs[name] for name in wanted}))
    return True


@pytest.fixture(scope="session")
def index() -> NamesIndex:
    """The names of a small city."""
    return NamesIndex.of(NAMES)


@pytest.fixture
def names_file(tmp_path: Path) -> Path:
    """The names of a small city as a file."""
    path = tmp_path / "names.json"
    path.write_text(json.dumps({"names": NAMES}, ensure_ascii=False), encoding="utf-8")
    return path


@pytest.fixture
def extract(names_file: Path) -> Callable[[str], list[tuple[str, str, Any]]]:
    """Return what is found in a text: the words as typed, the kind, the value."""
    extractor = Extractor(NamesFile(names_file), lambda: TODAY)

    def run(text: str) -> list[tuple[str, str, Any]]:
        found = extractor.extract(text)
        return [(text[entity["start"] : entity["end"]], entity["entity"], entity["value"]) for entity in found]

    return run
