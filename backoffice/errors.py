"""What can go wrong in the records, as the caller's edge (channel, action, command line) maps it.

An error carries a key and values, never a sentence: the edge says it in the reader's language.
"""

from typing import Any


class DomainError(Exception):
    """A request that the rules do not allow; ``key`` names the reason, ``values`` fill its sentence."""

    def __init__(self, key: str, **values: Any) -> None:
        super().__init__(key)
        self.key = key
        self.values = values


class NotAllowed(DomainError):
    """The person asking may not see or do this."""


class TooManyTries(DomainError):
    """A limit was reached; ``values['retry_after']`` is in whole seconds."""
