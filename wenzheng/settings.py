"""The settings of every process, read once from the environment and passed in."""

from datetime import datetime
from pathlib import Path

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from backoffice.clock import Clock, ShiftedClock, system_clock

ROOT = Path(__file__).resolve().parent.parent


class Settings(BaseSettings):
    """Every setting with its default; the description of each is the README's table."""

    model_config = SettingsConfigDict(frozen=True, env_ignore_empty=True, populate_by_name=True)

    port: int = Field(8080, alias="PORT", description="port of the web server")
    host: str = Field("127.0.0.1", alias="WENZHENG_HOST", description="address the web server listens on")
    public_url: str = Field(
        "", alias="WENZHENG_PUBLIC_URL", description="address citizens reach it at; links are made from it"
    )
    rasa_port: int = Field(5005, alias="RASA_PORT", description="loopback port of Rasa")
    rasa_token: SecretStr = Field(
        SecretStr(""), alias="WENZHENG_RASA_TOKEN", description="token of Rasa's HTTP API (random by default)"
    )
    actions_port: int = Field(5055, alias="ACTIONS_PORT", description="loopback port of the action server")
    database_url: str = Field(
        "", alias="DATABASE_URL", description="sqlite:///FILE or postgresql://…; default: a file in the data folder"
    )
    data_dir: Path = Field(ROOT / "var", alias="WENZHENG_DATA", description="folder for database, names and logs")
    city_dir: Path = Field(
        ROOT / "knowledge" / "city", alias="WENZHENG_CITY", description="folder with the city's own data"
    )
    secret: SecretStr = Field(
        SecretStr(""),
        alias="WENZHENG_SECRET",
        description="key for stored personal numbers; required outside demo mode",
    )
    demo: bool = Field(True, alias="WENZHENG_DEMO", description="demo mode: demo residents and the SMS outbox page")
    api_keys: str = Field("", alias="WENZHENG_API_KEYS", description="keys of the REST webhook, comma-separated")
    sms_url: str = Field("", alias="WENZHENG_SMS_URL", description="HTTP webhook that sends text messages")
    embed_origins: str = Field(
        "", alias="WENZHENG_EMBED_ORIGINS", description="sites that may embed the chat, space-separated origins"
    )
    messages_per_minute: int = Field(
        30, alias="WENZHENG_MESSAGES_PER_MINUTE", description="messages a conversation may send in a minute"
    )
    clock_start: datetime | None = Field(
        None, alias="WENZHENG_CLOCK", description="instant the clock starts at (ISO 8601 with offset), for demos"
    )
    clock_started: datetime | None = Field(
        None, alias="WENZHENG_CLOCK_STARTED", description="machine time at which that clock started (set by serve)"
    )

    @field_validator("clock_start", "clock_started")
    @classmethod
    def _aware(cls, value: datetime | None) -> datetime | None:
        if value is not None and value.tzinfo is None:
            raise ValueError("needs a UTC offset, for example 2026-11-23T09:00:00+08:00")
        return value

    @property
    def base_url(self) -> str:
        """Address that links to the web server start with, without a trailing slash."""
        return (self.public_url or f"http://localhost:{self.port}").rstrip("/")

    @property
    def database(self) -> str:
        """Database address: as set, or the SQLite file in the data folder."""
        return self.database_url or f"sqlite:///{self.data_dir / 'wenzheng.db'}"

    @property
    def names_file(self) -> Path:
        """Where the names of the city's places, hospitals, drugs, ... are written for the entity linker."""
        return self.data_dir / "names.json"

    @property
    def keys(self) -> frozenset[str]:
        """The REST webhook's keys."""
        return frozenset(key.strip() for key in self.api_keys.split(",") if key.strip())

    @property
    def clock(self) -> Clock:
        """The clock of this process."""
        if self.clock_start is None:
            return system_clock
        return ShiftedClock.starting_at(self.clock_start, self.clock_started)
