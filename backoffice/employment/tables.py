"""Tables of the employment area."""

from datetime import date
from decimal import Decimal

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from backoffice.db import Model

SCHOOLING = ("none", "junior", "secondary", "vocational", "college", "bachelor", "master", "doctor")
"""Levels of schooling in their order; secondary (高中) and vocational (中专) rank equal."""


class OccupationRow(Model):
    """A job or trade, and other words for it."""

    __tablename__ = "occupations"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(40), unique=True)
    en: Mapped[str | None] = mapped_column(String(60))
    aliases: Mapped[list[str] | None] = mapped_column(JSON(none_as_null=True))


class VacancyRow(Model):
    """Places that an employer offers; pay in yuan a month, ``schooling`` the least that is asked for."""

    __tablename__ = "vacancies"
    __table_args__ = (
        CheckConstraint("salary_min BETWEEN 0 AND salary_max", name="salary"),
        # Each holds every column that a search filters by, so that counting reads the index alone.
        Index("ix_vacancies_occupation", "occupation_id", "district", "open_until", "schooling", "salary_max"),
        Index("ix_vacancies_district", "district", "open_until", "schooling", "salary_max"),
        Index("ix_vacancies_open", "open_until", "schooling", "salary_max"),
        # The order of the answer, for searches that fit many vacancies.
        Index("ix_vacancies_pay", "salary_min", "salary_max", "published", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(20), unique=True)
    occupation_id: Mapped[int] = mapped_column(ForeignKey("occupations.id"))
    title: Mapped[str] = mapped_column(String(60))
    employer: Mapped[str] = mapped_column(String(60))
    district: Mapped[str] = mapped_column(String(40))
    salary_min: Mapped[Decimal]
    salary_max: Mapped[Decimal]
    schooling: Mapped[str] = mapped_column(String(10), info={"choices": SCHOOLING})
    places: Mapped[int]
    published: Mapped[date]
    open_until: Mapped[date]
    phone: Mapped[str] = mapped_column(String(30))


class MarketFigureRow(Model):
    """The labour market of an occupation in a quarter such as 2026Q3; the median wage in yuan a month."""

    __tablename__ = "market_figures"
    __table_args__ = (CheckConstraint("applicants > 0 AND vacancies >= 0", name="counts"),)

    occupation_id: Mapped[int] = mapped_column(ForeignKey("occupations.id"), primary_key=True)
    quarter: Mapped[str] = mapped_column(String(6), primary_key=True, index=True)
    vacancies: Mapped[int]
    applicants: Mapped[int]
    median_wage: Mapped[Decimal]
    source: Mapped[str] = mapped_column(String(120))
    published: Mapped[date]
