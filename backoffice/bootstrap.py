"""Puts the records together for one process."""

from dataclasses import dataclass
from pathlib import Path

from backoffice.clock import Clock
from backoffice.db import Database, connect
from backoffice.employment.service import EmploymentService
from backoffice.identity.service import IdentityService, Limits
from backoffice.identity.sms import DemoOutbox, SmsPort
from backoffice.identity.vault import Vault
from backoffice.medical.service import MedicalService
from knowledge import City, load_city

SIGN_IN_TEXT = (
    "【{city}问政】登录验证码 {code}，5分钟内有效。工作人员不会向您索要验证码。/ Your sign-in code is {code}."
)


@dataclass(frozen=True)
class Backoffice:
    """The records' services on one database, with one clock, for one city."""

    db: Database
    clock: Clock
    city: City
    identity: IdentityService
    medical: MedicalService
    employment: EmploymentService
    vault: Vault
    outbox: DemoOutbox


def open_backoffice(
    database_url: str,
    clock: Clock,
    city_dir: Path,
    secret: str,
    sms: SmsPort | None = None,
    limits: Limits | None = None,
) -> Backoffice:
    """Open the records.

    Args:
        secret: key material for stored tokens and personal numbers.
        sms: where sign-in codes go; the demo outbox if none is given.
        limits: how many sign-in codes may be asked for; the strict defaults if none are given.
    """
    db = Database(connect(database_url))
    city = load_city(city_dir)
    outbox = DemoOutbox(db, clock)
    identity = IdentityService(
        db, clock, secret, sms or outbox, lambda code: SIGN_IN_TEXT.format(city=city.name, code=code), limits
    )
    return Backoffice(
        db=db,
        clock=clock,
        city=city,
        identity=identity,
        medical=MedicalService(db, clock, identity.note_access),
        employment=EmploymentService(db, clock),
        vault=Vault(db, clock, secret),
        outbox=outbox,
    )
