"""Tracker store that keeps live trackers in memory, short, and only their slots on disk.

Rasa's own stores write every event of a conversation at every turn and replay them all at the next, so that turn 200
takes ten times as long as turn 1; and they keep every word. Here a tracker is cut down after each turn to what the
rules need to go on: the start of the session, the slots, the open form, and that the assistant listens. What is said
is kept by the bot alone, which deletes it when its time is over.
"""

import json
from collections import OrderedDict
from pathlib import Path
from typing import Any, Dict, Iterable, List, Optional, Text

from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.constants import ACTION_LISTEN_NAME, ACTION_SESSION_START_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, ActiveLoop, Event, SessionStarted, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from nlu.slots_file import SlotsFile

MOST_LIVE = 5000


class LiveTrackerStore(TrackerStore):
    """Live trackers, the least recently used of which are dropped; their slots are read back from disk when needed."""

    def __init__(
        self,
        domain: Optional[Domain],
        event_broker: Optional[EventBroker] = None,
        path: Optional[Text] = None,
        most_live: int = MOST_LIVE,
        **kwargs: Any,
    ) -> None:
        """Open the store; ``path`` is the file of the slots (default: rasa-slots.db in the data folder)."""
        super().__init__(domain, event_broker)
        self._file = SlotsFile(Path(path) if path else None)
        self._most_live = most_live
        self._live: "OrderedDict[Text, DialogueStateTracker]" = OrderedDict()
        self._written: Dict[Text, Text] = {}

    async def retrieve(self, sender_id: Text) -> Optional[DialogueStateTracker]:
        """Hand out the live tracker, or one made from the slots on disk.

        A tracker that is handed out leaves the store until it is saved: when a turn fails half-way, the next one starts
        from what was last saved, not from the broken half.
        """
        tracker = self._live.pop(sender_id, None)
        if tracker is not None:
            return tracker
        state = self._file.read(sender_id)
        return self._restored(sender_id, state) if state is not None else None

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Cut the tracker down, keep it, and write its slots if they changed."""
        if tracker.latest_action_name == ACTION_LISTEN_NAME and tracker.events:
            self._cut(tracker)
            self._write(tracker)
        self._live[tracker.sender_id] = tracker
        self._live.move_to_end(tracker.sender_id)
        while len(self._live) > self._most_live:
            dropped, _ = self._live.popitem(last=False)
            self._written.pop(dropped, None)

    async def keys(self) -> Iterable[Text]:
        """Return the ids of all conversations."""
        return sorted({*self._live, *self._file.keys()})

    def _write(self, tracker: DialogueStateTracker) -> None:
        state = json.dumps(
            {"slots": _set_slots(tracker), "loop": tracker.active_loop_name}, ensure_ascii=False, sort_keys=True
        )
        if self._written.get(tracker.sender_id) != state:
            self._file.write(tracker.sender_id, state)
            self._written[tracker.sender_id] = state

    def _cut(self, tracker: DialogueStateTracker) -> None:
        tracker.events.clear()
        tracker.events.extend(_summary(_set_slots(tracker), tracker.active_loop_name))
        tracker.latest_message = UserUttered.empty()
        tracker.latest_bot_utterance = None

    def _restored(self, sender_id: Text, state: Dict[Text, Any]) -> DialogueStateTracker:
        known = {slot.name for slot in self.domain.slots}
        slots = {name: value for name, value in state.get("slots", {}).items() if name in known}
        loop = state.get("loop") if state.get("loop") in self.domain.form_names else None
        tracker = self.init_tracker(sender_id)
        for event in _summary(slots, loop):
            tracker.update(event, self.domain)
        return tracker


def _set_slots(tracker: DialogueStateTracker) -> Dict[Text, Any]:
    return {name: slot.value for name, slot in tracker.slots.items() if slot.value != slot.initial_value}


def _summary(slots: Dict[Text, Any], loop: Optional[Text]) -> List[Event]:
    """Return the few events from which a tracker in this state is made."""
    events: List[Event] = [ActionExecuted(ACTION_SESSION_START_NAME), SessionStarted()]
    events += [SlotSet(name, value) for name, value in slots.items()]
    if loop:
        events.append(ActiveLoop(loop))
    return [*events, ActionExecuted(ACTION_LISTEN_NAME)]
