"""What the actions work with: settings, records and texts, opened once per process at the first turn."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from wenzheng.settings import Settings
from wenzheng.texts import Texts, texts_in

if TYPE_CHECKING:
    from backoffice.bootstrap import Backoffice

TEXTS = Path(__file__).parent / "texts"


@dataclass(frozen=True)
class Services:
    """The records, and the address that links to the web server start with."""

    backoffice: "Backoffice"
    base_url: str


def texts() -> Texts:
    """Return the sentences of the actions; they need no database."""
    return texts_in(TEXTS)


@cache
def provided() -> Services:
    """Return this process's services; a failure is not kept, so that the next turn tries again."""
    from backoffice.bootstrap import open_backoffice  # here, so that importing an action imports no records

    settings = Settings.model_validate({})
    backoffice = open_backoffice(
        settings.database, settings.clock, settings.city_dir, settings.secret.get_secret_value() or "unset"
    )
    return Services(backoffice, settings.base_url)
