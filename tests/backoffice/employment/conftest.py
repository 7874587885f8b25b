"""A small labour market."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from backoffice.clock import CITY_ZONE
from backoffice.db import Database
from backoffice.employment.service import EmploymentService
from backoffice.employment.tables import MarketFigureRow, OccupationRow, VacancyRow

TODAY = date(2026, 11, 23)
OCCUPATIONS = ("电工", "厨师", "会计")


def vacancy(number: int, **changed: Any) -> VacancyRow:
    """An open vacancy for an electrician in 南港区 at 5,000 to 8,000, but for what is changed."""
    values: dict[str, Any] = {
        "occupation_id": 1,
        "title": "电工",
        "employer": "安澜恒远工程有限公司",
        "district": "南港区",
        "salary_min": Decimal(5000),
        "salary_max": Decimal(8000),
        "schooling": "none",
        "places": 1,
        "published": date(2026, 11, 1),
        "open_until": date(2026, 12, 31),
        "phone": "0900-5553001",
    }
    return VacancyRow(id=number, number=f"Z{number}", **{**values, **changed})


def figure(occupation: int, quarter: str, vacancies: int, applicants: int, **changed: Any) -> MarketFigureRow:
    values = {"median_wage": Decimal(6000), "source": "供求分析", "published": date(2026, 10, 15), **changed}
    return MarketFigureRow(
        occupation_id=occupation, quarter=quarter, vacancies=vacancies, applicants=applicants, **values
    )


@dataclass
class Market:
    db: Database
    now: datetime = datetime(2026, 11, 23, 9, 30, tzinfo=CITY_ZONE)

    @property
    def service(self) -> EmploymentService:
        clock: Callable[[], datetime] = lambda: self.now  # noqa: E731
        return EmploymentService(self.db, clock)

    def add(self, *rows: object) -> None:
        with self.db.write() as session:
            session.add_all(rows)


@pytest.fixture
def market(database: Database) -> Market:
    """Three occupations, no vacancies and no figures."""
    market = Market(database)
    market.add(*(OccupationRow(id=number, name=name) for number, name in enumerate(OCCUPATIONS, 1)))
    return market
