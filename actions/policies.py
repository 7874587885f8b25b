"""Actions about the city's offices and departments; the policies themselves open later."""

import re
from datetime import timedelta

from actions import offices
from actions._base import CitizenAction
from actions._dialogue import Topic
from actions._show import card, cards, cards_text
from actions._turn import Reply, Turn, button
from actions._words import Mention
from knowledge import Department, Office

TOPIC = "office_info"
_ASKED = {
    "saturday": re.compile(r"周末|周六|星期六|礼拜六|双休|saturday|weekend"),
    "lunch": re.compile(r"中午|午休|午间|lunch|noon|midday"),
    "phone": re.compile(r"电话|号码|联系方式|联系|phone|telephone|call|contact"),
    "address": re.compile(r"在哪|哪儿|哪里|地址|怎么走|怎么去|位置|几路车|去哪|where|address|get (?:to|there)|located"),
    "hours": re.compile(r"几点|时间|上班|下班|开门|关门|营业|作息|开到|什么时候|open|hours|close|when|what time"),
}
_HALL = re.compile(r"大厅|政务|市民中心|办事|窗口|hall|service cent|government cent|zhengwu")
_SUNDAY = re.compile(r"周日|周天|星期天|星期日|礼拜天|sunday")
_TODAY = re.compile(r"今天|今日|现在|明天|明日|today|tomorrow|now")


def reads(turn: Turn) -> list[Mention]:
    """Find what a message says to an open question about an office: another district, or another detail of it."""
    details = [
        Mention("detail", name, match.start(), match.end())
        for name, pattern in _ASKED.items()
        for match in pattern.finditer(turn.text)
    ]
    return [*turn.all("district"), *details]


def office_info(turn: Turn) -> Reply:
    """Say where an office is, when it is open and its telephone; first what was asked."""
    office, meant = _office(turn)
    item = card(
        turn.pick(office.name, office.en),
        [
            (turn.say("office.row.address"), office.address),
            (turn.say("office.row.hours"), turn.pick(office.hours, office.hours_en)),
            (turn.say("office.row.lunch"), turn.pick(office.lunch, office.lunch_en)),
            (turn.say("office.row.saturday"), turn.pick(office.saturday, office.saturday_en)),
            (turn.say("office.row.phone"), office.phone),
        ],
    )
    lead = _direct_answer(turn, office) if meant else turn.say("office.not_listed", **_hall(turn, office))
    department = turn.city.department(str(turn.value("department") or ""))
    if department:
        named = turn.pick(department.name, department.en)
        said = turn.say("office.department", department=named, phone=department.phone)
        counter = turn.say("office.department_hall", office=turn.pick(office.name, office.en))
        lead = f"{said}\n{counter if 'all' in office.services else lead}"
    text = "\n".join([lead, cards_text(turn, [item]), turn.say("office.holidays")])
    others = _other_halls(turn, office)
    return Reply(text, cards(lead, turn.say("office.title"), [item], 1), others, {"office": office.name}, TOPIC)


def _hall(turn: Turn, office: Office) -> dict[str, str]:
    return {"office": turn.pick(office.name, office.en), "hotline": turn.city.hotline}


def _office(turn: Turn) -> tuple[Office, bool]:
    """Choose the office: by its name, by what is to be done there, by the district, or the one just spoken of.

    Returns:
        The office, and whether it is what was asked for, not merely the next best.
    """
    named, district = offices.office_named(turn), turn.value("district")
    if named and not (district and "all" in named.services):  # 东湖的政务大厅 is the district's, not the city's
        return named, True
    area = None if named else offices.area_said(turn.text)
    if area and not district:
        return offices.place_for(turn, area), True
    department = turn.city.department(str(turn.value("department") or ""))
    if department:
        return offices.place_for(turn, next(iter(department.areas), None)), True
    going_on = turn.topic == TOPIC
    if district:
        return turn.city.hall(district), going_on or bool(_HALL.search(turn.text))
    last = turn.slots.get("office") if going_on else None
    kept = next((office for office in turn.city.offices if office.name == last), None)
    return kept or turn.city.hall(), bool(kept or _HALL.search(turn.text))


def _direct_answer(turn: Turn, office: Office) -> str:
    name = turn.pick(office.name, office.en)
    parts = []
    if _TODAY.search(turn.text):
        shift = 1 if re.search(r"明天|明日|tomorrow", turn.text) else 0
        weekday = (turn.today + timedelta(days=shift)).weekday()
        parts.append(turn.say("office.weekday", day=turn.say(f"office.day.{weekday}")))
    if _SUNDAY.search(turn.text):
        parts.append(turn.say("office.sunday"))
    values = {
        "saturday": turn.pick(office.saturday, office.saturday_en),
        "lunch": turn.pick(office.lunch, office.lunch_en),
        "phone": office.phone,
        "address": office.address,
        "hours": turn.pick(office.hours, office.hours_en),
    }
    asked = [kind for kind, pattern in _ASKED.items() if pattern.search(turn.text)]
    parts += [turn.say(f"office.asked.{kind}", office=name, value=values[kind]) for kind in asked[:2]]
    return "\n".join(parts) or turn.say("office.lead", office=name)


def _other_halls(turn: Turn, office: Office) -> tuple[dict[str, str], ...]:
    """Offer the districts' halls when no district was said."""
    if "all" not in office.services or turn.value("district") or offices.office_named(turn):
        return ()
    return tuple(
        button(
            turn.pick(district.name, district.en),
            turn.say("office.hall_said", district=turn.pick(district.name, district.en)),
        )
        for district in turn.city.districts
    )


def department_info(turn: Turn) -> Reply:
    """Say which department is responsible, or what a named one does."""
    found = offices.departments_for_matter(turn)[:3]
    if not found and (likely := offices.department_for_matter(turn)):
        found = [likely]
    if not found:
        return Reply(turn.say("department.unknown", hotline=turn.city.hotline))
    named = bool(turn.value("department"))
    items = [_card(turn, department) for department in found]
    key = "department.named" if named else "department.one" if len(found) == 1 else "department.several"
    lead = turn.say(
        key, department=turn.pick(found[0].name, found[0].en), phone=found[0].phone, hotline=turn.city.hotline
    )
    text = "\n".join([lead, cards_text(turn, items)])
    return Reply(text, cards(lead, turn.say("department.title"), items, len(items)))


def _card(turn: Turn, department: Department) -> dict[str, object]:
    return card(
        turn.pick(department.name, department.en),
        [
            (turn.say("department.row.duties"), turn.pick(department.duties, department.duties_en)),
            (turn.say("office.row.phone"), department.phone),
        ],
    )


TOPICS = (
    Topic(
        TOPIC, frozenset({"office_info"}), reads, office_info, fillers="政务大厅办事电话休息开门关周六末第二个清楚没"
    ),
)
HANDLERS = {"office_info": office_info, "department_info": department_info}


class ActionOfficeInfo(CitizenAction):
    """Where an office is and when it is open."""

    def name(self) -> str:
        return "action_office_info"

    def answer(self, turn: Turn) -> Reply:
        return office_info(turn)


class ActionDepartmentInfo(CitizenAction):
    """Which department is responsible."""

    def name(self) -> str:
        return "action_department_info"

    def answer(self, turn: Turn) -> Reply:
        return department_info(turn)
