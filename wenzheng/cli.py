"""``wenzheng``, the command line."""

import asyncio
import json
import sys
from pathlib import Path
from typing import Annotated

import typer
from pydantic import ValidationError
from rich.console import Console
from rich.progress import Progress
from sqlalchemy.exc import SQLAlchemyError

from wenzheng import logs, model
from wenzheng.problems import SetupProblem
from wenzheng.settings import Settings

app = typer.Typer(help="Wenzheng (问政): a conversational citizen-service assistant.", no_args_is_help=True)
demo_app = typer.Typer(help="The demo city.", no_args_is_help=True)
model_app = typer.Typer(help="The language model.", no_args_is_help=True)
app.add_typer(demo_app, name="demo")
app.add_typer(model_app, name="model")
console = Console(stderr=True)


def _settings() -> Settings:
    try:
        settings = Settings()
    except ValidationError as problem:
        first = problem.errors()[0]
        raise SetupProblem(f"The setting {first['loc'][0]} is not right: {first['msg']}.") from problem
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    return settings


@app.command()
def serve() -> None:
    """Start everything and keep it running until Ctrl-C."""
    from wenzheng import serving
    from wenzheng.serve import check_ports, run, secrets_of

    logs.configure("serve")
    settings = secrets_of(serving.with_clock(_settings()))
    check_ports(settings)
    if not model.is_current():
        _train()
    serving.prepare_database(settings, console)
    console.print("Starting bot, rasa and actions ...")
    asyncio.run(run(settings, lambda started: serving.announce(started, console)))


@app.command("import")
def import_records(
    area: Annotated[str, typer.Argument(help="service area, for example medical")],
    table: Annotated[str, typer.Argument(help="table, for example hospitals")],
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="CSV or XLSX file")],
) -> None:
    """Load real records: all rows or none; every bad row is named."""
    from wenzheng import serving
    from wenzheng.importing import import_file

    settings = _settings()
    backoffice = serving.open_prepared(settings)
    with Progress(console=console) as bar:
        task = bar.add_task(file.name, total=None)
        result = import_file(
            backoffice.db,
            area,
            table,
            file,
            progress=lambda done, total: bar.update(task, completed=done, total=total),
        )
    for problem in result.problems:
        typer.echo(str(problem))
    if result.problems:
        typer.echo(
            f"{len(result.problems)} problems; nothing was imported. / 有 {len(result.problems)} 处问题，没有导入。"
        )
        raise typer.Exit(1)
    serving.write_names(backoffice, settings)
    typer.echo(f"{result.imported} rows imported. / 已导入 {result.imported} 行。")


@demo_app.command("facts")
def demo_facts() -> None:
    """Print the demo residents, staff and cases as JSON."""
    from backoffice.demo import facts
    from wenzheng import serving

    backoffice = serving.open_prepared(_settings())
    typer.echo(json.dumps(facts(backoffice.db, backoffice.clock), ensure_ascii=False, indent=2, default=str))


@demo_app.command("names")
def demo_names(file: Annotated[Path, typer.Argument(help="where to write them")]) -> None:
    """Write the names of a fresh demo city, for measuring how well they are recognised."""
    from wenzheng import serving

    serving.write_demo_names(_settings(), file)


@model_app.command("train")
def model_train(force: Annotated[bool, typer.Option(help="train even when nothing changed")] = False) -> None:
    """Train the model if the training files changed."""
    if model.is_current() and not force:
        console.print("The model is up to date.")
        return
    _train()


def _train() -> None:
    with console.status("Training the model (about a minute) ..."):
        model.train()
    console.print("The model is trained.")


def main() -> None:
    """Run the command line; what a person can mend is said in one sentence."""
    try:
        app()
    except SetupProblem as problem:
        console.print(str(problem), style="bold red", highlight=False, soft_wrap=True)
        sys.exit(1)
    except SQLAlchemyError as problem:
        console.print(
            f"The database did not take that ({type(problem).__name__}). Check DATABASE_URL and that it is running.",
            style="bold red",
            highlight=False,
        )
        sys.exit(1)
