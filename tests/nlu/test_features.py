import pytest

from nlu.features import features


def entity(text: str, words: str, kind: str) -> dict[str, object]:
    return {"start": text.index(words), "end": text.index(words) + len(words), "entity": kind}


@pytest.mark.parametrize(
    ("text", "words", "kind", "expected"),
    [
        ("东湖那边的", "东湖", "district", {"<district>", "only", "only <district>", "<district> 那"}),
        ("1.2w的话呢", "1.2w", "money", {"<money>", "only <money>", "<money> 的"}),
        ("招电工吗", "电工", "occupation", {"nearly only <occupation>", "招 <occupation>"}),
    ],
)
def test_an_entity_counts_by_its_kind(text: str, words: str, kind: str, expected: set[str]) -> None:
    assert expected <= features(text, [entity(text, words, kind)]).keys()


def test_a_long_request_is_not_only_information() -> None:
    text = "我想在东湖找一份包吃住的长期工作"
    assert not {"only", "nearly only"} & features(text, [entity(text, "东湖", "district")]).keys()


def test_spelling_does_not_matter_and_numbers_count_by_length() -> None:
    assert features("醫保 ABC 12345") == features("医保 abc 99999")


def test_an_empty_text_has_no_features() -> None:
    assert features("") == {}
