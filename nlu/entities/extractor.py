"""All entities of a message, pointing into the text as it was typed."""

from datetime import date
from typing import Any, Callable, Dict, List, Optional

from nlu.clock import today
from nlu.entities.codes import find_codes
from nlu.entities.dates import find_dates
from nlu.entities.doctors import find_doctors
from nlu.entities.found import Found, longest
from nlu.entities.kinds import find_kinds
from nlu.entities.money import find_money
from nlu.entities.names import find_names
from nlu.entities.names_index import NamesFile, NamesIndex
from nlu.entities.periods import find_periods
from nlu.text import Normalised, normalise


class Extractor:
    """Finds entities; knows the city's names and the date."""

    def __init__(self, names: Optional[NamesFile] = None, clock: Callable[[], date] = today) -> None:
        self._names = names or NamesFile()
        self._clock = clock

    def extract(self, text: str) -> List[Dict[str, Any]]:
        """Return the entities of a text in order, none overlapping: start, end, entity, value."""
        normalised = normalise(text)
        entities = []
        for found in longest(self._found(text, normalised)):
            start, end = normalised.original_span(found.start, found.end)
            entities.append({"start": start, "end": end, "entity": found.kind, "value": found.value})
        return entities

    def _found(self, original: str, normalised: Normalised) -> List[Found]:
        text = normalised.text
        index: NamesIndex = self._names.index()
        found = find_codes(text, original, normalised.original_span)
        day = self._clock()
        found += find_dates(text, day)
        found += find_periods(text, day)
        found += find_money(text)
        found += find_names(text, index)
        found += find_doctors(text, index)
        return found + find_kinds(text)
