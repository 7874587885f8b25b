import pytest

from backoffice.errors import NotAllowed
from backoffice.identity.access import Asker, require_owner
from tests.backoffice.identity.conftest import Desk


def test_a_resident_reads_who_looked_at_what_and_why(desk: Desk) -> None:
    me = Asker(resident_id=1, staff_id=None, via="chat-1", why="medical_balance")
    staff = Asker(resident_id=None, staff_id=7, via="console", why="ticket")
    with desk.db.write() as session:
        desk.identity.note_access(session, me, 1, "medical.account")
        desk.identity.note_access(session, me, 2, "medical.account")
    desk.clock.pass_by(hours=1)
    with desk.db.write() as session:
        desk.identity.note_access(session, staff, 1, "medical.transactions")
    newest, oldest = desk.identity.access_log(1)
    assert (newest.who, newest.record, newest.why, newest.at) == (
        "staff",
        "medical.transactions",
        "ticket",
        desk.clock.now,
    )
    assert (oldest.who, oldest.record, oldest.why) == ("self", "medical.account", "medical_balance")
    assert [entry.who for entry in desk.identity.access_log(2)] == ["other"]
    assert len(desk.identity.access_log(1, limit=1)) == 1


def test_a_look_up_that_fails_leaves_no_entry(desk: Desk) -> None:
    def look_up() -> None:
        with desk.db.write() as session:
            desk.identity.note_access(session, Asker(1, None, "chat-1", "medical_balance"), 1, "medical.account")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        look_up()
    assert desk.identity.access_log(1) == []


@pytest.mark.parametrize(
    "asker", [Asker(2, None, "c", "w"), Asker(None, None, "c", "w"), Asker(None, 1, "console", "w")]
)
def test_nobody_but_the_owner_passes(asker: Asker) -> None:
    with pytest.raises(NotAllowed, match="not_yours"):
        require_owner(asker, 1)
    require_owner(Asker(1, None, "c", "w"), 1)
