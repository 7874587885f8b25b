"""The city's districts, departments, offices and leaders, read from a folder of YAML files."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import MISSING, dataclass, fields
from pathlib import Path
from typing import Any

import yaml

AREAS = (
    "employment",
    "medical",
    "social",
    "tax",
    "licences",
    "business",
    "education",
    "tickets",
    "identity",
    "policies",
)


@dataclass(frozen=True)
class District:
    """A district or county: official name, English name, six-digit region code, other ways to say it."""

    name: str
    en: str
    code: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class Department:
    """A department of the city government, what it is responsible for and the service areas it answers for."""

    name: str
    en: str
    duties: str
    duties_en: str
    phone: str
    areas: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class Office:
    """A place to go to: hours in words as on its door, lunch break and Saturday said apart."""

    name: str
    en: str
    district: str
    address: str
    phone: str
    hours: str
    hours_en: str
    lunch: str
    lunch_en: str
    saturday: str
    saturday_en: str
    services: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class Leader:
    """An official post with a mailbox."""

    post: str
    en: str
    department: str = ""
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class City:
    """One city."""

    name: str
    en: str
    hotline: str
    districts: tuple[District, ...]
    departments: tuple[Department, ...]
    offices: tuple[Office, ...]
    leaders: tuple[Leader, ...]

    def district(self, name: str) -> District | None:
        """Return the district of that official name."""
        return next((district for district in self.districts if district.name == name), None)

    def department(self, name: str) -> Department | None:
        """Return the department of that official name."""
        return next((department for department in self.departments if department.name == name), None)

    def department_for(self, area: str) -> Department:
        """Return the department that answers for a service area.

        Raises:
            KeyError: no department names this area.
        """
        for department in self.departments:
            if area in department.areas:
                return department
        raise KeyError(area)

    def hall(self, district: str | None = None) -> Office:
        """Return the service hall of a district, or the city's main one."""
        halls = [office for office in self.offices if "all" in office.services]
        return next((office for office in halls if office.district == district), halls[0])


_FILES: dict[str, type] = {
    "districts": District,
    "departments": Department,
    "offices": Office,
    "leaders": Leader,
}


def _read(folder: Path, name: str) -> Any:
    return yaml.safe_load((folder / f"{name}.yml").read_text(encoding="utf-8"))


def _make(kind: type, entry: dict[str, Any]) -> Any:
    return kind(**{key: tuple(value) if isinstance(value, list) else value for key, value in entry.items()})


def load_city(folder: Path) -> City:
    """Read the city from its folder.

    Raises:
        ValueError: the data has problems; the message names each.
    """
    problems = validate(folder)
    if problems:
        raise ValueError("\n".join(problems))
    parts: dict[str, Any] = {
        name: tuple(_make(kind, entry) for entry in _read(folder, name)) for name, kind in _FILES.items()
    }
    return City(**_read(folder, "city"), **parts)


def validate(folder: Path) -> list[str]:
    """Return what is wrong in a city's folder, a sentence each with file and entry; empty when all is right."""
    problems: list[str] = []
    entries: dict[str, list[dict[str, Any]]] = {}
    for name, kind in _FILES.items():
        try:
            entries[name] = _read(folder, name)
        except (OSError, yaml.YAMLError) as problem:
            problems.append(f"{name}.yml cannot be read: {problem}")
            continue
        for number, entry in enumerate(entries[name], 1):
            problems += [f"{name}.yml, entry {number} ({_title(entry)}): {text}" for text in _entry(kind, entry)]
        problems += [f"{name}.yml: {title} stands there twice" for title in _twice(map(_title, entries[name]))]
    if not problems:
        problems += _across(entries)
    return problems


def _title(entry: dict[str, Any]) -> str:
    return str(entry.get("name") or entry.get("post") or "?")


def _twice(titles: Iterable[str]) -> list[str]:
    return [title for title, times in Counter(titles).items() if times > 1]


def _entry(kind: type, entry: dict[str, Any]) -> list[str]:
    known = {field.name: field for field in fields(kind)}
    needed = {name for name, field in known.items() if field.default is MISSING}
    missing = [f"{name} is missing" for name in sorted(needed - entry.keys())]
    unknown = [f"{name} is not a field" for name in sorted(entry.keys() - known.keys())]
    empty = [f"{name} is empty" for name, value in entry.items() if name in needed and not value]
    return missing + unknown + empty


def _across(entries: dict[str, list[dict[str, Any]]]) -> list[str]:
    districts = {entry["name"] for entry in entries["districts"]}
    departments = {entry["name"] for entry in entries["departments"]}
    served = {area for entry in entries["departments"] for area in entry.get("areas", [])}
    problems = [f"departments.yml: no department answers for {area}" for area in AREAS if area not in served]
    problems += [f"departments.yml: {area} is not a service area" for area in sorted(served - set(AREAS))]
    for office in entries["offices"]:
        if office["district"] not in districts:
            problems.append(f"offices.yml, {office['name']}: {office['district']} is no district")
    for leader in entries["leaders"]:
        if leader.get("department") and leader["department"] not in departments:
            problems.append(f"leaders.yml, {leader['post']}: {leader['department']} is no department")
    if not any("all" in office.get("services", []) for office in entries["offices"]):
        problems.append("offices.yml: no office has the service 'all', so there is no service hall")
    return problems
