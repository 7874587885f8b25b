"""The search for vacancies: conditions that carry over, are corrected and dropped from turn to turn."""

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from actions import labour_market, parse
from actions._dialogue import Topic
from actions._show import card, cards, cards_text, day, joined, number
from actions._turn import Reply, Turn, button, decimal_of
from actions._words import Mention, size_of_rest
from actions.labour_market import occupation_name

if TYPE_CHECKING:
    from backoffice.employment.service import Vacancy, VacancyPage, VacancyQuery

TOPIC = "job_search"
CONDITIONS = ("occupation", "district", "salary_min", "schooling")
PAGE = 5
_LEAST_PAY = Decimal(500)  # what is less is meant by the hour or the day


def reads(turn: Turn) -> list[Mention]:
    """Find what a message says to an open search."""
    market = labour_market.asks_for_figures(turn)
    return [*_values(turn), *parse.relaxed(turn.text), *parse.more(turn.text), *parse.higher_pay(turn.text), *market]


def _values(turn: Turn) -> list[Mention]:
    return [*turn.all("occupation"), *turn.all("district"), *_amounts(turn), *parse.schooling(turn.text)]


def _amounts(turn: Turn) -> list[Mention]:
    """Return the amounts that were said; beside an occupation or district a bare number is one ("南港 厨师 6000")."""
    bare = parse.bare_numbers(turn.text) if turn.all("occupation") or turn.all("district") else []
    return turn.amounts() or bare


def answer(turn: Turn) -> Reply:
    """Search with the open search's conditions and what this message changes in them."""
    going_on = turn.topic == TOPIC and not parse.restarts(turn.text)
    if going_on and labour_market.asks_for_figures(turn) and not turn.amounts():
        return labour_market.answer(turn)
    if going_on and parse.more(turn.text):
        return _search(turn, _conditions(turn), int(turn.slots.get("page") or 0) + PAGE)
    if going_on and parse.higher_pay(turn.text) and not _values(turn):
        return _ask_pay(turn)
    before = _conditions(turn) if going_on else dict.fromkeys(CONDITIONS)
    return _search(turn, {**before, **_changes(turn, before)}, 0)


def _ask_pay(turn: Turn) -> Reply:
    """Ask how much more is wanted, with amounts above the one searched for so far."""
    now = decimal_of(turn.slots.get("salary_min") or 4000) or Decimal(4000)
    said = [turn.say("jobs.at_least", amount=f"{now + step:.0f}") for step in (1000, 2000, 4000)]
    return Reply(turn.say("jobs.ask_pay"), buttons=tuple(button(one, one) for one in said), topic=TOPIC)


def _conditions(turn: Turn) -> dict[str, Any]:
    return {name: turn.slots.get(name) for name in CONDITIONS}


def _changes(turn: Turn, before: Mapping[str, Any]) -> dict[str, Any]:
    """Return the conditions that this message sets, corrects or drops."""
    changes: dict[str, Any] = {}
    for name, mentions in (
        ("occupation", turn.all("occupation")),
        ("district", turn.all("district")),
        ("schooling", parse.schooling(turn.text)),
    ):
        wanted = parse.said(mentions)
        if name == "district" and (several := _several_districts(turn)):
            changes[name] = several[0]
        elif wanted:
            changes[name] = wanted.value
        elif any(one.value == before.get(name) for one in mentions):
            changes[name] = None
    pay = _pay(turn)
    if pay is not None:
        changes["salary_min"] = str(pay)
    for dropped in parse.relaxed(turn.text):
        if not changes.get(dropped.value):
            changes[dropped.value] = None
    return changes


def _several_districts(turn: Turn) -> list[str]:
    """Return the districts when several are wanted at once (南港或者东湖), not one in the place of another."""
    wanted = list(dict.fromkeys(str(one.value) for one in turn.all("district") if not one.negated))
    return wanted if len(wanted) > 1 and not parse.corrects(turn.text) else []


def _pay(turn: Turn) -> Decimal | None:
    """Return the least pay a month that was asked for; of a range its lower end."""
    amounts = [one.value for one in _amounts(turn)]
    if not amounts or parse.is_upper_bound(turn.text):
        return None
    pay = min(amounts)
    if parse.is_yearly(turn.text):
        pay = (pay / 12).quantize(Decimal(1))
    return Decimal(pay) if pay >= _LEAST_PAY else None


def _query(conditions: Mapping[str, Any]) -> "VacancyQuery":
    from backoffice.employment.service import VacancyQuery

    return VacancyQuery(
        occupation=conditions["occupation"],
        district=conditions["district"],
        salary_min=decimal_of(conditions["salary_min"]) if conditions["salary_min"] else None,
        schooling=conditions["schooling"],
    )


def _search(turn: Turn, conditions: Mapping[str, Any], offset: int) -> Reply:
    query = _query(conditions)
    employment = turn.services.backoffice.employment
    page = employment.search(query, offset, PAGE)
    slots = {**conditions, "page": offset}
    if not page.total:
        return _nothing(turn, query, conditions, slots)
    if not page.vacancies:
        return Reply(turn.say("jobs.no_more", total=page.total), slots={**slots, "page": 0}, topic=TOPIC)
    return _found(turn, page, conditions, slots, offset)


def _nothing(turn: Turn, query: "VacancyQuery", conditions: Mapping[str, Any], slots: Mapping[str, Any]) -> Reply:
    relaxations = turn.services.backoffice.employment.relaxed(query)
    text = turn.say("jobs.nothing", conditions=_spoken(turn, conditions))
    offers = tuple(
        button(turn.say(f"jobs.drop.{one.condition}", total=one.total), turn.say(f"jobs.drop_said.{one.condition}"))
        for one in relaxations[:4]
    )
    if offers:
        options = "\n".join(f"- {one['title']}" for one in offers)
        text = f"{text}\n{turn.say('jobs.relax')}\n{options}"
    else:
        text = f"{text}\n{turn.say('jobs.ask_job_centre', **_job_centre(turn))}"
    return Reply(_with_note(turn, text), buttons=offers, slots=slots, topic=TOPIC)


def _job_centre(turn: Turn) -> dict[str, str]:
    office = next((one for one in turn.city.offices if "employment" in one.services), turn.city.hall())
    return {"office": turn.pick(office.name, office.en), "phone": office.phone}


def _found(
    turn: Turn, page: "VacancyPage", conditions: Mapping[str, Any], slots: Mapping[str, Any], offset: int
) -> Reply:
    items = [_card(turn, vacancy) for vacancy in page.vacancies]
    limited = any(conditions.values())
    lead = turn.say(
        "jobs.found" if limited else "jobs.found_any", conditions=_spoken(turn, conditions), total=page.total
    )
    if offset:
        lead = turn.joined(lead, turn.say("jobs.from", first=offset + 1, last=offset + len(items)))
    if _unused(turn):
        lead = turn.joined(turn.say("jobs.unused"), lead)
    lead = _with_note(turn, lead)
    left = page.total - offset - len(items)
    more = button(turn.say("jobs.more", left=left), turn.say("jobs.more_said")) if left > 0 else None
    hint = "jobs.narrow" if not conditions["occupation"] else "jobs.hint"
    hints = turn.joined(turn.say(hint), turn.say("jobs.more_hint") if more else "")
    text = "\n".join([lead, cards_text(turn, items, offset + 1), hints])
    return Reply(
        text,
        custom=cards(lead, turn.say("jobs.title"), items, page.total, more),
        buttons=_offers(turn, conditions, more),
        slots=slots,
        topic=TOPIC,
    )


def _offers(turn: Turn, conditions: Mapping[str, Any], more: Mapping[str, str] | None) -> tuple[Mapping[str, str], ...]:
    """Offer what is likely to be said next; the page has "more" with its cards, other clients need it as a button."""
    offers = [more] if more else []
    for district in _several_districts(turn)[1:3]:
        said = turn.say("jobs.only_district", district=district_name(turn, district))
        offers.append(button(said, said))
    if not conditions["occupation"]:
        return tuple(offers)
    offers += [
        button(turn.say(f"jobs.drop_button.{name}"), turn.say(f"jobs.drop_said.{name}"))
        for name in ("district", "salary_min", "schooling")
        if conditions[name]
    ]
    return (*offers, button(turn.say("jobs.market_button"), turn.say("jobs.market_said")))


def _unused(turn: Turn) -> bool:
    """Say whether the message held wishes of which none could be used."""
    known = [*_values(turn), *parse.relaxed(turn.text), *parse.more(turn.text)]
    return not known and size_of_rest(turn.text, [], SEARCH.fillers) > 1


def _with_note(turn: Turn, text: str) -> str:
    several = _several_districts(turn)
    if several:
        text = f"{text}\n{turn.say('jobs.one_district', district=district_name(turn, several[0]))}"
    if turn.amounts() and parse.is_upper_bound(turn.text):
        return f"{text}\n{turn.say('jobs.no_upper_bound')}"
    if turn.amounts() and _pay(turn) is None:
        return f"{text}\n{turn.say('jobs.monthly_only')}"
    return text


def _card(turn: Turn, vacancy: "Vacancy") -> dict[str, Any]:
    district = district_name(turn, vacancy.district)
    pay = turn.say("jobs.pay_range", low=number(turn, vacancy.salary_min), high=number(turn, vacancy.salary_max))
    rows = [
        (turn.say("jobs.row.occupation"), turn.pick("", occupation_name(turn, vacancy.occupation))),
        (turn.say("jobs.row.pay"), pay),
        (turn.say("jobs.row.district"), district),
        (turn.say("jobs.row.schooling"), turn.say(f"schooling.{vacancy.schooling}")),
        (turn.say("jobs.row.places"), turn.say("jobs.places", places=vacancy.places)),
        (turn.say("jobs.row.until"), day(turn, vacancy.open_until)),
        (turn.say("jobs.row.phone"), vacancy.phone),
    ]
    return card(vacancy.title, rows, subtitle=vacancy.employer, note=turn.say("jobs.number", number=vacancy.number))


def _spoken(turn: Turn, conditions: Mapping[str, Any]) -> str:
    """Say the conditions as the citizen would."""
    parts = []
    if conditions["occupation"]:
        parts.append(occupation_name(turn, conditions["occupation"]))
    if conditions["district"]:
        parts.append(district_name(turn, conditions["district"]))
    pay = decimal_of(conditions["salary_min"]) if conditions["salary_min"] else None
    if pay:
        parts.append(turn.say("jobs.condition.salary_min", amount=number(turn, pay)))
    if conditions["schooling"]:
        parts.append(turn.say("jobs.condition.schooling", schooling=turn.say(f"schooling.{conditions['schooling']}")))
    return joined(turn, parts) or turn.say("jobs.condition.any")


def district_name(turn: Turn, name: str) -> str:
    """Return a district's name in the citizen's language."""
    district = turn.city.district(name)
    return turn.pick(name, district.en if district else name)


SEARCH = Topic(TOPIC, frozenset({"job_search"}), reads, answer, fillers="岗招聘工作活份水做干哪现正人家谁缺信息最近")
