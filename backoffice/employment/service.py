"""Vacancies and the labour market: search, what to relax, published figures, guidance."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from decimal import Decimal

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from backoffice.clock import Clock
from backoffice.db import CENT, Database
from backoffice.employment.tables import SCHOOLING, MarketFigureRow, OccupationRow, VacancyRow

__all__ = [
    "SCHOOLING",
    "EmploymentService",
    "Guidance",
    "MarketFigure",
    "Occupation",
    "Relaxation",
    "Vacancy",
    "VacancyPage",
    "VacancyQuery",
]

YEAR = 4
"""Quarters between a figure and the one it is compared with, so that seasons do not show as trends."""
TREND = Decimal("0.05")
"""The change of vacancies over a year, up or down, that counts as rising or falling."""
SHOWN = 5
HIGHEST_PAY = Decimal(10**9)
"""No vacancy pays more; what is asked beyond it finds nothing."""
BEST_PAID = (
    *(VacancyRow.salary_min.desc(), VacancyRow.salary_max.desc()),
    *(VacancyRow.published.desc(), VacancyRow.id.desc()),
)
"""The highest lowest pay first, so that those that surely reach an asked pay stand before those that may."""


@dataclass(frozen=True)
class VacancyQuery:
    """Conditions of a search, ``None`` for any; ``schooling`` is what the applicant has."""

    occupation: str | None
    district: str | None
    salary_min: Decimal | None
    schooling: str | None


@dataclass(frozen=True)
class Vacancy:
    """A vacancy; pay in yuan a month, ``schooling`` the least that is asked for."""

    number: str
    occupation: str
    title: str
    employer: str
    district: str
    salary_min: Decimal
    salary_max: Decimal
    schooling: str
    places: int
    open_until: date
    phone: str


@dataclass(frozen=True)
class VacancyPage:
    """A page of the vacancies that fit; ``total`` counts all of them."""

    total: int
    vacancies: list[Vacancy]


@dataclass(frozen=True)
class Relaxation:
    """How many vacancies fit when one condition is dropped."""

    condition: str
    total: int


@dataclass(frozen=True)
class MarketFigure:
    """Published figures of an occupation and quarter; ``ratio``: vacancies per applicant."""

    quarter: str
    occupation: str
    vacancies: int
    applicants: int
    ratio: Decimal
    median_wage: Decimal
    source: str
    published: date


@dataclass(frozen=True)
class Guidance:
    """The newest quarter's figures: the asked occupation's, the best ratios, and what moved over a year."""

    best: list[MarketFigure]
    rising: list[MarketFigure]
    falling: list[MarketFigure]
    asked: MarketFigure | None


@dataclass(frozen=True)
class Occupation:
    """A job or trade, its English name and other words for it."""

    name: str
    en: str
    aliases: tuple[str, ...]


class EmploymentService:
    """Look-ups in vacancies and published figures; nothing here is personal."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    def search(self, query: VacancyQuery, offset: int = 0, limit: int = 5) -> VacancyPage:
        """Return the open vacancies that fit: first those whose lowest pay reaches the asked one, then by pay, newest.

        A vacancy fits an asked pay when its highest pay reaches it.
        """
        with self._db.read() as session:
            conditions = self._conditions(session, query)
            total = session.scalar(select(func.count()).select_from(VacancyRow).where(*conditions)) or 0
            if offset >= total:
                return VacancyPage(total, [])
            row = VacancyRow
            columns = (
                *(row.number, OccupationRow.name, row.title, row.employer, row.district, row.salary_min),
                *(row.salary_max, row.schooling, row.places, row.open_until, row.phone),
            )
            found = (
                select(*columns)
                .join(OccupationRow, OccupationRow.id == row.occupation_id)
                .where(*conditions)
                .order_by(*BEST_PAID)
                .offset(offset)
                .limit(limit)
            )
            return VacancyPage(total, [Vacancy(*values) for values in session.execute(found)])

    def relaxed(self, query: VacancyQuery) -> list[Relaxation]:
        """Return each single condition without which some vacancies fit, and how many."""
        found = []
        with self._db.read() as session:
            for name in (one.name for one in fields(query) if getattr(query, one.name) is not None):
                conditions = self._conditions(session, replace(query, **{name: None}))
                total = session.scalar(select(func.count()).select_from(VacancyRow).where(*conditions)) or 0
                if total:
                    found.append(Relaxation(name, total))
        return found

    def _conditions(self, session: Session, query: VacancyQuery) -> list[ColumnElement[bool]]:
        row = VacancyRow
        conditions = [row.open_until >= self._clock().date()]
        if query.occupation is not None:
            named = session.scalar(select(OccupationRow.id).where(OccupationRow.name == query.occupation))
            conditions.append(row.occupation_id == (named or 0))
        if query.district is not None:
            conditions.append(row.district == query.district)
        if query.salary_min is not None:
            conditions.append(row.salary_max >= min(query.salary_min, HIGHEST_PAY).quantize(CENT))
        if query.schooling is not None:
            conditions.append(row.schooling.in_(_open_to(query.schooling)))
        return conditions

    def market(self, occupation: str | None, quarters: int = 8) -> list[MarketFigure]:
        """Return the figures of the newest published quarters, oldest first; of all occupations if none is named."""
        row, today = MarketFigureRow, self._clock().date()
        newest = (
            select(row.quarter).where(row.published <= today).distinct().order_by(row.quarter.desc()).limit(quarters)
        )
        with self._db.read() as session:
            shown = session.scalars(newest).all()
            found = (
                select(row, OccupationRow.name)
                .join(OccupationRow, OccupationRow.id == row.occupation_id)
                .where(row.quarter.in_(shown), row.published <= today)
                .order_by(row.quarter, OccupationRow.id)
            )
            if occupation is not None:
                found = found.where(OccupationRow.name == occupation)
            return [_figure(figure, name) for figure, name in session.execute(found)]

    def guidance(self, occupation: str | None) -> Guidance:
        """Return what the newest figures say about where work is; an occupation adds its own figure."""
        figures = self.market(None, YEAR + 1)
        newest = max((one.quarter for one in figures), default="")
        current = [one for one in figures if one.quarter == newest]
        earlier = {one.occupation: one for one in figures if one.quarter == _year_before(newest)}
        moved = sorted(((_change(one, earlier), one) for one in current), key=lambda pair: pair[0])
        return Guidance(
            best=sorted(current, key=lambda one: -one.ratio)[:SHOWN],
            rising=[one for change, one in reversed(moved) if change >= TREND][:SHOWN],
            falling=[one for change, one in moved if change <= -TREND][:SHOWN],
            asked=next((one for one in current if one.occupation == occupation), None),
        )

    def occupations(self) -> list[Occupation]:
        """Return every occupation."""
        with self._db.read() as session:
            rows = session.scalars(select(OccupationRow).order_by(OccupationRow.id)).all()
        return [Occupation(row.name, row.en or row.name, tuple(row.aliases or ())) for row in rows]


def _open_to(schooling: str) -> Sequence[str]:
    """Return the levels that a vacancy may ask for to be open to somebody of this schooling."""
    last = SCHOOLING.index("vocational" if schooling == "secondary" else schooling)
    return SCHOOLING[: last + 1]


def _figure(row: MarketFigureRow, name: str) -> MarketFigure:
    ratio = (Decimal(row.vacancies) / row.applicants).quantize(CENT)
    return MarketFigure(
        row.quarter, name, row.vacancies, row.applicants, ratio, row.median_wage, row.source, row.published
    )


def _year_before(quarter: str) -> str:
    return f"{int(quarter[:4]) - 1}{quarter[4:]}" if quarter else ""


def _change(figure: MarketFigure, earlier: dict[str, MarketFigure]) -> Decimal:
    """Return the change of vacancies over a year as a fraction; nothing to compare with counts as none."""
    before = earlier.get(figure.occupation)
    if before is None or not before.vacancies:
        return Decimal(0)
    return Decimal(figure.vacancies - before.vacancies) / before.vacancies
