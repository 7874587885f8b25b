import sqlite3
import time
from pathlib import Path

import pytest
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, BotUttered, SessionStarted, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from nlu.slots_file import SlotsFile
from nlu.tracker_store import LiveTrackerStore

DOMAIN = Domain.from_dict(
    {
        "intents": ["greet"],
        "slots": {name: {"type": "any", "mappings": [{"type": "custom"}]} for name in ("district", "occupation")},
        "actions": ["action_job_search"],
    }
)
SAID = "我的腰很疼"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "slots.db"


def store_at(path: Path, most_live: int = 100) -> LiveTrackerStore:
    return LiveTrackerStore(DOMAIN, path=str(path), most_live=most_live)


async def turn(store: LiveTrackerStore, sender: str, **slots: object) -> DialogueStateTracker:
    """Do with the store what Rasa does in one turn."""
    tracker = await store.get_or_create_tracker(sender, append_action_listen=False)
    if not tracker.events:
        tracker.update_with_events([ActionExecuted("action_session_start"), SessionStarted()], DOMAIN)
        tracker.update(ActionExecuted("action_listen"))
    tracker.update(UserUttered(SAID, {"name": "greet"}), DOMAIN)
    tracker.update(ActionExecuted("action_job_search"), DOMAIN)
    tracker.update_with_events([SlotSet(name, value) for name, value in slots.items()], DOMAIN)
    tracker.update_with_events([BotUttered("好的" + SAID), ActionExecuted("action_listen")], DOMAIN)
    await store.save(tracker)
    return tracker


async def test_a_new_process_goes_on_with_the_same_slots(path: Path) -> None:
    await turn(store_at(path), "c1", occupation="电工", district="东湖区")
    other = store_at(path)
    tracker = await other.retrieve("c1")
    assert tracker is not None
    assert tracker.get_slot("occupation") == "电工"
    assert tracker.latest_action_name == "action_listen"
    assert tracker.applied_events()
    await turn(other, "c1", district=None)
    again = await store_at(path).retrieve("c1")
    assert again is not None
    assert (again.get_slot("district"), again.get_slot("occupation")) == (None, "电工")


async def test_nothing_that_was_said_reaches_the_disk_or_stays(path: Path) -> None:
    store = store_at(path)
    tracker = await turn(store, "c1", district="东湖区")
    assert SAID not in str([event.as_dict() for event in tracker.events])
    assert SAID not in str(tracker.current_state())
    with sqlite3.connect(path) as connection:
        rows = connection.execute("SELECT * FROM conversation").fetchall()
    assert len(rows) == 1
    assert SAID not in str(rows)
    assert "东湖区" in rows[0][1]


async def test_turn_200_is_as_short_as_turn_1(path: Path) -> None:
    store = store_at(path)
    first = len((await turn(store, "c1", district="东湖区", occupation="电工")).events)
    began = time.perf_counter()
    for number in range(200):
        tracker = await turn(store, "c1", occupation=f"电工{number}", district="东湖区")
    assert len(tracker.events) == first
    assert (time.perf_counter() - began) / 200 < 0.005


async def test_a_turn_that_failed_half_way_leaves_no_trace(path: Path) -> None:
    store = store_at(path)
    await turn(store, "c1", district="东湖区")
    broken = await store.retrieve("c1")
    assert broken is not None
    broken.update(SlotSet("district", "西岭区"), DOMAIN)  # and then the turn raises, nothing is saved
    tracker = await store.retrieve("c1")
    assert tracker is not None
    assert tracker.get_slot("district") == "东湖区"


async def test_only_so_many_trackers_live_and_the_others_come_back_from_disk(path: Path) -> None:
    store = store_at(path, most_live=3)
    for number in range(10):
        await turn(store, f"c{number}", district=f"区{number}")
    assert len(store._live) == 3
    first = await store.retrieve("c0")
    assert first is not None
    assert first.get_slot("district") == "区0"
    assert set(await store.keys()) == {f"c{number}" for number in range(10)}


async def test_a_slot_that_the_domain_lost_is_left_out(path: Path) -> None:
    await turn(store_at(path), "c1", district="东湖区", occupation="电工")
    smaller = Domain.from_dict({"slots": {"district": {"type": "any", "mappings": [{"type": "custom"}]}}})
    tracker = await LiveTrackerStore(smaller, path=str(path)).retrieve("c1")
    assert tracker is not None
    assert tracker.current_slot_values()["district"] == "东湖区"
    assert "occupation" not in tracker.current_slot_values()


async def test_an_unknown_conversation_is_none(path: Path) -> None:
    assert await store_at(path).retrieve("nobody") is None


def test_old_conversations_are_deleted(path: Path) -> None:
    slots = SlotsFile(path)
    slots.write("old", "{}")
    slots.write("new", "{}")
    slots._connection.execute("UPDATE conversation SET written = 0 WHERE sender_id = 'old'")
    slots.close()
    assert SlotsFile(path).keys() == ["new"]
