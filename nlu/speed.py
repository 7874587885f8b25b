"""Speed patches for Rasa 3.6.21, installed when config.yml's classifier is imported: plain ``rasa run`` has them too.

Each patch replaces one function of Rasa by one that does the same for our use, says what it saves, and can be removed
again: the tests run Rasa with and without, and docs/benchmarks.md shows each one's part. A Rasa of another version is
left as it is, with a warning.
"""

import logging
from typing import Any, Callable, Dict, Iterable, List, NamedTuple, Tuple

import rasa.version

from nlu import speed_actions, speed_turn

RASA = "3.6.21"
"""The version whose code the patches were written against."""

logger = logging.getLogger(__name__)


class Patch(NamedTuple):
    """An attribute of Rasa and what replaces it."""

    owner: Any
    attribute: str
    replacement: Any


PATCHES: Dict[str, Callable[[], List[Tuple[Any, str, Any]]]] = {
    "validator": speed_actions.compiled_validator,
    "session": speed_actions.kept_session,
    "action_call": speed_actions.small_action_call,
    "graph": speed_turn.fixed_plan,
    "debug": speed_turn.no_debug_copies,
    "rules": speed_turn.indexed_rules,
    "locks": speed_turn.quick_locks,
}
"""What makes each patch, by name."""

_installed: Dict[str, List[Patch]] = {}


def install(names: Iterable[str] = tuple(PATCHES)) -> None:
    """Install these patches, each once."""
    if rasa.version.__version__ != RASA:
        logger.warning("speed patches are for Rasa %s, this is %s: left out", RASA, rasa.version.__version__)
        return
    for name in names:
        if name in _installed:
            continue
        originals = []
        for owner, attribute, replacement in PATCHES[name]():
            originals.append(Patch(owner, attribute, vars(owner)[attribute]))
            setattr(owner, attribute, replacement)
        _installed[name] = originals


def remove(names: Iterable[str] = tuple(PATCHES)) -> None:
    """Give Rasa its own functions back."""
    for name in names:
        for owner, attribute, original in reversed(_installed.pop(name, [])):
            setattr(owner, attribute, original)


def installed() -> List[str]:
    """Return the names of the patches that are in place."""
    return list(_installed)
