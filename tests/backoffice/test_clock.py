from datetime import datetime, timedelta

import pytest

from backoffice.clock import CITY_ZONE, ShiftedClock, system_clock


def test_the_time_is_aware_and_the_citys() -> None:
    assert system_clock().utcoffset() == timedelta(hours=8)


def test_a_shifted_clock_runs_on_from_its_instant() -> None:
    start = datetime(2026, 11, 23, 9, 30, tzinfo=CITY_ZONE)
    clock = ShiftedClock.starting_at(start)
    assert start <= clock() < start + timedelta(seconds=5)


def test_processes_started_later_show_the_same_time() -> None:
    start, started = datetime(2030, 1, 1, tzinfo=CITY_ZONE), system_clock() - timedelta(hours=1)
    assert abs(ShiftedClock.starting_at(start, started)() - start - timedelta(hours=1)) < timedelta(seconds=5)


def test_an_instant_without_offset_is_refused() -> None:
    with pytest.raises(ValueError, match="UTC offset"):
        ShiftedClock.starting_at(datetime(2026, 1, 1))  # noqa: DTZ001
