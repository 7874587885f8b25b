from pathlib import Path

import pytest
from rich.console import Console

from tests.wenzheng.test_serve import settings
from wenzheng import serving
from wenzheng.problems import SetupProblem


def test_a_broken_database_file_is_named_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "wenzheng.db").write_bytes(b"this is no database" * 100)
    with pytest.raises(SetupProblem, match=r"cannot be opened.*wenzheng\.db"):
        serving.prepare_database(settings(tmp_path), Console())


def test_a_database_that_does_not_answer_is_named_without_its_password(tmp_path: Path) -> None:
    address = "postgresql://someone:hunter2@127.0.0.1:1/none"
    with pytest.raises(SetupProblem, match="cannot be opened") as problem:
        serving.prepare_database(settings(tmp_path, DATABASE_URL=address), Console())
    assert "hunter2" not in str(problem.value)


def test_a_command_before_the_first_start_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(SetupProblem, match="make serve"):
        serving.open_prepared(settings(tmp_path))


def test_the_clock_of_all_processes_starts_once(tmp_path: Path) -> None:
    chosen = serving.with_clock(settings(tmp_path, WENZHENG_CLOCK="2030-02-03T09:00:00+08:00"))
    assert chosen.clock_started is not None
    assert serving.with_clock(chosen).clock_started == chosen.clock_started
