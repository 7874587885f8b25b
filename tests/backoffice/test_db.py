from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Column, Integer, MetaData, Table, create_engine, insert, select, text
from sqlalchemy.exc import IntegrityError

from backoffice.clock import CITY_ZONE
from backoffice.db import Database, Instant, Money, connect

BOOK = Table(
    "book", MetaData(), Column("id", Integer, primary_key=True), Column("amount", Money), Column("at", Instant)
)
CENTS = st.decimals(Decimal("-9999999999.99"), Decimal("9999999999.99"), places=2)


@given(amounts=st.lists(CENTS, min_size=1, max_size=20))
@settings(max_examples=30, deadline=None)
def test_money_comes_back_to_the_cent_and_adds_up_in_the_database(amounts: list[Decimal]) -> None:
    engine = create_engine("sqlite://")
    with engine.begin() as connection:
        BOOK.create(connection)
        connection.execute(insert(BOOK), [{"amount": amount} for amount in amounts])
        assert list(connection.scalars(select(BOOK.c.amount).order_by(BOOK.c.id))) == amounts
        assert connection.scalar(text("SELECT sum(amount) FROM book")) == sum(amounts) * 100
    engine.dispose()


@pytest.mark.parametrize("wrong", [1.5, 3, "3.00", Decimal("0.001"), Decimal("1E-3")])
def test_money_is_a_decimal_with_two_places_or_an_error(wrong: object) -> None:
    with pytest.raises(ValueError, match="money needs a Decimal"):
        Money().process_bind_param(wrong, None)  # type: ignore[arg-type]


@given(st.datetimes(datetime(1950, 1, 1), datetime(2100, 1, 1), timezones=st.timezones()))  # noqa: DTZ001
@settings(suppress_health_check=[HealthCheck.too_slow], max_examples=50)
def test_an_instant_comes_back_the_same_in_the_citys_zone(instant: datetime) -> None:
    kept = Instant().process_bind_param(instant, None)  # type: ignore[arg-type]
    back = Instant().process_result_value(kept.replace(tzinfo=None), None)  # type: ignore[arg-type, union-attr]
    assert back == instant.astimezone(UTC)
    assert back.tzinfo is CITY_ZONE


def test_an_instant_without_offset_is_an_error() -> None:
    with pytest.raises(ValueError, match="UTC offset"):
        Instant().process_bind_param(datetime(2026, 1, 1), None)  # type: ignore[arg-type]  # noqa: DTZ001


def test_both_databases_keep_instants_and_money_alike(database: Database) -> None:
    at = datetime(2026, 11, 23, 9, 30, tzinfo=timezone(timedelta(hours=-3)))
    BOOK.create(database.engine)
    with database.write() as session:
        session.execute(insert(BOOK).values(amount=Decimal("12.30"), at=at))
    with database.read() as session:
        assert session.execute(select(BOOK.c.amount, BOOK.c.at)).one() == (Decimal("12.30"), at)


def test_a_write_that_raises_leaves_nothing(database: Database) -> None:
    BOOK.create(database.engine)

    def write() -> None:
        with database.write() as session:
            session.execute(insert(BOOK).values(amount=Decimal(1)))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        write()
    with database.read() as session:
        assert session.execute(select(BOOK)).all() == []


def test_foreign_keys_hold(database: Database) -> None:
    from backoffice.identity.tables import SessionRow

    at = datetime(2026, 11, 23, tzinfo=CITY_ZONE)
    with pytest.raises(IntegrityError), database.write() as session:
        session.add(SessionRow(token_hash="x", resident_id=1, created_at=at, seen_at=at))


def test_a_plain_postgresql_address_is_enough() -> None:
    engine = connect("postgresql://127.0.0.1/x")
    assert engine.dialect.driver == "psycopg"
    engine.dispose()
