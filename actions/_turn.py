"""One message of a citizen as the handlers see it, and the reply they give."""

from collections.abc import Iterable, Mapping
from copy import copy
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cached_property
from typing import TYPE_CHECKING, Any

from actions._services import Services, texts
from actions._words import Mention, language_of, mention, plain
from wenzheng.texts import LANGUAGES, Language

if TYPE_CHECKING:
    from backoffice.identity.access import Asker
    from backoffice.identity.service import Resident
    from knowledge import City

LONGEST = 2000
"""Characters of a message that are looked at."""


@dataclass(frozen=True)
class Reply:
    """One message: ``text`` is complete in itself; ``custom`` says the same for a page (docs/architecture.md).

    ``slots`` are the slots that change. ``topic`` is what is talked about from now on; ``None`` leaves it as it was.
    """

    text: str
    custom: Mapping[str, Any] | None = None
    buttons: tuple[Mapping[str, str], ...] = ()
    slots: Mapping[str, Any] = field(default_factory=dict)
    topic: str | None = None


def button(title: str, payload: str) -> dict[str, str]:
    """Make a button; the payload is what is said on the citizen's behalf."""
    return {"title": title, "payload": payload}


class Turn:
    """A message with its intent, entities and slots, who is asking, and the services to answer it with."""

    def __init__(self, state: Mapping[str, Any], services: Services) -> None:
        """Read the tracker's state as Rasa sends it; missing or odd parts count as absent."""
        message = state.get("latest_message") or {}
        self.services = services
        self.conversation_id = str(state.get("sender_id") or "")
        self.slots: dict[str, Any] = dict(state.get("slots") or {})
        self.raw = str(message.get("text") or "")[:LONGEST]
        self.text = plain(self.raw)
        intent = message.get("intent") or {}
        self.intent = str(intent.get("name") or "nlu_fallback")
        self.confidence = float(intent.get("confidence") or 0.0)
        self.ranking = [str(one.get("name")) for one in message.get("intent_ranking") or []]
        self.entities = list(self._mentions(message.get("entities") or []))
        self.language: Language = self._language(message.get("metadata") or {})

    def _mentions(self, entities: Iterable[Mapping[str, Any]]) -> Iterable[Mention]:
        for entity in entities:
            start, end = entity.get("start"), entity.get("end")
            if (
                isinstance(start, int)
                and isinstance(end, int)
                and 0 <= start <= end
                and entity.get("value") is not None
            ):
                yield mention(str(entity.get("entity")), entity["value"], self.text, start, min(end, len(self.text)))

    def _language(self, metadata: Mapping[str, Any]) -> Language:
        spoken = self.slots.get("language")
        spoken = spoken if spoken in LANGUAGES else None
        preferred: Language = "en" if metadata.get("language") == "en" else "zh"
        return language_of(self.raw, spoken) or spoken or preferred

    def asking_again(self, intent: str, entities: list[Mention]) -> "Turn":
        """Return this turn as an earlier question: its intent and values in the place of what was typed now."""
        again = copy(self)
        again.raw = again.text = ""
        again.intent, again.entities, again.confidence = intent, entities, 1.0
        return again

    # -- what was said

    def all(self, kind: str) -> list[Mention]:
        """Return the entities of a kind, in the order of the text."""
        return [one for one in self.entities if one.kind == kind]

    def value(self, kind: str) -> Any:
        """Return the last value of a kind that is not denied, or ``None``."""
        kept = [one.value for one in self.all(kind) if not one.negated]
        return kept[-1] if kept else None

    def amounts(self) -> list[Mention]:
        """Return the amounts of money with their values as decimals; unreadable and non-positive ones are left out."""
        found = []
        for one in self.all("money"):
            amount = decimal_of(one.value)
            if amount is not None and amount > 0:
                found.append(Mention("money", amount, one.start, one.end, one.negated))
        return found

    def period(self) -> tuple[date, date] | None:
        """Return the period or single day that was said, both days included."""
        return period_of(self.value("period")) or period_of(self.value("date"))

    @property
    def topic(self) -> str | None:
        """What is talked about, or ``None``."""
        return self.slots.get("topic")

    # -- who and where

    @cached_property
    def resident(self) -> "Resident | None":
        """Who is signed in in this conversation."""
        return self.services.backoffice.identity.resident_for(self.conversation_id)

    def asker(self, resident: "Resident", why: str) -> "Asker":
        """Return who asks for a record, and why, for the access log."""
        from backoffice.identity.access import Asker

        return Asker(resident.id, None, self.conversation_id, why)

    @property
    def city(self) -> "City":
        """The city that is served."""
        return self.services.backoffice.city

    @cached_property
    def occupations_en(self) -> dict[str, str]:
        """The English names of the occupations."""
        return {one.name: one.en or one.name for one in self.services.backoffice.employment.occupations()}

    @property
    def today(self) -> date:
        """The date by the clock."""
        return self.services.backoffice.clock().date()

    # -- how to answer

    def say(self, key: str, **values: Any) -> str:
        """Return a sentence in the citizen's language."""
        return texts()(key, self.language, **values)

    def joined(self, *sentences: str) -> str:
        """Join sentences into a paragraph; in Chinese none stands between them, in English a space."""
        return self.pick("", " ").join(sentence for sentence in sentences if sentence)

    def pick(self, zh: str, en: str) -> str:
        """Return the one of two forms of a name that fits the citizen's language."""
        return en if self.language == "en" and en else zh


def decimal_of(value: Any) -> Decimal | None:
    """Return an amount as a decimal with two places, or ``None`` where it is none."""
    try:
        amount = Decimal(str(value))
        return amount.quantize(Decimal("0.01")) if amount.is_finite() else None
    except (InvalidOperation, ValueError):
        return None


def period_of(value: Any) -> tuple[date, date] | None:
    """Return an ISO 8601 interval or day as its first and last day, or ``None`` where it is none."""
    first, _, last = str(value or "").partition("/")
    try:
        span = date.fromisoformat(first), date.fromisoformat(last or first)
    except ValueError:
        return None
    return span if span[0] <= span[1] else None
