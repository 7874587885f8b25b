from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import inspect, select, text

from backoffice.db import Database
from backoffice.errors import DomainError, TooManyTries
from backoffice.identity.service import Limits
from backoffice.identity.tables import ChallengeRow
from tests.backoffice.identity.conftest import KNOWN, OTHER, UNKNOWN, Desk, MovingClock, make_desk

HOME = "192.0.2.1"


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 10**6:06d}"


def test_signing_in_binds_exactly_the_chat_of_the_link(desk: Desk) -> None:
    done = desk.sign_in("chat-1")
    assert done.conversation_id == "chat-1"
    assert done.resident.phone_masked == "199****0001"
    assert desk.identity.session(done.session_token) == done.resident
    assert desk.identity.resident_for("chat-1") == done.resident
    assert desk.identity.resident_for("chat-2") is None


def test_the_code_goes_to_the_phone_on_record(desk: Desk) -> None:
    desk.identity.start_sign_in(KNOWN, "周秀兰", HOME, None)
    [(phone, code)] = desk.sms.sent
    assert phone == "19900000001"
    assert len(code) == 6
    assert code.isdigit()


def test_number_and_name_may_be_typed_with_spaces_and_a_small_x(desk: Desk) -> None:
    desk.identity.start_sign_in(f" {KNOWN.lower()} ", " 周秀兰 ", HOME, None)
    assert len(desk.sms.sent) == 1


@pytest.mark.parametrize(("id_number", "name"), [(UNKNOWN, "周秀兰"), (KNOWN, "赵明"), (KNOWN, "")])
def test_who_does_not_match_gets_the_same_answers_and_no_code(desk: Desk, id_number: str, name: str) -> None:
    challenge = desk.identity.start_sign_in(id_number, name, HOME, None)
    assert desk.sms.sent == []
    known = desk.identity.start_sign_in(KNOWN, "周秀兰", HOME, None)
    assert len(challenge) == len(known)
    for tries_left in (4, 3, 2, 1):
        for one, code in ((challenge, "000000"), (known, wrong(desk.sms.sent[0][1]))):
            with pytest.raises(DomainError, match="code_wrong") as refused:
                desk.identity.finish_sign_in(one, code, HOME)
            assert refused.value.values == {"tries_left": tries_left}
    for one in (challenge, known):
        with pytest.raises(TooManyTries, match="too_many_tries"):
            desk.identity.finish_sign_in(one, wrong(desk.sms.sent[0][1]), HOME)


@pytest.mark.parametrize("id_number", ["", "1234", KNOWN[:-1] + ("1" if KNOWN[-1] != "1" else "2")])
def test_a_number_that_cannot_be_right_is_refused_at_once(desk: Desk, id_number: str) -> None:
    with pytest.raises(DomainError, match="id_number_form"):
        desk.identity.start_sign_in(id_number, "周秀兰", HOME, None)


def test_the_right_code_after_five_wrong_ones_is_too_late(desk: Desk) -> None:
    challenge = desk.identity.start_sign_in(KNOWN, "周秀兰", HOME, None)
    code = desk.sms.sent[0][1]
    for _ in range(5):
        with pytest.raises(DomainError):
            desk.identity.finish_sign_in(challenge, wrong(code), HOME)
    with pytest.raises(TooManyTries):
        desk.identity.finish_sign_in(challenge, code, HOME)


def test_guesses_made_at_once_are_never_more_than_five(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    import backoffice.identity.sign_in as module

    challenge = desk.identity.start_sign_in(KNOWN, "周秀兰", HOME, None)
    code = desk.sms.sent[0][1]
    compared: list[str] = []
    monkeypatch.setattr(module.hmac, "compare_digest", lambda one, other: compared.append(other) or one == other)

    def guess(number: int) -> str:
        try:
            desk.identity.finish_sign_in(challenge, f"{(int(code) + 1 + number) % 10**6:06d}", HOME)
        except DomainError as problem:
            return problem.key
        return "in"

    with ThreadPoolExecutor(12) as threads:
        outcomes = list(threads.map(guess, range(24)))
    assert len(compared) == 5
    assert sorted(set(outcomes)) == ["code_wrong", "too_many_tries"]
    assert outcomes.count("code_wrong") == 4


def test_the_right_code_used_twice_at_once_opens_one_session(desk: Desk) -> None:
    challenge = desk.identity.start_sign_in(KNOWN, "周秀兰", HOME, None)

    def finish(_: int) -> str:
        try:
            desk.identity.finish_sign_in(challenge, desk.sms.sent[0][1], HOME)
        except DomainError as problem:
            return problem.key
        return "in"

    with ThreadPoolExecutor(4) as threads:
        outcomes = sorted(threads.map(finish, range(4)))
    assert outcomes == ["code_expired"] * 3 + ["in"]


def test_a_code_lives_five_minutes(desk: Desk) -> None:
    challenge = desk.identity.start_sign_in(KNOWN, "周秀兰", HOME, None)
    desk.clock.pass_by(minutes=4, seconds=59)
    late = desk.identity.start_sign_in(OTHER, "赵明", HOME, None)
    assert desk.identity.finish_sign_in(challenge, desk.sms.sent[0][1], HOME)
    desk.clock.pass_by(minutes=5)
    with pytest.raises(DomainError, match="code_expired"):
        desk.identity.finish_sign_in(late, desk.sms.sent[1][1], HOME)


@pytest.mark.parametrize("challenge", ["", "made up", "x" * 5000])
def test_a_made_up_challenge_is_refused(desk: Desk, challenge: str) -> None:
    with pytest.raises(DomainError, match="code_expired"):
        desk.identity.finish_sign_in(challenge, "123456", HOME)


def test_a_code_of_another_challenge_does_not_fit(desk: Desk) -> None:
    first = desk.identity.start_sign_in(KNOWN, "周秀兰", HOME, None)
    desk.identity.start_sign_in(OTHER, "赵明", HOME, None)
    if desk.sms.sent[0][1] != desk.sms.sent[1][1]:
        with pytest.raises(DomainError, match="code_wrong"):
            desk.identity.finish_sign_in(first, desk.sms.sent[1][1], HOME)


def test_a_link_is_used_once(desk: Desk) -> None:
    link = desk.identity.make_link("chat-1")
    assert desk.identity.open_link(link) == "chat-1"
    assert desk.identity.open_link(link) == "chat-1"  # looking does not use it up
    challenges = [desk.identity.start_sign_in(KNOWN, "周秀兰", HOME, link) for _ in range(2)]
    codes = [code for _, code in desk.sms.sent]
    assert desk.identity.finish_sign_in(challenges[0], codes[0], HOME).conversation_id == "chat-1"
    assert desk.identity.open_link(link) is None
    assert desk.identity.finish_sign_in(challenges[1], codes[1], HOME).conversation_id is None


def test_a_link_lives_fifteen_minutes(desk: Desk) -> None:
    link = desk.identity.make_link("chat-1")
    desk.clock.pass_by(minutes=14, seconds=59)
    in_time = desk.identity.start_sign_in(KNOWN, "周秀兰", HOME, link)
    desk.clock.pass_by(seconds=1)
    assert desk.identity.open_link(link) is None
    desk.identity.start_sign_in(OTHER, "赵明", HOME, link)
    # It was good when the code was asked for; reading a text message takes its time.
    assert desk.identity.finish_sign_in(in_time, desk.sms.sent[0][1], HOME).conversation_id == "chat-1"


def test_an_expired_or_made_up_link_binds_nothing(desk: Desk) -> None:
    link = desk.identity.make_link("chat-1")
    desk.clock.pass_by(minutes=15)
    for token in (link, "made up"):
        challenge = desk.identity.start_sign_in(KNOWN, "周秀兰", HOME, token)
        assert desk.identity.finish_sign_in(challenge, desk.sms.sent[-1][1], HOME).conversation_id is None
    assert desk.identity.resident_for("chat-1") is None


def test_three_codes_in_ten_minutes_known_or_not(desk: Desk, database: Database, clock: MovingClock) -> None:
    strict = make_desk(database, clock)
    for id_number, name in ((KNOWN, "周秀兰"), (UNKNOWN, "谁")):
        for _ in range(3):
            strict.identity.start_sign_in(id_number, name, HOME, None)
            clock.pass_by(minutes=1)
        with pytest.raises(TooManyTries, match="too_many_codes") as refused:
            strict.identity.start_sign_in(id_number, name, HOME, None)
        assert refused.value.values["retry_after"] == 7 * 60 + 1
        clock.pass_by(minutes=8)
        strict.identity.start_sign_in(id_number, name, HOME, None)
        clock.pass_by(minutes=11)


def test_ten_codes_a_day(desk: Desk, database: Database, clock: MovingClock) -> None:
    strict = make_desk(database, clock)
    for _ in range(10):
        strict.identity.start_sign_in(KNOWN, "周秀兰", HOME, None)
        clock.pass_by(minutes=20)
    with pytest.raises(TooManyTries) as refused:
        strict.identity.start_sign_in(KNOWN, "周秀兰", HOME, None)
    assert refused.value.values["retry_after"] == (24 * 60 - 200) * 60 + 1
    clock.pass_by(hours=24)
    strict.identity.start_sign_in(KNOWN, "周秀兰", HOME, None)


def test_ten_starts_from_one_address(desk: Desk, database: Database, clock: MovingClock) -> None:
    few = make_desk(database, clock, Limits(per_resident=100, per_resident_a_day=100, per_address=10))
    for _ in range(10):
        few.identity.start_sign_in(UNKNOWN, "谁", HOME, None)
    with pytest.raises(TooManyTries):
        few.identity.start_sign_in(KNOWN, "周秀兰", HOME, None)
    few.identity.start_sign_in(KNOWN, "周秀兰", "198.51.100.7", None)


def test_codes_asked_for_at_once_are_counted(desk: Desk, database: Database, clock: MovingClock) -> None:
    strict = make_desk(database, clock)

    def start(_: int) -> bool:
        try:
            strict.identity.start_sign_in(KNOWN, "周秀兰", HOME, None)
        except TooManyTries:
            return False
        return True

    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(start, range(8))).count(True) == 3
    assert len(strict.sms.sent) == 3


def test_old_challenges_are_forgotten(desk: Desk) -> None:
    desk.identity.start_sign_in(KNOWN, "周秀兰", HOME, None)
    desk.clock.pass_by(days=3)
    desk.identity.start_sign_in(OTHER, "赵明", HOME, None)
    with desk.db.read() as session:
        assert len(session.scalars(select(ChallengeRow)).all()) == 1


def test_no_token_code_or_address_is_stored_as_it_is(desk: Desk) -> None:
    link = desk.identity.make_link("chat-1")
    challenge = desk.identity.start_sign_in(KNOWN, "周秀兰", HOME, link)
    code = desk.sms.sent[0][1]
    done = desk.identity.finish_sign_in(challenge, code, HOME)
    with desk.db.read() as session:
        stored = [
            str(cell)
            for table in ("sign_in_links", "sign_in_challenges", "sessions", "chat_bindings")
            for row in session.execute(text(f"SELECT * FROM {table}"))  # noqa: S608
            for cell in row
        ]
    assert len(inspect(desk.db.engine).get_table_names()) > 4
    for secret in (link, challenge, code, done.session_token, HOME, KNOWN):
        assert not [cell for cell in stored if secret in cell and len(cell) != 64]
        assert secret not in stored
