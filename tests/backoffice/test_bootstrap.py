"""The records open as one, and do nothing at import or before they are asked."""

from datetime import datetime
from pathlib import Path

import pytest

from backoffice import bootstrap
from backoffice.clock import CITY_ZONE
from backoffice.db import Model

CITY = Path(__file__).resolve().parents[2] / "knowledge" / "city"


def clock() -> datetime:
    return datetime(2026, 11, 23, 9, 30, tzinfo=CITY_ZONE)


def test_the_records_open_as_one(tmp_path: Path) -> None:
    file = tmp_path / "records.db"
    backoffice = bootstrap.open_backoffice(f"sqlite:///{file}", clock, CITY, "secret")
    assert not file.exists()  # nothing connects before it is asked
    Model.metadata.create_all(backoffice.db.engine)
    assert backoffice.city.name == "安澜市"
    assert backoffice.identity.resident_for("chat-1") is None
    token = backoffice.vault.keep("chat-1", "phone", "19900000001")
    assert backoffice.vault.resolve("chat-1", token) == "19900000001"
    assert backoffice.outbox.latest(1) == []
    assert backoffice.medical.hospitals() == []
    assert backoffice.employment.occupations() == []
    backoffice.db.engine.dispose()


def test_a_broken_city_says_what_is_wrong(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"city\.yml"):
        bootstrap.open_backoffice("sqlite://", clock, tmp_path, "secret")
