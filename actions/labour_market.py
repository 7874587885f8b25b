"""Published figures of the labour market, and what direction they speak for. No figure is ever made up."""

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from actions._dialogue import Topic
from actions._show import day, joined, number, quarter
from actions._turn import Reply, Turn, button
from actions._words import Mention

if TYPE_CHECKING:
    from backoffice.employment.service import MarketFigure

TOPIC = "labour_market"
_FIGURES = re.compile(
    r"平均(?:工资|薪资|薪水|收入|月薪|多少钱)|工资(?:中位数|行情|水平)|行情|一般(?:能)?(?:开|给|拿|"
    r"挣)多少|中位数|供求|求人倍率|"
    r"(?:average|median|typical|usual) (?:pay|salary|wages?|income)|how much (?:do|"
    r"does) .{2,30} (?:earn|make|get paid)|"
    r"(?:job|labou?r) market|going rate"
)
_VACANCIES = re.compile(
    r"招聘|(?:找|做)\S{0,8}(?:工作|活|岗)|有没有招|招人|\bjobs? (?:as|for|in)\b|\bfind\b|looking for|vacanc"
)
_MOST = 5


def asks_for_figures(turn: Turn) -> list[Mention]:
    """Find words that ask for figures of the market, not for vacancies."""
    return [Mention("figures", True, match.start(), match.end()) for match in _FIGURES.finditer(turn.text)]


def reads(turn: Turn) -> list[Mention]:
    """Find what a message says to an open look at the market: another occupation."""
    return [*turn.all("occupation"), *asks_for_figures(turn)]


def answer(turn: Turn) -> Reply:
    """Show an occupation's figures by quarter, or an overview of the occupations for the newest quarter."""
    occupation = turn.value("occupation")
    if occupation is None and turn.topic in (TOPIC, "job_search") and not _asks_for_all(turn):
        occupation = turn.slots.get("occupation")
    figures = turn.services.backoffice.employment.market(occupation)
    if not figures:
        name = occupation_name(turn, occupation) if occupation else ""
        text = turn.say("market.none_for", occupation=name) if occupation else turn.say("market.none")
        return Reply(text, buttons=(_overview_button(turn),) if occupation else (), topic=TOPIC)
    if occupation:
        return _one(turn, occupation, figures)
    return _overview(turn, figures)


def _asks_for_all(turn: Turn) -> bool:
    return bool(
        re.search(
            r"哪些|哪个|什么(?:工种|职业|行业|岗位)|各(?:个)?(?:工种|职业|行业)|所有|全市|整体|which|overall|all ",
            turn.text,
        )
    )


def _overview_button(turn: Turn) -> dict[str, str]:
    return button(turn.say("market.overview_button"), turn.say("market.overview_said"))


def _one(turn: Turn, occupation: str, figures: "Sequence[MarketFigure]") -> Reply:
    ordered = sorted(figures, key=lambda one: one.quarter)
    newest = ordered[-1]
    name = occupation_name(turn, occupation)
    summary = turn.say(
        "market.one",
        occupation=name,
        quarter=quarter(turn, newest.quarter),
        wage=number(turn, newest.median_wage),
        vacancies=newest.vacancies,
        applicants=newest.applicants,
        ratio=f"{newest.ratio:.2f}",
        meaning=turn.say(_meaning(newest.ratio)),
    )
    trend = _trend(turn, ordered)
    custom: dict[str, Any] = {
        "type": "chart",
        "lead": "\n".join(part for part in (summary, trend) if part),
        "title": turn.say("market.title", occupation=name),
        "kind": "line",
        "unit": turn.say("market.unit"),
        "x": [quarter(turn, one.quarter) for one in ordered],
        "series": [{"name": turn.say("market.series.wage"), "values": [float(one.median_wage) for one in ordered]}],
        "summary": " ".join(part for part in (summary, trend) if part),
        "source": newest.source,
        "as_of": day(turn, newest.published),
    }
    lines = [f"- {quarter(turn, one.quarter)}: {number(turn, one.median_wage)}" for one in ordered]
    text = "\n".join(part for part in (summary, trend, turn.say("market.wages"), *lines, _source(turn, newest)) if part)
    search = button(turn.say("market.jobs_button", occupation=name), turn.say("market.jobs_said", occupation=name))
    return Reply(text, custom, (search, _overview_button(turn)), {"occupation": occupation}, TOPIC)


def _meaning(ratio: Decimal) -> str:
    return "market.more_jobs" if ratio > 1 else "market.more_people" if ratio < 1 else "market.even"


def _trend(turn: Turn, ordered: "Sequence[MarketFigure]") -> str:
    """Say how the wage moved over a year, where there are five quarters."""
    if len(ordered) < 5 or not ordered[-5].median_wage:
        return ""
    newest, then = ordered[-1], ordered[-5]
    share = (newest.median_wage - then.median_wage) / then.median_wage * 100
    key = "market.rose" if share > 0 else "market.fell" if share < 0 else "market.same"
    return turn.say(
        key, share=f"{abs(share):.1f}", then=quarter(turn, then.quarter), wage=number(turn, then.median_wage)
    )


def _source(turn: Turn, figure: "MarketFigure") -> str:
    return turn.say("market.source", source=figure.source, day=day(turn, figure.published))


def _overview(turn: Turn, figures: "Sequence[MarketFigure]") -> Reply:
    newest = max(one.quarter for one in figures)
    current = sorted((one for one in figures if one.quarter == newest), key=lambda one: -one.ratio)
    shown = current[:_MOST]
    rows = [
        [
            occupation_name(turn, one.occupation),
            number(turn, one.median_wage),
            str(one.vacancies),
            str(one.applicants),
            f"{one.ratio:.2f}",
        ]
        for one in shown
    ]
    lead = turn.say(
        "market.overview",
        quarter=quarter(turn, newest),
        total=len(current),
        shown=len(shown),
        best=joined(turn, [row[0] for row in rows[:3]]),
    )
    columns = [turn.say(f"market.column.{name}") for name in ("occupation", "wage", "vacancies", "applicants", "ratio")]
    lines = [turn.say("market.line", occupation=row[0], wage=row[1], ratio=row[4]) for row in rows]
    text = "\n".join([lead, *lines, turn.say("market.ask_one"), _source(turn, shown[0])])
    custom = {
        "type": "table",
        "lead": lead,
        "title": turn.say("market.overview_title", quarter=quarter(turn, newest)),
        "columns": columns,
        "rows": rows,
        "source": shown[0].source,
        "as_of": day(turn, shown[0].published),
    }
    return Reply(text, custom, slots={"occupation": None}, topic=TOPIC)


def occupation_name(turn: Turn, name: str) -> str:
    """Return an occupation's name in the citizen's language."""
    return name if turn.language == "zh" else turn.occupations_en.get(name, name)


def guidance(turn: Turn) -> Reply:
    """Say which occupations the figures speak for; a choice stays the citizen's."""
    found = turn.services.backoffice.employment.guidance(turn.value("occupation"))
    best = list(found.best)[:3]
    if not best:
        return Reply(turn.say("market.none"), topic=TOPIC)
    rows = [
        turn.say(
            "guidance.line",
            occupation=occupation_name(turn, one.occupation),
            ratio=f"{one.ratio:.2f}",
            wage=number(turn, one.median_wage),
        )
        for one in best
    ]
    parts = [turn.say("guidance.best", quarter=quarter(turn, best[0].quarter)), *rows]
    for key, moving in (("guidance.rising", found.rising), ("guidance.falling", found.falling)):
        if moving:
            parts.append(
                turn.say(key, occupations=joined(turn, [occupation_name(turn, _name(one)) for one in moving[:3]]))
            )
    parts += [turn.say("guidance.choice", **_office(turn)), _source(turn, best[0])]
    offers = tuple(
        button(
            turn.say("market.jobs_button", occupation=occupation_name(turn, one.occupation)),
            turn.say("market.jobs_said", occupation=occupation_name(turn, one.occupation)),
        )
        for one in best
    )
    return Reply("\n".join(parts), buttons=offers, topic=TOPIC)


def _name(one: Any) -> str:
    return str(getattr(one, "occupation", one))


def _office(turn: Turn) -> dict[str, str]:
    office = next((one for one in turn.city.offices if "employment" in one.services), turn.city.hall())
    return {"office": turn.pick(office.name, office.en), "phone": office.phone}


MARKET = Topic(TOPIC, frozenset({"labour_market"}), reads, answer, fillers="工种职业行情", unless=_VACANCIES)
