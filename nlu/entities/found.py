"""What every extractor returns."""

from typing import Iterable, List, NamedTuple, Union


class Found(NamedTuple):
    """An entity in the normalised text: half-open span, kind as in the contract, normalised value."""

    start: int
    end: int
    kind: str
    value: Union[str, int, float]


def longest(found: Iterable[Found]) -> List[Found]:
    """Keep the longest of overlapping entities (of equally long ones the first given), in the order of the text."""
    kept: List[Found] = []
    for candidate in sorted(found, key=lambda entity: entity.start - entity.end):
        if all(candidate.end <= other.start or other.end <= candidate.start for other in kept):
            kept.append(candidate)
    return sorted(kept)
