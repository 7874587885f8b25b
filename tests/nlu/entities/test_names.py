import json
import os
import random
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu.entities.doctors import find_doctors
from nlu.entities.found import longest
from nlu.entities.kinds import find_kinds
from nlu.entities.names import find_names
from nlu.entities.names_index import NamesFile, NamesIndex
from nlu.text import normalise


def linked(text: str, index: NamesIndex) -> list[tuple[str, str]]:
    normalised = normalise(text).text
    return [
        (entity.kind, str(entity.value))
        for entity in longest([*find_names(normalised, index), *find_doctors(normalised, index)])
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("找个电工的活", [("occupation", "电工")]),
        ("不是东湖，是南港", [("district", "东湖区"), ("district", "南港区")]),
        ("東湖區那邊的", [("district", "东湖区")]),
        ("东胡区的", [("district", "东湖区")]),
        ("东胡那边的", [("district", "东湖区")]),
        ("澜江的", [("district", "澜江新区")]),
        ("donghu district", [("district", "东湖区")]),
        ("oops i meant nan gang not donghu", [("district", "南港区"), ("district", "东湖区")]),
        ("协合医院在哪", [("hospital", "安澜市协和医院")]),
        ("第一人民医院几级", [("hospital", "安澜市第一人民医院")]),
        ("xiehe yiyuan", [("hospital", "安澜市协和医院")]),
        ("阿莫西林胶囊能报吗", [("drug", "阿莫西林")]),
        ("阿莫西淋", [("drug", "阿莫西林")]),
        ("is paracetmol covered", [("drug", "对乙酰氨基酚")]),
        ("对乙酰氨基粉片", [("drug", "对乙酰氨基酚")]),
        ("looking for english teachers", [("occupation", "英语教师")]),
        ("给教育局局长写信", [("leader", "市教育局局长")]),
        ("人社局电话", [("department", "市人力资源和社会保障局")]),
        ("李明华医生有执照吗", [("doctor", "李明华")]),
        ("欧阳静大夫", [("doctor", "欧阳静")]),
        ("查一下张伟国大夫", [("doctor", "张伟国")]),
        ("is Dr Li Minghua licensed", [("doctor", "李明华")]),
        ("Dr. Minghua Li", [("doctor", "李明华")]),
    ],
)
def test_names_are_found_exactly_and_nearly(text: str, expected: list[tuple[str, str]], index: NamesIndex) -> None:
    assert linked(text, index) == expected


@pytest.mark.parametrize(
    "text",
    [
        "电工证怎么办",
        "销售额三万",
        "会计师事务所",
        "东湖路8号",
        "一个医生",
        "这个医生是不是假的",
        "哪个医院好",
        "第三人民医院",
        "李明华",
        "人民",
        "小区",
        "懂胡说什么",
        "the doctor is good",
        "teaching",
        "",
    ],
)
def test_good_text_is_left_alone(text: str, index: NamesIndex) -> None:
    assert linked(text, index) == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("醫保卡", "medical"),
        ("driver's licence", "driving"),
        ("烟草专卖零售许可证", "tobacco"),
        ("个税", "individual_income"),
    ],
)
def test_kinds(text: str, value: str) -> None:
    assert [entity.value for entity in find_kinds(normalise(text).text)] == [value]


@pytest.mark.parametrize("text", ["不建议", "咨询电话", "private", "activate"])
def test_words_that_only_look_like_a_kind(text: str) -> None:
    assert find_kinds(text) == []


def test_the_names_are_read_again_when_the_file_changes(names_file: Path) -> None:
    names = NamesFile(names_file)
    assert linked("找保安的活", names.index()) == []
    names_file.write_text(json.dumps({"names": {"occupation": [{"name": "保安"}]}}), encoding="utf-8")
    os.utime(names_file, ns=(1, 1))
    names._look_again = 0.0
    assert linked("找保安的活", names.index()) == [("occupation", "保安")]


@pytest.mark.parametrize("content", ["", "{", "[]", '{"names": 3}', '{"names": {"drug": [{}]}}'])
def test_a_broken_file_keeps_the_last_good_names(names_file: Path, content: str) -> None:
    names = NamesFile(names_file)
    names.index()
    names_file.write_text(content, encoding="utf-8")
    names._look_again = 0.0
    assert linked("东湖", names.index()) == [("district", "东湖区")]


def test_no_file_means_no_names(tmp_path: Path) -> None:
    assert linked("东湖", NamesFile(tmp_path / "none.json").index()) == []


@given(st.text(max_size=80))
def test_no_text_raises(text: str) -> None:
    index = NamesIndex.of({"drug": [{"name": "阿莫西林"}], "doctor": [{"name": "李明华"}]})
    linked(text, index)


def test_thousands_of_names_take_less_than_a_millisecond(extract: Callable[[str], Any]) -> None:
    characters = "东湖西岭南港北原仁和康宁安泰长青福寿华山大江明德博爱同济中兴永平"
    rng = random.Random(7)

    def names(count: int, length: int, suffix: str) -> list[dict[str, Any]]:
        return [{"name": "".join(rng.sample(characters, length)) + suffix, "aliases": []} for _ in range(count)]

    index = NamesIndex.of(
        {
            "hospital": names(300, 4, "医院"),
            "drug": names(2000, 5, ""),
            "occupation": names(500, 3, "工"),
            "doctor": names(3000, 3, ""),
        }
    )
    texts = [
        "我想问问东湖那边的协和医院能不能看糖尿病，医保能报多少",
        "找个南港的电工活，七千往上的",
        "is amoxicillin covered by insurance",
    ]
    for text in texts:
        linked(text, index)
    began = time.perf_counter()
    for _ in range(100):
        for text in texts:
            linked(text, index)
    assert (time.perf_counter() - began) / 300 < 0.001


@pytest.mark.parametrize(
    "text", ["医保局和社保局", "康复医院", "德济医院", "找客服", "老师您好", "electric car", "programme to", "886"]
)
def test_what_people_really_wrote_is_not_taken_for_a_name(text: str, index: NamesIndex) -> None:
    assert [kind for kind, _ in linked(text, index) if kind != "department"] == []
