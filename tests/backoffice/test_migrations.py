"""The migrations make exactly the tables that the models describe, on both databases."""

from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, inspect, text

import migrations
from migrations.tables import METADATA


def test_models_and_migrations_agree(engine: Engine) -> None:
    migrations.upgrade(engine)
    assert migrations.check(engine) == []
    assert set(inspect(engine).get_table_names()) == {*METADATA.tables, "alembic_version"}


def test_a_difference_is_found(engine: Engine) -> None:
    migrations.upgrade(engine)
    with engine.begin() as connection:
        connection.execute(text("DROP TABLE sms_outbox"))
    assert any("sms_outbox" in difference for difference in migrations.check(engine))


def test_upgrading_twice_changes_nothing(engine: Engine) -> None:
    migrations.upgrade(engine)
    with engine.begin() as connection:
        connection.execute(text("INSERT INTO households (id, district, address) VALUES (1, '东湖区', '学府路1号')"))
    migrations.upgrade(engine)
    with engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM households")).scalar() == 1
    assert migrations.check(engine) == []


def test_there_is_one_line_of_migrations() -> None:
    config = Config()
    config.set_main_option("script_location", str(migrations.FOLDER))
    scripts = ScriptDirectory.from_config(config)
    assert len(scripts.get_heads()) == 1
    assert len(list(scripts.walk_revisions())) >= 1


def test_tables_of_every_area_are_gathered() -> None:
    assert {"residents", "conversations", "messages"} <= set(METADATA.tables)
