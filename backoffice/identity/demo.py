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

Person = dict[str, Any]
"""The columns of a resident's (or household's) row."""

RESIDENTS = 10_400
PHONE_FROM = 12  # age in years from which a resident has a phone
HEAD_AGES = ((20, 28), (28, 40), (40, 52), (52, 66), (66, 80), (80, 94))
HEAD_WEIGHTS = (12, 26, 26, 22, 11, 3)
SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎"
    "余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
)
MALE = "伟强磊军勇杰涛明超刚平辉鹏华飞鑫波斌宇浩凯健俊帆旭宁龙林东海山峰志国庆建文武德荣贵福生学昌"
FEMALE = "芳娜敏静丽艳娟霞秀兰英华慧巧美玲玉萍红娥燕彩春菊勤珍莉桂凤洁梅琳云莲真环雪荣爱妹香月莺媛瑞凡佳"
STREETS = ("学府路", "滨江路", "解放路", "新华街", "文昌巷", "柳荫路", "港前街", "岭南大道", "禾丰路", "清泉街")


@dataclass(frozen=True)
class Known:
    """A resident whom docs/demo.md tells of; number and phone stay the same for ever."""

    key: str
    name: str
    sex: str
    born: date
    district: str
    sequence: int  # in the resident number
    phone: str
    about: str
    spouse_born: date | None = None


KNOWN = (
    Known(
        *("A", "周秀兰", "f", date(1958, 3, 12), "东湖区", 2, "19900000001"),
        about="退休教师，职工医保 / retired teacher, employee medical insurance",
        spouse_born=date(1956, 9, 3),
    ),
    Known(
        *("B", "陈建国", "m", date(1994, 7, 5), "南港区", 3, "19900000002"),
        about="在职电工，职工医保 / electrician, employee medical insurance",
    ),
    Known(
        *("C", "林小芳", "f", date(1985, 11, 23), "西岭区", 4, "19900000003"),
        about="小店店主，居民医保 / shop owner, resident medical insurance",
        spouse_born=date(1983, 5, 30),
    ),
)


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
            first17 = self.take(district, born, self.rng.randrange(0, 500) * 2 + (1 if sex == "m" else 0))
            if first17:
                return first17 + id_check_digit(first17)

    def take(self, district: str, born: date, sequence: int) -> str:
        """Return the first 17 digits, or an empty string if somebody has them."""
        first17 = f"{self.codes[district]}{born:%Y%m%d}{sequence:03d}"
        if first17 in self.taken:
            return ""
        self.taken.add(first17)
        return first17

    def phone(self) -> str:
        """Return a new phone number of the fictional range."""
        self.phones += 1
        return str(self.phones)


@dataclass
class Maker:
    """Makes people on one day, from one seed."""

    rng: random.Random
    registry: Registry
    today: date

    def person(self, district: str, born: date, sex: str, role: str, surname: str = "") -> Person:
        """Return a new resident."""
        given = "".join(self.rng.choices(MALE if sex == "m" else FEMALE, k=self.rng.choice((1, 2, 2))))
        return {
            "id_number": self.registry.id_number(district, born, sex),
            "name": (surname or self.rng.choice(SURNAMES)) + given,
            "birth_date": born,
            "sex": sex,
            "district": district,
            "phone": self.registry.phone() if self.today.year - born.year >= PHONE_FROM else None,
            "household_role": role,
        }

    def born(self, year: int) -> date:
        """Return a day of that year that is not in the future."""
        day = date(year, self.rng.randrange(1, 13), self.rng.randrange(1, 29))
        return min(day, self.today)

    def known(self, known: Known) -> list[Person]:
        """Return the household of A, B or C."""
        first17 = self.registry.take(known.district, known.born, known.sequence)
        person: Person = {
            "id_number": first17 + id_check_digit(first17),
            "name": known.name,
            "birth_date": known.born,
            "sex": known.sex,
            "district": known.district,
            "phone": known.phone,
            "household_role": "head",
        }
        if known.spouse_born is None:
            return [person]
        return [person, self.person(known.district, known.spouse_born, "m" if known.sex == "f" else "f", "spouse")]

    def household(self, district: str) -> list[Person]:
        """Return people who live together: a head, often a spouse and children, sometimes an old parent."""
        rng, year = self.rng, self.today.year
        low, high = rng.choices(HEAD_AGES, weights=HEAD_WEIGHTS)[0]
        born, sex = self.born(year - rng.randrange(low, high)), rng.choice("mf")
        head = self.person(district, born, sex, "head")
        members = [head]
        age = year - born.year
        if age >= 25 and rng.random() < (0.75 if age < 70 else 0.5):
            other = "f" if sex == "m" else "m"
            spouse = self.person(district, self.born(max(born.year + rng.randrange(-3, 4), year - 95)), other, "spouse")
            mother = born.year if sex == "f" else spouse["birth_date"].year
            members += [spouse, *self.children(district, mother, str(head["name"])[0])]
        if 30 <= age < 60 and rng.random() < 0.2:
            older = self.born(max(born.year - rng.randrange(22, 33), year - 95))
            members.append(self.person(district, older, rng.choice("mf"), "parent"))
        return members

    def children(self, district: str, mother_born: int, surname: str) -> list[Person]:
        """Return up to three children of a mother born in that year who still live with her."""
        years = [
            mother_born + self.rng.randrange(22, 38) for _ in range(self.rng.choices((0, 1, 2, 3), (15, 48, 32, 5))[0])
        ]
        at_home = [year for year in sorted(years) if self.today.year - 26 <= year <= self.today.year]
        return [self.person(district, self.born(year), self.rng.choice("mf"), "child", surname) for year in at_home]


def build(session: Session, rng: random.Random, today: date, city: City) -> None:
    """Add the residents: A, B and C with fixed numbers first, then some ten thousand more in households."""
    maker = Maker(rng, Registry(rng, {district.name: district.code for district in city.districts}), today)
    households: list[Person] = []
    people: list[Person] = []
    for members in _households(maker, [district.name for district in city.districts]):
        number, district = len(households) + 1, members[0]["district"]
        address = f"{district}{rng.choice(STREETS)}{rng.randrange(1, 200)}号"
        households.append({"id": number, "district": district, "address": address})
        for member in members:
            people.append({**member, "id": len(people) + 1, "household_id": number})
    session.execute(insert(HouseholdRow), households)
    session.execute(insert(ResidentRow), people)


def _households(maker: Maker, districts: list[str]) -> Iterator[list[Person]]:
    made = 0
    for known in KNOWN:
        members = maker.known(known)
        made += len(members)
        yield members
    while made < RESIDENTS:
        members = maker.household(maker.rng.choice(districts))
        made += len(members)
        yield members


def known_resident(session: Session, key: str) -> ResidentRow:
    """Return the row of resident A, B or C."""
    phone = next(known.phone for known in KNOWN if known.key == key)
    return session.scalars(select(ResidentRow).where(ResidentRow.phone == phone)).one()


def residents(session: Session) -> list[dict[str, str]]:
    """Return A, B and C as they stand in the database."""
    found = ((known, known_resident(session, known.key)) for known in KNOWN)
    return [
        {"key": known.key, "name": row.name, "id_number": row.id_number, "phone": str(row.phone), "about": known.about}
        for known, row in found
    ]
