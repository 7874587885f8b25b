"""Tells whoever edits a city's files what is wrong, in which file and which entry, in Chinese and English."""

import re
from collections.abc import Iterator
from dataclasses import MISSING, fields
from pathlib import Path
from typing import Any

import yaml

from knowledge.places import AREAS, PARTS, City

Entry = dict[str, Any]
LISTS = ("aliases", "areas", "services")
FORMS = {
    "code": (r"\d{6}", "应是带引号的六位数字", 'must be six digits in quotes, for example "990101"'),
    "phone": (
        r"\d{3,4}-\d{7,8}|\d{5}",
        "应是“区号-号码”",
        "must be area code, hyphen, number, for example 0900-5550101",
    ),
}


def validate(folder: Path) -> list[str]:
    """Return what is wrong in a city's folder, a sentence each; empty when all is right."""
    problems: list[str] = []
    city = _read(folder / "city.yml", problems)
    if city is not None:
        problems += _city(city)
    parts: dict[str, list[Entry]] = {}
    for name, kind in PARTS.items():
        entries = _read(folder / f"{name}.yml", problems)
        if entries is not None:
            parts[name] = _check_part(name, kind, entries, problems)
    if not problems:
        problems += _duplicates(parts)
        problems += _references(parts)
        problems += _areas(parts)
    return problems


def _read(file: Path, problems: list[str]) -> Any:
    """Return what a file holds, or ``None`` after noting why it cannot be read."""
    try:
        content = yaml.safe_load(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        problems.append(f"{file.name}：没有这个文件 / the file is missing")
    except (OSError, UnicodeDecodeError) as problem:
        problems.append(f"{file.name}：读不出来，请存为 UTF-8 / cannot be read as UTF-8 text ({problem})")
    except yaml.YAMLError as problem:
        mark = getattr(problem, "problem_mark", None)
        line = mark.line + 1 if mark else "?"
        problems.append(f"{file.name}：第 {line} 行写法有误，请看冒号、引号和缩进 / line {line} is not valid YAML")
    else:
        if content:
            return content
        problems.append(f"{file.name}：文件是空的 / the file is empty")
    return None


def _city(city: Any) -> list[str]:
    if not isinstance(city, dict):
        return ["city.yml：应写成“名称: 内容” / must be lines of the form name: value"]
    needed = [field.name for field in fields(City) if field.name not in PARTS]
    return [f"city.yml：{text}" for text in _fields(city, set(needed), set(needed))]


def _check_part(name: str, kind: type, entries: Any, problems: list[str]) -> list[Entry]:
    if not isinstance(entries, list):
        problems.append(f"{name}.yml：每一条应以“- ”开头 / every entry must start with a hyphen")
        return []
    known = {field.name for field in fields(kind)}
    needed = {field.name for field in fields(kind) if field.default is MISSING}
    for number, entry in enumerate(entries, 1):
        where = f"{name}.yml 第 {number} 条（{_title(entry)}）"
        if not isinstance(entry, dict):
            problems.append(f"{where}：应写成“名称: 内容” / must be lines of the form name: value")
            continue
        problems += [f"{where}：{text}" for text in _fields(entry, known, needed)]
    return entries


def _title(entry: Any) -> str:
    return str((entry.get("name") or entry.get("post") or "?") if isinstance(entry, dict) else entry)


def _fields(entry: Entry, known: set[str], needed: set[str]) -> Iterator[str]:
    for name in sorted(needed - entry.keys()):
        yield f"缺少 {name} / {name} is missing"
    for name, value in entry.items():
        if name not in known:
            yield f"没有 {name} 这一项 / {name} is not a field; fields are {', '.join(sorted(known))}"
        elif name in LISTS:
            if not isinstance(value, list) or not all(isinstance(one, str) and one.strip() for one in value):
                yield f"{name} 应写成 [甲, 乙] / {name} must be a list of words in square brackets"
        elif not isinstance(value, str) or (name in needed and not value.strip()):
            yield f"{name} 应是文字，不能空，数字请加引号 / {name} must be text and not empty; put numbers in quotes"
        elif name in FORMS and not re.fullmatch(FORMS[name][0], value):
            yield f"{name} {FORMS[name][1]} / {name} {FORMS[name][2]}"


def _duplicates(parts: dict[str, list[Entry]]) -> Iterator[str]:
    """Names and aliases of one file must each mean one entry."""
    for name, entries in parts.items():
        meant: dict[str, str] = {}
        for entry in entries:
            title = _title(entry)
            for written in (title, *entry.get("aliases", [])):
                other = meant.setdefault(written.casefold(), title)
                if other != title or (written == title and entries.index(entry) != _first(entries, title)):
                    yield f"{name}.yml（{title}）：“{written}”已经用于{other} / “{written}” already stands for {other}"
    codes: dict[str, str] = {}
    for entry in parts["districts"]:
        if codes.setdefault(entry["code"], entry["name"]) != entry["name"]:
            yield f"districts.yml（{entry['name']}）：代码 {entry['code']} 重复 / code {entry['code']} is used twice"


def _first(entries: list[Entry], title: str) -> int:
    return next(number for number, entry in enumerate(entries) if _title(entry) == title)


def _references(parts: dict[str, list[Entry]]) -> Iterator[str]:
    districts = {entry["name"] for entry in parts["districts"]}
    departments = {entry["name"] for entry in parts["departments"]}
    for office in parts["offices"]:
        if office["district"] not in districts:
            yield f"offices.yml（{office['name']}）：没有“{office['district']}”这个区 / no such district"
    for leader in parts["leaders"]:
        if leader.get("department", "") not in {"", *departments}:
            yield f"leaders.yml（{leader['post']}）：没有“{leader['department']}”这个部门 / no such department"
    with_hall = {office["district"] for office in parts["offices"] if "all" in office.get("services", [])}
    for district in sorted(districts - with_hall):
        yield f"offices.yml：{district}没有政务服务大厅（services: [all]） / no service hall in {district}"


def _areas(parts: dict[str, list[Entry]]) -> Iterator[str]:
    answered = [area for entry in parts["departments"] for area in entry.get("areas", [])]
    for area in AREAS:
        if (times := answered.count(area)) != 1:
            yield (
                f"departments.yml：应有且只有一个部门负责 {area}，现有 {times} 个"
                f" / exactly one department must answer for {area}, not {times}"
            )
    for name, key, allowed in (("departments", "areas", set(AREAS)), ("offices", "services", {*AREAS, "all"})):
        for entry in parts[name]:
            for area in sorted(set(entry.get(key, [])) - allowed):
                yield f"{name}.yml（{entry['name']}）：{area} 不是业务领域 / {area} is not a service area"
