"""The city's files: what they must hold, and what their editor is told when something is wrong."""

import shutil
from pathlib import Path

import pytest

from knowledge import City, load_city, validate
from knowledge.places import AREAS

CITY = Path(__file__).resolve().parents[2] / "knowledge" / "city"


@pytest.fixture(scope="module")
def city() -> City:
    return load_city(CITY)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the city's folder to make mistakes in."""
    return Path(shutil.copytree(CITY, tmp_path / "city"))


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_the_demo_city_is_valid(city: City) -> None:
    assert validate(CITY) == []
    assert city.name == "安澜市"
    assert len(city.departments) >= 20
    assert len(city.leaders) >= len(city.departments)


def test_every_area_has_a_department(city: City) -> None:
    assert {area: city.department_for(area).phone[:5] for area in AREAS} == dict.fromkeys(AREAS, "0900-")
    assert city.department_for("tax").name == "税务局"
    with pytest.raises(KeyError):
        city.department_for("weather")


def test_every_district_has_a_service_hall_and_a_fictional_code(city: City) -> None:
    assert [district.code for district in city.districts] == [
        "990101",
        "990102",
        "990103",
        "990104",
        "990105",
        "990121",
    ]
    for district in city.districts:
        hall = city.hall(district.name)
        assert hall.district == district.name
        assert hall.hours
        assert hall.lunch
        assert hall.saturday
    assert city.hall().name == "安澜市政务服务大厅"
    assert city.hall("月球区") == city.hall()


def test_every_department_has_a_head_with_a_mailbox(city: City) -> None:
    headed = {leader.department for leader in city.leaders}
    assert {department.name for department in city.departments} - headed == set()
    assert {"市长", "副市长", "青禾县县长"} <= {leader.post for leader in city.leaders}


def test_places_are_found_by_official_name(city: City) -> None:
    assert city.district("东湖区").en == "Donghu"
    assert city.district("东湖") is None
    assert city.department("教育局").areas == ("education",)
    assert city.department("月球局") is None


def test_every_phone_is_fictional(city: City) -> None:
    phones = [one.phone for one in (*city.departments, *city.offices)]
    assert phones
    assert [phone for phone in phones if not phone.startswith("0900-555")] == []


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("departments.yml", "  phone: 0900-5550103\n", "", ["departments.yml 第 3 条（税务局）", "缺少 phone"]),
        ("departments.yml", "phone: 0900-5550103", "phone: 12-34", ["税务局", "phone must be area code"]),
        ("departments.yml", "areas: [tax]", "areas: tax", ["税务局", "areas must be a list"]),
        ("departments.yml", "areas: [tax]", "areas: [taxes]", ["税务局", "taxes is not a service area"]),
        ("departments.yml", "areas: [tax]", "areas: [medical]", ["exactly one department must answer for tax, not 0"]),
        ("departments.yml", "areas: [tax]", "area: [tax]", ["税务局", "area is not a field", "areas"]),
        ("departments.yml", "- name: 税务局", "- name: 教育局", ["（教育局）", "already stands for 教育局"]),
        ("departments.yml", "aliases: [医保局]", "aliases: [人社局]", ["“人社局” already stands for 人力资源"]),
        ("departments.yml", "- name: 税务局\n  en:", "- name: 税务局\n  en: a: b\n  x:", ["line 17 is not valid YAML"]),
        ("districts.yml", '"990102"', "990102", ["districts.yml 第 2 条（西岭区）", "code must be text"]),
        ("districts.yml", '"990102"', '"990101"', ["西岭区", "code 990101 is used twice"]),
        ("offices.yml", "district: 西岭区", "district: 西玲区", ["西岭区政务服务大厅", "没有“西玲区”这个区"]),
        ("offices.yml", "hours: 周一至周五 9:00-17:00", "hours: ''", ["offices.yml 第 1 条", "hours must be text"]),
        ("leaders.yml", "  department: 税务局", "  department: 水务所", ["税务局局长", "没有“水务所”这个部门"]),
        ("city.yml", "name: 安澜市", "", ["city.yml", "name is missing"]),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_with_file_and_entry(
    folder: Path, file: str, old: str, new: str, said: list[str]
) -> None:
    change(folder / file, old, new)
    problems = "\n".join(validate(folder))
    assert [words for words in said if words not in problems] == [], problems
    with pytest.raises(ValueError, match=r"\.yml"):
        load_city(folder)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        ("名称".encode("gb18030"), "UTF-8"),
        (b"a: b", "hyphen"),
        (b"- a\n- b", "name: value"),
    ],
)
def test_a_file_that_is_no_list_of_entries(folder: Path, content: bytes, said: str) -> None:
    (folder / "offices.yml").write_bytes(content)
    assert said in "\n".join(validate(folder))


def test_a_missing_file_is_named(folder: Path) -> None:
    (folder / "leaders.yml").unlink()
    assert validate(folder) == ["leaders.yml：没有这个文件 / the file is missing"]


def test_a_district_without_a_hall_is_named(folder: Path) -> None:
    file = folder / "offices.yml"
    change(
        file,
        "- name: 青禾县政务服务大厅\n  en: Qinghe County Service Hall\n  district: 青禾县",
        "- name: 别的\n  en: x\n  district: 东湖区",
    )
    assert "no service hall in 青禾县" in "\n".join(validate(folder))
