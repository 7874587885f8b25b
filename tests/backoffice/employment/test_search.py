"""The search for vacancies: each condition, the order, pages, and what to relax."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backoffice.clock import CITY_ZONE
from backoffice.employment.service import SCHOOLING, Relaxation, Vacancy, VacancyQuery
from backoffice.employment.tables import VacancyRow
from tests.backoffice.employment.conftest import Market, vacancy

ANYTHING = VacancyQuery(None, None, None, None)


def query(occupation: str | None = None, district: str | None = None, pay: str = "", has: str | None = None) -> Any:
    return VacancyQuery(occupation, district, Decimal(pay) if pay else None, has)


def found(market: Market, asked: VacancyQuery = ANYTHING, **page: int) -> list[str]:
    return [one.number for one in market.service.search(asked, **page).vacancies]


def test_a_vacancy_is_told_in_full(market: Market) -> None:
    market.add(vacancy(1, schooling="vocational", places=3))
    page = market.service.search(ANYTHING)
    assert page.total == 1
    assert page.vacancies == [
        Vacancy(
            number="Z1",
            occupation="电工",
            title="电工",
            employer="安澜恒远工程有限公司",
            district="南港区",
            salary_min=Decimal("5000.00"),
            salary_max=Decimal("8000.00"),
            schooling="vocational",
            places=3,
            open_until=date(2026, 12, 31),
            phone="0900-5553001",
        )
    ]


def test_occupation_and_district(market: Market) -> None:
    market.add(vacancy(1), vacancy(2, district="东湖区"), vacancy(3, occupation_id=2))
    assert sorted(found(market)) == ["Z1", "Z2", "Z3"]
    assert sorted(found(market, query("电工"))) == ["Z1", "Z2"]
    assert found(market, query("电工", "东湖区")) == ["Z2"]
    assert sorted(found(market, query(None, "南港区"))) == ["Z1", "Z3"]
    assert found(market, query("会计")) == found(market, query("宇航员")) == found(market, query("电工", "x")) == []
    assert found(market, query("' OR 1=1 --")) == []


def test_open_to_the_end_of_its_last_day(market: Market) -> None:
    market.add(vacancy(1, open_until=date(2026, 11, 23)), vacancy(2, open_until=date(2026, 11, 22)))
    assert found(market) == ["Z1"]
    market.now = datetime(2026, 11, 23, 23, 59, tzinfo=CITY_ZONE)
    assert found(market) == ["Z1"]
    market.now = datetime(2026, 11, 24, 0, 0, tzinfo=CITY_ZONE)
    assert found(market) == []


def test_the_highest_pay_must_reach_what_is_asked(market: Market) -> None:
    market.add(vacancy(1))
    assert found(market, query(pay="8000")) == ["Z1"]
    assert found(market, query(pay="8000.01")) == []
    assert found(market, query(pay="0")) == ["Z1"]
    assert found(market, query(pay="99999999999999999999")) == []


def test_schooling_is_what_the_applicant_has(market: Market) -> None:
    market.add(*(vacancy(number, schooling=level) for number, level in enumerate(SCHOOLING)))

    def asked_for(level: str) -> list[str]:
        page = market.service.search(query(has=level), limit=20)
        return sorted((one.schooling for one in page.vacancies), key=SCHOOLING.index)

    assert asked_for("none") == ["none"]
    assert asked_for("junior") == ["none", "junior"]
    # 高中 and 中专 rank equal
    assert asked_for("secondary") == asked_for("vocational") == ["none", "junior", "secondary", "vocational"]
    assert asked_for("college")[-1] == "college"
    assert asked_for("doctor") == list(SCHOOLING)


def test_first_those_whose_lowest_pay_reaches_it_then_pay_then_newest(market: Market) -> None:
    market.add(
        vacancy(1, salary_min=Decimal(5000), salary_max=Decimal(20000)),
        vacancy(2, salary_min=Decimal(7000), salary_max=Decimal(8000)),
        vacancy(3, salary_min=Decimal(9000), salary_max=Decimal(9500)),
        vacancy(4, salary_min=Decimal(7000), salary_max=Decimal(9000)),
        vacancy(5, salary_min=Decimal(7000), salary_max=Decimal(8000), published=date(2026, 11, 20)),
        vacancy(6, salary_min=Decimal(7000), salary_max=Decimal(8000)),
        vacancy(7, salary_min=Decimal(5000), salary_max=Decimal(6999)),
    )
    assert found(market, query(pay="7000"), limit=9) == ["Z3", "Z4", "Z5", "Z6", "Z2", "Z1"]


def test_pages_hold_every_vacancy_once(market: Market) -> None:
    market.add(*(vacancy(number) for number in range(1, 13)))
    pages = [market.service.search(ANYTHING, offset) for offset in (0, 5, 10, 15, 12)]
    assert [page.total for page in pages] == [12] * 5
    assert [len(page.vacancies) for page in pages] == [5, 5, 2, 0, 0]
    assert len({one.number for page in pages for one in page.vacancies}) == 12


def test_what_to_relax(market: Market) -> None:
    market.add(vacancy(1), vacancy(2), vacancy(3, district="东湖区", salary_max=Decimal(12000)))
    # without the district Z3; without the pay Z1 and Z2; without the schooling still nothing
    assert market.service.relaxed(query("电工", "南港区", "10000", "college")) == [
        Relaxation("district", 1),
        Relaxation("salary_min", 2),
    ]
    assert market.service.relaxed(query("会计", "南港区")) == [Relaxation("occupation", 2)]
    assert market.service.relaxed(ANYTHING) == []
    assert market.service.relaxed(query("会计", "青禾县", "10000")) == []


VACANCIES = st.lists(
    st.tuples(
        st.sampled_from([1, 2, 3]),
        st.sampled_from(["东湖区", "南港区"]),
        st.integers(0, 9000),
        st.integers(0, 3000),
        st.sampled_from(SCHOOLING),
        st.integers(-2, 2),
    ),
    max_size=12,
)
QUERIES = st.builds(
    VacancyQuery,
    st.sampled_from([None, "电工", "厨师", "宇航员"]),
    st.sampled_from([None, "东湖区", "青禾县"]),
    st.none() | st.decimals(Decimal(0), Decimal(13000), places=2),
    st.none() | st.sampled_from(SCHOOLING),
)
NAMES = {1: "电工", 2: "厨师", 3: "会计"}


def fits(row: VacancyRow, asked: VacancyQuery, today: date) -> bool:
    rank = {level: number for number, level in enumerate(SCHOOLING)} | {"secondary": SCHOOLING.index("vocational")}
    return (
        row.open_until >= today
        and asked.occupation in (None, NAMES[row.occupation_id])
        and asked.district in (None, row.district)
        and (asked.salary_min is None or row.salary_max >= asked.salary_min)
        and (asked.schooling is None or rank[row.schooling] <= rank[asked.schooling])
    )


@given(VACANCIES, QUERIES)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_search_finds_what_a_plain_look_through_all_finds(
    market: Market, made: list[tuple[int, str, int, int, str, int]], asked: VacancyQuery
) -> None:
    today = market.now.date()
    rows = [
        vacancy(
            number,
            occupation_id=occupation,
            district=district,
            salary_min=Decimal(low),
            salary_max=Decimal(low + more),
            schooling=schooling,
            open_until=date(2026, 11, today.day + days),
        )
        for number, (occupation, district, low, more, schooling, days) in enumerate(made, 1)
    ]
    with market.db.write() as session:
        session.query(VacancyRow).delete()
        session.add_all(rows)
    fitting = sorted(
        (row for row in rows if fits(row, asked, today)),
        key=lambda row: (row.salary_min, row.salary_max, row.published, row.id),
        reverse=True,
    )
    page = market.service.search(asked, limit=20)
    assert [one.number for one in page.vacancies] == [row.number for row in fitting]
    assert page.total == len(fitting)
