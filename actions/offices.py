"""Which office or department it is: by its name, the district, or what has to be done."""

import re

from actions._turn import Turn
from actions._words import plain
from knowledge import Department, Office

_AREA_WORDS = (
    ("medical", r"医保|医疗保险|medical insurance|yibao"),
    ("social", r"社保|养老|失业|工伤|生育|social (?:insurance|security)|pension"),
    ("tax", r"税|发票|\btax|invoice"),
    ("employment", r"人才市场|就业|求职|招聘会|人力资源市场|job cent|employment"),
    ("tickets", r"信访|上访|petition"),
    ("licences", r"执照|许可证|licen[cs]e|permit"),
)
_WORDS = tuple((area, re.compile(pattern)) for area, pattern in _AREA_WORDS)
_SPLIT = re.compile(r"[、，,；;。和及与]|\band\b")
_WEAK = frozenset(
    {
        "服务",
        "管理",
        "办理",
        "信息",
        "检查",
        "工作",
        "部门",
        "单位",
        "负责",
        "哪个",
        "问题",
        "登记",
        "中心",
        "政策",
        "规定",
    }
)


def area_said(text: str) -> str | None:
    """Return the service area that a plain text speaks of, or ``None``."""
    return next((area for area, pattern in _WORDS if pattern.search(text)), None)


def office_named(turn: Turn) -> Office | None:
    """Return the office whose name or alias stands in the message; the longest name wins."""
    named = [
        (len(name), office)
        for office in turn.city.offices
        for name in (office.name, office.en, *office.aliases)
        if plain(name) in turn.text
    ]
    return max(named, key=lambda pair: pair[0])[1] if named else None


def place_for(turn: Turn, area: str | None) -> Office:
    """Return where an area is dealt with: its own office, else the service hall of the district that was said."""
    own = [office for office in turn.city.offices if area in office.services]
    return own[0] if own else turn.city.hall(turn.value("district"))


def departments_for_matter(turn: Turn) -> list[Department]:
    """Return the departments whose duties or names the message touches, the likeliest first."""
    named = turn.value("department")
    if named and (department := turn.city.department(named)):
        return [department]
    scored = [(_score(turn.text, department), department) for department in turn.city.departments]
    best = max((score for score, _ in scored), default=0)
    return [department for score, department in scored if score == best] if best else []


def department_for_matter(turn: Turn) -> Department | None:
    """Return the one likeliest department, or ``None``."""
    found = departments_for_matter(turn)
    if found:
        return found[0]
    area = area_said(turn.text)
    return turn.city.department_for(area) if area else None


def _score(text: str, department: Department) -> int:
    """Count the characters of the duties and names that the text shares; words that all share do not count."""
    score = sum(3 * len(alias) for alias in (department.name, *department.aliases) if plain(alias) in text)
    for term in _SPLIT.split(department.duties):
        pieces = {term[place : place + 2] for place in range(len(term) - 1)} - _WEAK
        score += sum(2 for piece in pieces if piece in text)
    for word in _words(department.duties_en):
        score += 2 if word in _words(text) else 0
    return score


def _words(text: str) -> set[str]:
    """Return the longer English words, without the plural."""
    common = {"services", "service", "city", "public", "social", "registration", "affairs", "management"}
    return {word.rstrip("s") for word in re.findall(r"[a-z]{4,}", text.lower()) if word not in common}
