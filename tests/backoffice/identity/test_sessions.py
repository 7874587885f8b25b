import time

from sqlalchemy import event, select

from backoffice.identity.tables import SessionRow
from tests.backoffice.identity.conftest import OTHER, Desk


def test_a_session_ends_after_thirty_idle_minutes(desk: Desk) -> None:
    done = desk.sign_in("chat-1")
    desk.clock.pass_by(minutes=29, seconds=59)
    assert desk.identity.resident_for("chat-1")
    desk.clock.pass_by(minutes=29, seconds=59)
    assert desk.identity.session(done.session_token)
    desk.clock.pass_by(minutes=30)
    assert desk.identity.session(done.session_token) is None
    assert desk.identity.resident_for("chat-1") is None
    assert desk.identity.session_ends(done.session_token) is None


def test_a_session_ends_after_twelve_hours_in_any_case(desk: Desk) -> None:
    done = desk.sign_in("chat-1")
    opened = desk.clock.now
    for _ in range(35):
        desk.clock.pass_by(minutes=20)
        assert desk.identity.resident_for("chat-1")
    assert (desk.identity.session_ends(done.session_token) - opened).total_seconds() == 12 * 3600
    desk.clock.pass_by(minutes=20)
    assert desk.identity.resident_for("chat-1") is None


def test_when_a_session_ends_is_told_without_prolonging_it(desk: Desk) -> None:
    done = desk.sign_in()
    ends = desk.identity.session_ends(done.session_token)
    assert (ends - desk.clock.now).total_seconds() == 30 * 60
    desk.clock.pass_by(minutes=10)
    assert desk.identity.session_ends(done.session_token) == ends
    assert desk.identity.session_ends("made up") is None


def test_activity_is_written_at_most_once_a_minute(desk: Desk) -> None:
    desk.sign_in("chat-1")
    written: list[str] = []

    @event.listens_for(desk.db.engine, "before_cursor_execute")
    def count(_connection, _cursor, statement: str, *_rest) -> None:  # type: ignore[no-untyped-def]
        if statement.startswith("UPDATE"):
            written.append(statement)

    for _ in range(10):
        desk.identity.resident_for("chat-1")
    assert written == []
    desk.clock.pass_by(minutes=1)
    for _ in range(10):
        desk.identity.resident_for("chat-1")
    assert len(written) == 1


def test_a_signed_in_browser_can_bind_a_second_chat(desk: Desk) -> None:
    done = desk.sign_in("chat-1")
    desk.identity.bind(done.session_token, "chat-2")
    assert desk.identity.resident_for("chat-2") == done.resident
    desk.identity.bind("made up", "chat-3")
    assert desk.identity.resident_for("chat-3") is None


def test_a_session_that_ended_binds_nothing(desk: Desk) -> None:
    done = desk.sign_in()
    desk.clock.pass_by(minutes=31)
    desk.identity.bind(done.session_token, "chat-1")
    assert desk.identity.resident_for("chat-1") is None


def test_a_chat_speaks_with_the_newest_sign_in(desk: Desk) -> None:
    desk.sign_in("chat-1")
    second = desk.sign_in("chat-1", OTHER, "赵明")
    assert desk.identity.resident_for("chat-1") == second.resident


def test_signing_out_ends_the_session_in_every_chat(desk: Desk) -> None:
    done = desk.sign_in("chat-1")
    desk.identity.bind(done.session_token, "chat-2")
    assert sorted(desk.identity.sign_out(done.session_token)) == ["chat-1", "chat-2"]
    assert desk.identity.session(done.session_token) is None
    assert desk.identity.resident_for("chat-1") is None
    assert desk.identity.sign_out(done.session_token) == []
    assert desk.identity.sign_out("made up") == []


def test_signing_out_in_a_chat_ends_its_session(desk: Desk) -> None:
    done = desk.sign_in("chat-1")
    desk.identity.sign_out_conversation("nobody's chat")
    assert desk.identity.resident_for("chat-1")
    desk.identity.sign_out_conversation("chat-1")
    assert desk.identity.resident_for("chat-1") is None
    assert desk.identity.session(done.session_token) is None


def test_signing_out_everywhere_leaves_others_signed_in(desk: Desk) -> None:
    first, second = desk.sign_in("chat-1"), desk.sign_in("chat-2")
    other = desk.sign_in("chat-3", OTHER, "赵明")
    assert sorted(desk.identity.sign_out_everywhere(first.resident.id)) == ["chat-1", "chat-2"]
    assert desk.identity.session(first.session_token) is None
    assert desk.identity.session(second.session_token) is None
    assert desk.identity.session(other.session_token) == other.resident


def test_ended_sessions_are_forgotten_after_a_month(desk: Desk) -> None:
    desk.sign_in("chat-1")
    desk.clock.pass_by(days=31)
    desk.sign_in("chat-2")
    with desk.db.read() as session:
        assert len(session.scalars(select(SessionRow)).all()) == 1


def test_asking_who_is_there_is_fast(desk: Desk) -> None:
    desk.sign_in("chat-1")
    for _ in range(20):
        desk.identity.resident_for("chat-1")
    times = []
    for _ in range(100):
        start = time.perf_counter()
        desk.identity.resident_for("chat-1")
        times.append(time.perf_counter() - start)
    assert min(times) < 0.001
