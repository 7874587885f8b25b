"""The fictional residents of the demo city and their households."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from backoffice.identity.numbers import id_check_digit
from backoffice.identity.tables import HouseholdRow, ResidentRow
from knowledge import City

RESIDENTS = 10_400
SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
MALE = "伟强磊军勇杰涛明超刚平辉鹏华飞鑫波斌宇浩凯健俊帆帅旭宁龙林东海山峰志国庆建文武德荣贵福生学昌"
FEMALE = "芳娜敏静丽艳娟霞秀兰英华慧巧美玲玉萍红娥燕彩春菊勤珍莉桂凤洁梅琳云莲真环雪荣爱妹香月莺媛瑞凡佳"
STREETS = ("学府路", "滨江路", "解放路", "新华街", "文昌巷", "柳荫路", "港前街", "岭南大道", "禾丰路", "清泉街")

# The three whom docs/demo.md tells of. Numbers and phones are fixed; the region codes belong to no real place.
KNOWN = (
    {"key": "A", "name": "周秀兰", "sex": "f", "born": date(1958, 3, 12), "district": "东湖区", "phone": "19900000001"},
    {"key": "B", "name": "陈建国", "sex": "m", "born": date(1994, 7, 5), "district": "南港区", "phone": "19900000002"},
    {
        "key": "C",
        "name": "林小芳",
        "sex": "f",
        "born": date(1985, 11, 23),
        "district": "西岭区",
        "phone": "19900000003",
    },
)
ABOUT = {
    "A": "退休教师，职工医保 / retired teacher, employee medical insurance",
    "B": "在职电工，职工医保 / electrician, employee medical insurance",
    "C": "小店店主，居民医保 / shop owner, resident medical insurance",
}


@dataclass
class Registry:
    """Gives out numbers that nobody has yet."""

    rng: random.Random
    codes: dict[str, str]
    taken: set[str] = field(default_factory=set)
    phones: int = 19_900_001_000

    def id_number(self, district: str, born: date, sex: str) -> str:
        """Return a new resident number; its 17th digit is odd for men."""
        while True:
            sequence = self.rng.randrange(0, 500) * 2 + (1 if sex == "m" else 0)
            first17 = f"{self.codes[district]}{born:%Y%m%d}{sequence:03d}"
            if first17 not in self.taken:
                self.taken.add(first17)
                return first17 + id_check_digit(first17)

    def phone(self) -> str:
        """Return a new phone number of the fictional range."""
        self.phones += 1
        return str(self.phones)


def build(session: Session, rng: random.Random, today: date, city: City) -> None:
    """Add the residents: A, B and C with fixed numbers first, then some ten thousand more in households."""
    registry = Registry(rng, {district.name: district.code for district in city.districts})
    districts = [district.name for district in city.districts]
    households: list[dict[str, Any]] = []
    people: list[dict[str, Any]] = []
    for members in _households(rng, today, registry, districts):
        number = len(households) + 1
        address = f"{members[0]['district']}{rng.choice(STREETS)}{rng.randrange(1, 200)}号"
        households.append({"id": number, "district": members[0]["district"], "address": address})
        for member in members:
            people.append({**member, "id": len(people) + 1, "household_id": number})
    session.execute(insert(HouseholdRow), households)
    session.execute(insert(ResidentRow), people)


def _households(
    rng: random.Random, today: date, registry: Registry, districts: list[str]
) -> Iterator[list[dict[str, Any]]]:
    made = 0
    for known in KNOWN:
        head = _known(known, registry)
        members = [head]
        if known["key"] != "B":
            members.append(_person(rng, registry, head["district"], head["birth_date"].year - 2, "m", "spouse"))
        made += len(members)
        yield members
    while made < RESIDENTS:
        members = _household(rng, registry, rng.choice(districts), today.year)
        made += len(members)
        yield members


def _known(known: dict[str, Any], registry: Registry) -> dict[str, Any]:
    sequence = {"A": 2, "B": 3, "C": 4}[known["key"]]
    first17 = f"{registry.codes[known['district']]}{known['born']:%Y%m%d}{sequence:03d}"
    registry.taken.add(first17)
    return {
        "id_number": first17 + id_check_digit(first17),
        "name": known["name"],
        "birth_date": known["born"],
        "sex": known["sex"],
        "district": known["district"],
        "phone": known["phone"],
        "household_role": "head",
    }


def _household(rng: random.Random, registry: Registry, district: str, year: int) -> list[dict[str, Any]]:
    born = year - rng.choices((24, 35, 48, 60, 74), weights=(15, 30, 27, 18, 10))[0] - rng.randrange(-5, 6)
    sex = rng.choice("mf")
    members = [_person(rng, registry, district, born, sex, "head")]
    other = "f" if sex == "m" else "m"
    if rng.random() < 0.7:
        members.append(_person(rng, registry, district, born + rng.randrange(-4, 5), other, "spouse"))
        for _ in range(rng.choices((0, 1, 2), weights=(30, 50, 20))[0]):
            child = min(born + rng.randrange(23, 34), year)
            members.append(_person(rng, registry, district, child, rng.choice("mf"), "child"))
    if rng.random() < 0.15 and year - born < 60:
        members.append(_person(rng, registry, district, born - rng.randrange(22, 32), rng.choice("mf"), "parent"))
    surname = members[0]["name"][0]
    for child in members:
        if child["household_role"] == "child":
            child["name"] = surname + child["name"][1:]
    return members


def _person(rng: random.Random, registry: Registry, district: str, year: int, sex: str, role: str) -> dict[str, Any]:
    born = date(year, rng.randrange(1, 13) if year < 2026 else 1, rng.randrange(1, 29))
    given = "".join(rng.choice(MALE if sex == "m" else FEMALE) for _ in range(rng.choice((1, 2, 2))))
    return {
        "id_number": registry.id_number(district, born, sex),
        "name": rng.choice(SURNAMES) + given,
        "birth_date": born,
        "sex": sex,
        "district": district,
        "phone": registry.phone() if role != "child" or year < 2012 else None,
        "household_role": role,
    }


def known_resident(session: Session, key: str) -> ResidentRow:
    """Return the row of resident A, B or C."""
    phone = next(known["phone"] for known in KNOWN if known["key"] == key)
    return session.scalars(select(ResidentRow).where(ResidentRow.phone == phone)).one()


def residents(session: Session) -> list[dict[str, str]]:
    """Return A, B and C as they stand in the database."""
    found = ((key, known_resident(session, key)) for key in ABOUT)
    return [
        {"key": key, "name": row.name, "id_number": row.id_number, "phone": str(row.phone), "about": ABOUT[key]}
        for key, row in found
    ]
