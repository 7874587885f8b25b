"""What is read from plain text beside the entities."""

import inspect
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions import parse
from actions._emergency import emergency_in
from actions._words import Mention, is_negated, language_of, plain, size_of_rest

PIECES = st.sampled_from(
    [
        *(
            "三级",
            "二级",
            "不是",
            "退休",
            "没",
            "职工",
            "居民",
            "医保",
            "中专",
            "学历",
            "不限",
            "区",
            "工资",
            "自费",
            "八千",
        ),
        *(
            "，",
            "。",
            "更多",
            "博士",
            "高中",
            "老师",
            "着火",
            "自杀",
            "any",
            "district",
            "bachelor",
            "not",
            "level",
            "3",
        ),
    ]
)
TEXTS = st.one_of(
    st.text(max_size=60), st.lists(PIECES, max_size=12).map("".join), st.lists(PIECES, max_size=8).map(" ".join)
)


def values(mentions: list[Mention]) -> list[object]:
    return [one.value for one in mentions if not one.negated]


@given(TEXTS)
def test_nothing_raises_and_spans_lie_in_the_text(text: str) -> None:
    folded = plain(text)
    assert len(folded) == len(text)
    readers = [
        function
        for _, function in inspect.getmembers(parse, inspect.isfunction)
        if function.__module__ == "actions.parse"
    ]
    assert len(readers) > 10
    for reader in readers:
        if list(inspect.signature(reader).parameters) == ["text"]:
            found = reader(folded)
            if isinstance(found, list):
                assert all(0 <= one.start < one.end <= len(folded) for one in found)
    emergency_in(folded)
    language_of(text)
    assert size_of_rest(folded, []) >= 0


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("中专学历能去的", "vocational"),
        ("我是大专毕业", "college"),
        ("本科", "bachelor"),
        ("大学本科学历", "bachelor"),
        ("高中文化", "secondary"),
        ("职业高中", "vocational"),
        ("初中毕业", "junior"),
        ("小学文化", "none"),
        ("没有学历", "none"),
        ("初中没毕业能应聘啥岗位", "none"),
        ("硕士研究生", "master"),
        ("博士研究生", "doctor"),
        ("i have a bachelor", "bachelor"),
        ("with a master's degree", "master"),
        ("phd", "doctor"),
        ("high school", "secondary"),
        ("不是本科，是大专", "college"),
    ],
)
def test_schooling(text: str, level: str) -> None:
    assert values(parse.schooling(text)) == [level]


@pytest.mark.parametrize("text", ["找个高中老师的工作", "小学附近", "初中数学老师", "high school teacher", "本市"])
def test_a_school_is_no_schooling(text: str) -> None:
    assert parse.schooling(text) == []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("算了区不限了", ["district"]),
        ("哪个区都行", ["district"]),
        ("工资无所谓", ["salary_min"]),
        ("学历不限", ["schooling"]),
        ("不限学历，工资也随便", ["salary_min", "schooling"]),
        ("any district is fine", ["district"]),
        ("district doesn't matter", ["district"]),
        ("drop the salary", ["salary_min"]),
        ("anywhere", ["district"]),
        ("工种不限了", ["occupation"]),
        ("东湖区的", []),
        ("工资七千", []),
    ],
)
def test_dropped_conditions(text: str, names: list[str]) -> None:
    assert sorted({one.value for one in parse.relaxed(text)}) == names


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("三甲医院", 3),
        ("要是二级医院呢", 2),
        ("社区卫生服务中心", 1),
        ("level 3 hospital", 3),
        ("a tertiary hospital", 3),
        ("level two", 2),
        ("不是三级，是二级", 2),
        ("镇卫生院", 1),
    ],
)
def test_hospital_level(text: str, level: int) -> None:
    assert values(parse.hospital_level(text)) == [level]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("职工医保", "employee"),
        ("居民医保", "resident"),
        ("新农合", "resident"),
        ("employee insurance", "employee"),
        ("resident scheme", "resident"),
        ("单位交的医保", "employee"),
    ],
)
def test_insurance_type(text: str, kind: str) -> None:
    assert values(parse.insurance_type(text)) == [kind]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("已经退休了", True),
        ("还没退休", False),
        ("在职", False),
        ("retired", True),
        ("not retired", False),
        ("三级医院", None),
    ],
)
def test_retired(text: str, expected: bool | None) -> None:
    found = values(parse.retired(text))
    assert (found[-1] if found else None) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("里面有八千是自费药", "八千"),
        ("总共九万二，里头自费药一万", "一万"),
        ("总共九万二里头自费药一万", "一万"),
        ("自费的有八千", "八千"),
        ("一共三万五，没有自费", None),
        ("35000 in total, 8000 of that is self-paid", "8000"),
        ("一共三万五", None),
    ],
)
def test_which_amount_is_self_paid(text: str, expected: str | None) -> None:
    written = [word for word in ("八千", "九万二", "一万", "三万五", "35000", "8000") if word in text]
    money = [Mention("money", Decimal(1), text.index(word), text.index(word) + len(word)) for word in written]
    found = parse.self_paid_of(text, money)
    assert (text[found.start : found.end] if found else None) == expected


@pytest.mark.parametrize("text", ["更多", "还有吗", "下一页", "show more", "more please", "还有没有别的"])
def test_more(text: str) -> None:
    assert parse.more(text)


@pytest.mark.parametrize("text", ["工资再高一点", "还有一件事要问", "more than 7000"])
def test_not_more(text: str) -> None:
    assert parse.more(text) == []


@pytest.mark.parametrize(
    ("text", "word", "negated"),
    [
        ("不是东湖，是南港", "东湖", True),
        ("不是东湖，是南港", "南港", False),
        ("nangang not donghu", "donghu", True),
        ("nangang not donghu", "nangang", False),
        ("东湖不要", "东湖", True),
        ("不要东湖的", "东湖", True),
        ("东湖那边的", "东湖", False),
        ("东湖太远了", "东湖", True),
        ("是不是东湖", "东湖", False),
    ],
)
def test_what_is_denied(text: str, word: str, negated: bool) -> None:
    start = text.index(word)
    assert is_negated(text, start, start + len(word)) is negated


@pytest.mark.parametrize(
    ("text", "spoken", "language"),
    [
        ("找个电工的活", None, "zh"),
        ("find a job", None, "en"),
        ("is 王丽 a licensed doctor", None, "en"),
        ("1.2w的话呢", None, "zh"),
        ("12000", "en", None),
        ("/signed_in", "zh", None),
        ("donghu", "zh", "zh"),
        ("thanks", None, "en"),
        ("〔id_number:k3f9x2ab〕", None, None),
        ("", None, None),
    ],
)
def test_language(text: str, spoken: str | None, language: str | None) -> None:
    assert language_of(text, spoken) == language  # type: ignore[arg-type]
