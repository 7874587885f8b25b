"""Starting the web server."""

import socket

import pytest

import bot.__main__ as started
from wenzheng import logs


def test_a_port_in_use_is_one_clear_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(logs, "configure", lambda process: None)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        monkeypatch.setenv("PORT", str(port))
        monkeypatch.setenv("WENZHENG_HOST", "127.0.0.1")
        assert started.main() == 1
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert f"127.0.0.1:{port}" in said
    assert "PORT" in said


def test_a_free_port_is_taken() -> None:
    with started.listen("127.0.0.1", 0) as listener:
        assert listener.getsockname()[0] == "127.0.0.1"
