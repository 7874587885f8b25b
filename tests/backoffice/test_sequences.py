from sqlalchemy import insert

from backoffice.db import Database, Model
from backoffice.identity.tables import HouseholdRow
from backoffice.sequences import move_on


def test_after_rows_with_ids_of_their_own_the_next_id_is_free(database: Database) -> None:
    with database.write() as session:
        session.execute(insert(HouseholdRow), [{"id": key, "district": "东湖区", "address": "a"} for key in (1, 7)])
        move_on(session, Model.metadata.tables.values())
        new = HouseholdRow(district="东湖区", address="b")
        session.add(new)
        session.flush()
        assert new.id == 8


def test_an_empty_table_starts_at_one(database: Database) -> None:
    with database.write() as session:
        move_on(session, Model.metadata.tables.values())
        new = HouseholdRow(district="东湖区", address="b")
        session.add(new)
        session.flush()
        assert new.id == 1
