from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu.entities.extractor import Extractor
from nlu.entities.found import Found, longest

Extract = Callable[[str], list[tuple[str, str, Any]]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "东胡区七千往上的电工",
            [("东胡区", "district", "东湖区"), ("七千", "money", 7000), ("电工", "occupation", "电工")],
        ),
        ("我要报上个季度的增值税", [("上个季度", "period", "2026-07-01/2026-09-30"), ("增值税", "tax_kind", "vat")]),
        ("上个月底离职的", [("上个月底", "date", "2026-10-31")]),
        ("😀去東湖區看看", [("東湖區", "district", "东湖区")]),
        ("給教育局局长寫信，諮詢一下", [("教育局局长", "leader", "市教育局局长"), ("諮詢", "letter_kind", "question")]),
        ("min 12k in Nangang", [("12k", "money", 12000), ("Nangang", "district", "南港区")]),
    ],
)
def test_entities_point_into_the_text_as_typed(text: str, expected: list[Any], extract: Extract) -> None:
    assert extract(text) == expected


@given(st.text(max_size=100))
def test_entities_never_overlap_and_no_text_raises(text: str) -> None:
    entities = Extractor().extract(text)
    for entity in entities:
        assert 0 <= entity["start"] < entity["end"] <= len(text)
    for one, other in pairwise(entities):
        assert one["end"] <= other["start"]


def test_the_longest_of_overlapping_entities_is_kept() -> None:
    short, long = Found(2, 4, "district", "东湖区"), Found(2, 8, "hospital", "东湖区中医院")
    assert longest([short, long, Found(9, 10, "date", "x")]) == [long, Found(9, 10, "date", "x")]
