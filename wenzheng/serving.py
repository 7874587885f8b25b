"""What has to stand before the processes start: the database with its tables and, in demo mode, the demo city."""

from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console
from rich.progress import Progress
from sqlalchemy import inspect
from sqlalchemy.exc import DatabaseError

import migrations
from backoffice import demo
from backoffice.bootstrap import Backoffice, open_backoffice
from backoffice.clock import system_clock
from backoffice.db import connect
from backoffice.names import write_names as write_names_file
from wenzheng.problems import SetupProblem
from wenzheng.settings import Settings


def with_clock(settings: Settings) -> Settings:
    """Fix the instant at which a set clock started, so that all processes and restarts share one time."""
    if settings.clock_start is None or settings.clock_started is not None:
        return settings
    return settings.model_copy(update={"clock_started": system_clock()})


def open_records(settings: Settings) -> Backoffice:
    """Open the records with these settings."""
    return open_backoffice(
        settings.database, settings.clock, settings.city_dir, settings.secret.get_secret_value() or "unset"
    )


def open_prepared(settings: Settings) -> Backoffice:
    """Open the records for a command.

    Raises:
        SetupProblem: there is no database yet.
    """
    backoffice = open_records(settings)
    if not inspect(backoffice.db.engine).has_table("residents"):
        raise SetupProblem("The database is empty. Start Wenzheng once: make serve")
    return backoffice


def write_names(backoffice: Backoffice, settings: Settings) -> None:
    """Write the city's names for the entity linker."""
    write_names_file(backoffice.db, backoffice.city, settings.names_file)


def write_demo_names(settings: Settings, file: Path) -> None:
    """Build the demo city in a database that is thrown away and write its names to ``file``."""
    with TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/demo.db"
        engine = connect(url)
        migrations.upgrade(engine)
        engine.dispose()
        backoffice = open_records(settings.model_copy(update={"database_url": url}))
        demo.build(backoffice.db, backoffice.clock, backoffice.city)
        write_names_file(backoffice.db, backoffice.city, file)
        backoffice.db.engine.dispose()


def prepare_database(settings: Settings, console: Console) -> None:
    """Migrate the database, build the demo city if it is empty, and write the names.

    Raises:
        SetupProblem: the database cannot be reached or opened.
    """
    try:
        engine = connect(settings.database)
        migrations.upgrade(engine)
        engine.dispose()
    except DatabaseError as problem:
        raise SetupProblem(
            "The database cannot be opened. Check DATABASE_URL and that it is running, or move a broken file away: "
            f"{connect(settings.database).url.render_as_string(hide_password=True)}"
        ) from problem
    backoffice = open_records(settings)
    if settings.demo and demo.is_empty(backoffice.db):
        with Progress(console=console) as bar:
            task = bar.add_task("Building the demo city 安澜市", total=None)

            def show(done: int, total: int, what: str) -> None:
                bar.update(task, completed=done, total=total, description=f"Building the demo city 安澜市: {what}")

            demo.build(backoffice.db, backoffice.clock, backoffice.city, show)
    write_names(backoffice, settings)
    backoffice.db.engine.dispose()


def announce(settings: Settings, console: Console) -> None:
    """Print the addresses, the demo residents and staff."""
    say = console.print
    say(f"\n[bold]Wenzheng is ready:[/bold] {settings.base_url}", highlight=False)
    say(f"  chat    {settings.base_url}/chat\n  health  {settings.base_url}/readyz", highlight=False)
    if not settings.demo:
        return
    say(
        f"  outbox  {settings.base_url}/demo/outbox   (demo: the text messages with the sign-in codes)", highlight=False
    )
    backoffice = open_records(settings)
    facts = demo.facts(backoffice.db, backoffice.clock)
    say("\nDemo residents (fictional):")
    for resident in facts["residents"]:
        say(f"  {resident['name']}  {resident['id_number']}  {resident['phone']}  {resident['about']}", highlight=False)
    for member in facts["staff"]:
        say(f"  staff: {member}", highlight=False)
    say(f"\nREST key: {settings.api_keys}\nStop with Ctrl-C. Logs: {settings.data_dir / 'log'}", highlight=False)
    backoffice.db.engine.dispose()
