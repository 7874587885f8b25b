from datetime import date, datetime, timedelta

import pytest

from nlu.clock import CITY_ZONE, today


def test_without_a_setting_it_is_today_in_the_city(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WENZHENG_CLOCK", raising=False)
    assert abs(today() - datetime.now(CITY_ZONE).date()) <= timedelta(days=1)


def test_a_set_clock_has_run_on_since_it_was_started(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WENZHENG_CLOCK", "2026-11-23T09:30:00+08:00")
    monkeypatch.setenv("WENZHENG_CLOCK_STARTED", datetime.now(CITY_ZONE).isoformat())
    assert today() == date(2026, 11, 23)
    started = datetime.now(CITY_ZONE) - timedelta(days=2)
    monkeypatch.setenv("WENZHENG_CLOCK_STARTED", started.isoformat())
    assert today() == date(2026, 11, 25)


def test_the_day_is_the_citys(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WENZHENG_CLOCK", "2026-11-23T20:00:00+00:00")
    monkeypatch.setenv("WENZHENG_CLOCK_STARTED", datetime.now(CITY_ZONE).isoformat())
    assert today() == date(2026, 11, 24)
