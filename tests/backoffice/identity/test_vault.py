import re
from concurrent.futures import ThreadPoolExecutor

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from backoffice.db import Database
from backoffice.identity.tables import PrivateTokenRow
from backoffice.identity.vault import TOKEN, Vault
from tests.backoffice.identity.conftest import KNOWN, MovingClock


def test_a_value_is_kept_under_an_opaque_token(database: Database, clock: MovingClock) -> None:
    vault = Vault(database, clock, "secret")
    token = vault.keep("chat-1", "id_number", KNOWN)
    assert re.fullmatch(r"〔id_number:[a-z0-9]{8}〕", token)
    assert TOKEN.fullmatch(token)
    assert vault.resolve("chat-1", token) == KNOWN


def test_same_value_same_token_but_only_in_one_conversation(database: Database, clock: MovingClock) -> None:
    vault = Vault(database, clock, "secret")
    token = vault.keep("chat-1", "phone", "19900000001")
    assert vault.keep("chat-1", "phone", "19900000001") == token
    assert vault.keep("chat-1", "phone", "19900000002") != token
    assert vault.keep("chat-2", "phone", "19900000001") != token
    assert vault.resolve("chat-2", token) is None
    assert vault.resolve("chat-1", "〔phone:aaaaaaaa〕") is None


def test_a_value_is_kept_for_a_day_from_when_it_was_last_typed(database: Database, clock: MovingClock) -> None:
    vault = Vault(database, clock, "secret")
    token = vault.keep("chat-1", "phone", "19900000001")
    clock.pass_by(hours=23)
    assert vault.keep("chat-1", "phone", "19900000001") == token
    clock.pass_by(hours=23)
    assert vault.resolve("chat-1", token) == "19900000001"
    clock.pass_by(hours=1)
    assert vault.resolve("chat-1", token) is None
    vault.keep("chat-2", "phone", "19900000003")
    with database.read() as session:
        assert len(session.scalars(select(PrivateTokenRow)).all()) == 1


def test_the_database_does_not_hold_the_value(database: Database, clock: MovingClock) -> None:
    Vault(database, clock, "secret").keep("chat-1", "id_number", KNOWN)
    with database.read() as session:
        row = session.scalars(select(PrivateTokenRow)).one()
    assert KNOWN.encode() not in bytes(row.sealed)
    assert KNOWN not in row.token + row.fingerprint


def test_another_secret_reads_nothing(database: Database, clock: MovingClock) -> None:
    token = Vault(database, clock, "secret").keep("chat-1", "id_number", KNOWN)
    assert Vault(database, clock, "another").resolve("chat-1", token) is None


def test_two_processes_keep_the_same_value_at_once(database: Database, clock: MovingClock) -> None:
    vault = Vault(database, clock, "secret")
    with ThreadPoolExecutor(6) as threads:
        tokens = list(threads.map(lambda _: vault.keep("chat-1", "phone", "19900000001"), range(6)))
    assert len(set(tokens)) == 1


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(value=st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60))
def test_any_value_comes_back_as_it_was(database: Database, clock: MovingClock, value: str) -> None:
    vault = Vault(database, clock, "secret")
    assert vault.resolve("chat-1", vault.keep("chat-1", "note", value)) == value
