import re
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from pydantic import ValidationError

from wenzheng.settings import ROOT, Settings


def settings(**values: object) -> Settings:
    return Settings.model_validate(values)


def test_the_readme_tells_every_setting_as_it_is() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    table = dict(re.findall(r"^\| `(\w+)` \| .*? \| (.+?) \|$", readme, re.M))
    told = {str(info.alias): info.description for info in Settings.model_fields.values()}
    assert table == told


def test_links_start_with_the_public_address() -> None:
    assert settings(PORT=9000).base_url == "http://localhost:9000"
    assert settings(WENZHENG_PUBLIC_URL="https://wz.example/").base_url == "https://wz.example"


def test_the_database_is_a_file_in_the_data_folder_unless_set(tmp_path: Path) -> None:
    assert settings(WENZHENG_DATA=tmp_path, DATABASE_URL="").database == f"sqlite:///{tmp_path}/wenzheng.db"
    assert settings(DATABASE_URL="postgresql://db/x").database == "postgresql://db/x"


def test_keys_are_split_and_blanks_dropped() -> None:
    assert settings(WENZHENG_API_KEYS=" a, ,b ").keys == {"a", "b"}


def test_a_set_clock_runs_on_from_its_instant() -> None:
    start = datetime.fromisoformat("2030-02-03T09:00:00+08:00")
    assert timedelta(0) <= settings(WENZHENG_CLOCK=start).clock() - start < timedelta(minutes=1)


def test_a_clock_without_an_offset_is_refused() -> None:
    with pytest.raises(ValidationError, match="UTC offset"):
        settings(WENZHENG_CLOCK="2030-02-03T09:00:00")


def test_settings_cannot_be_changed() -> None:
    with pytest.raises(ValidationError):
        settings().port = 1  # type: ignore[misc]


def test_secrets_do_not_show() -> None:
    assert "hunter2" not in repr(settings(WENZHENG_SECRET="hunter2", WENZHENG_RASA_TOKEN="hunter2"))
