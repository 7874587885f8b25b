"""Hospitals and doctors: one by its name, or a list by district and level."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from actions import hospital_departments, parse
from actions._dialogue import Topic
from actions._show import card, cards, cards_text, day, joined
from actions._turn import Reply, Turn, button
from actions._words import Mention
from actions.reimbursement import level_of

if TYPE_CHECKING:
    from backoffice.medical.service import Doctor, Hospital

TOPIC = "hospital_info"
PAGE = 5
_MOST = 200
_DETAILS = re.compile(
    r"级别|几级|几甲|等级|地址|在哪|怎么走|怎么去|电话|科室|定点|能刷医保|用医保|什么科|level|grade|address|where|phone|departments?|designated|covered"
)
_DESIGNATED = re.compile(r"定点|能(?:刷|用)医保|医保(?:能|可以)用|designated|accepts? (?:medical )?insurance")
_NO_LICENCE = re.compile(r"没(?:有)?证|无证|假(?:医生|的|冒)|冒牌|冒充|骗子|fake|unlicen[cs]ed|fraud")

_NAME = re.compile(
    r"那?(?:他|她|医生|大夫)?(?:名字)?(?:叫|是|姓名是?)?(?P<name>[\u4e00-\u9fff]{2,3}?)(?:医生|大夫)?(?P<too>呢)?[。.？?]?"
)
_NO_NAME = frozenset({"greet", "goodbye", "thank", "affirm", "deny", "cancel", "help", "human_handoff", "dissatisfied"})


def reads(turn: Turn) -> list[Mention]:
    """Find what a message says to an open question about hospitals."""
    details = [Mention("detail", True, match.start(), match.end()) for match in _DETAILS.finditer(turn.text)]
    values = [*turn.all("hospital"), *turn.all("district"), *parse.hospital_level(turn.text)]
    values += hospital_departments.asked(turn.text)
    dropped = [one for one in parse.relaxed(turn.text) if one.value == "district"]
    return [*values, *dropped, *parse.more(turn.text), *details]


def hospital_info(turn: Turn) -> Reply:
    """Tell of the named hospital, or list the hospitals of a district and level."""
    named = turn.value("hospital")
    kept = turn.slots.get("hospital") if turn.topic == TOPIC and not _asks_for_list(turn) else None
    if named or kept:
        return _one(turn, str(named or kept))
    return _list(turn)


def _asks_for_list(turn: Turn) -> bool:
    return bool(
        turn.all("district") or parse.hospital_level(turn.text) or parse.more(turn.text) or parse.relaxed(turn.text)
    )


def _one(turn: Turn, name: str) -> Reply:
    hospital = turn.services.backoffice.medical.hospital(name)
    if hospital is None:
        return Reply(turn.say("hospital.unknown", name=name, hotline=turn.city.hotline), topic=TOPIC)
    called = turn.pick(hospital.name, hospital.en)
    department = parse.said(hospital_departments.asked(turn.text))
    lead = (
        _has_department(turn, hospital, called, department.value)
        if department
        else turn.say(
            "hospital.lead" if hospital.designated else "hospital.lead_not_designated",
            name=called,
            level=_level(turn, hospital),
        )
    )
    items = [_card(turn, hospital, full=True)]
    offers = (
        button(
            turn.say("hospital.others", district=_district(turn, hospital.district)),
            turn.say("hospital.others", district=_district(turn, hospital.district)),
        ),
    )
    return Reply(
        "\n".join([lead, cards_text(turn, items)]),
        cards(lead, turn.say("hospital.title"), items, 1),
        offers,
        {"hospital": hospital.name, "hospital_level": None, "hospital_district": None, "hospital_department": None},
        TOPIC,
    )


def _has_department(turn: Turn, hospital: "Hospital", called: str, department: str) -> str:
    has = hospital_departments.has(hospital.departments, department)
    said = _department(turn, department)
    return turn.say("hospital.has_department" if has else "hospital.lacks_department", name=called, department=said)


def _department(turn: Turn, department: str) -> str:
    return turn.pick(department, hospital_departments.english(department))


def _level(turn: Turn, hospital: "Hospital") -> str:
    level = level_of(hospital.level)
    return turn.say(f"estimate.case.level{level}") if level else turn.say("hospital.level_unknown")


def _district(turn: Turn, name: str) -> str:
    district = turn.city.district(name)
    return turn.pick(name, district.en if district else name)


def _card(turn: Turn, hospital: "Hospital", full: bool = False) -> dict[str, Any]:
    rows = [
        (turn.say("hospital.row.level"), _level(turn, hospital)),
        (turn.say("hospital.row.designated"), turn.say("hospital.yes" if hospital.designated else "hospital.no")),
        (turn.say("hospital.row.address"), hospital.address),
        (turn.say("hospital.row.phone"), hospital.phone),
    ]
    if full:
        rows.append((turn.say("hospital.row.departments"), joined(turn, list(hospital.departments))))
    return card(
        turn.pick(hospital.name, hospital.en), rows, subtitle="" if full else _district(turn, hospital.district)
    )


def _conditions(turn: Turn) -> dict[str, Any]:
    going_on = turn.topic == TOPIC
    level = parse.said(parse.hospital_level(turn.text))
    dropped = any(one.value == "district" for one in parse.relaxed(turn.text))
    district = turn.value("district") or (turn.slots.get("hospital_district") if going_on and not dropped else None)
    department = parse.said(hospital_departments.asked(turn.text))
    return {
        "hospital": None,
        "hospital_department": department.value
        if department
        else turn.slots.get("hospital_department")
        if going_on
        else None,
        "hospital_district": district,
        "hospital_level": level.value if level else turn.slots.get("hospital_level") if going_on else None,
    }


def _list(turn: Turn) -> Reply:
    slots = _conditions(turn)
    offset = int(turn.slots.get("page") or 0) + PAGE if turn.topic == TOPIC and parse.more(turn.text) else 0
    designated = True if _DESIGNATED.search(turn.text) else None
    found = turn.services.backoffice.medical.hospitals(
        slots["hospital_district"], designated, slots["hospital_level"], limit=_MOST
    )
    if wanted := slots["hospital_department"]:
        found = [hospital for hospital in found if hospital_departments.has(hospital.departments, wanted)]
    slots["page"] = offset
    if not found:
        said = turn.say("jobs.drop_said.district")
        offers = (button(said, said),) if slots["hospital_district"] else ()
        return Reply(turn.say("hospital.none", conditions=_spoken(turn, slots)), None, offers, slots, TOPIC)
    shown = found[offset : offset + PAGE]
    if not shown:
        return Reply(turn.say("hospital.no_more"), slots={**slots, "page": 0}, topic=TOPIC)
    return _page(turn, found, shown, offset, slots)


def _page(
    turn: Turn, found: "Sequence[Hospital]", shown: "Sequence[Hospital]", offset: int, slots: Mapping[str, Any]
) -> Reply:
    items = [_card(turn, hospital) for hospital in shown]
    lead = turn.say("hospital.found", conditions=_spoken(turn, slots), total=len(found))
    left = len(found) - offset - len(shown)
    more = button(turn.say("hospital.more", left=left), turn.say("jobs.more_said")) if left > 0 else None
    text = "\n".join([lead, cards_text(turn, items, offset + 1), turn.say("hospital.say_name")])
    return Reply(
        text,
        cards(lead, turn.say("hospital.list_title"), items, len(found), more),
        (more,) if more else (),
        slots,
        TOPIC,
    )


def _spoken(turn: Turn, conditions: Mapping[str, Any]) -> str:
    parts = []
    if conditions["hospital_district"]:
        parts.append(_district(turn, conditions["hospital_district"]))
    if conditions["hospital_level"]:
        parts.append(turn.say(f"estimate.case.level{conditions['hospital_level']}"))
    if conditions["hospital_department"]:
        parts.append(turn.say("hospital.with", department=_department(turn, conditions["hospital_department"])))
    return turn.pick("", ", ").join(parts) or turn.say("hospital.whole_city")


def doctor_info(turn: Turn) -> Reply:
    """Say whether a doctor is licensed, with title, place of practice and validity; several of one name all."""
    kept = turn.slots.get("doctor") if turn.topic == "doctor_info" else None
    name = turn.value("doctor") or _name_alone(turn) or (kept if turn.value("hospital") else None)
    slots = {"doctor": name}
    if name is None:
        return Reply(turn.say("doctor.ask_name", **_commission(turn)), topic="doctor_info")
    medical = turn.services.backoffice.medical
    hospital = turn.value("hospital")
    found = medical.doctors(str(name), hospital)
    elsewhere = [] if found or not hospital else medical.doctors(str(name))
    if not found and not elsewhere:
        return Reply(turn.say("doctor.unknown", name=name, **_commission(turn)), slots=slots, topic="doctor_info")
    shown = list(found or elsewhere)
    items = [_doctor_card(turn, doctor) for doctor in shown[:PAGE]]
    if elsewhere:
        lead = turn.say("doctor.elsewhere", name=name, hospital=hospital)
    elif len(shown) > 1:
        lead = turn.say("doctor.several", name=name, total=len(shown))
    else:
        lead = turn.say(f"doctor.{_status(turn, shown[0])}", name=shown[0].name, until=day(turn, shown[0].valid_until))
    advice = [turn.say("doctor.report", **_commission(turn))] if _doubtful(turn, shown) else []
    text = "\n".join([lead, cards_text(turn, items), *advice])
    custom = cards("\n".join([lead, *advice]), turn.say("doctor.title"), items, len(shown))
    return Reply(text, custom, slots=slots, topic="doctor_info")


def _name_alone(turn: Turn) -> str | None:
    """Return the name when the answer to "which doctor?" is nothing but a name."""
    if turn.topic != "doctor_info" or turn.intent in _NO_NAME:
        return None
    match = _NAME.fullmatch(turn.text.strip())
    asked = not turn.slots.get("doctor")
    return match["name"] if match and (asked or match["too"]) else None


def _doubtful(turn: Turn, doctors: "Sequence[Doctor]") -> bool:
    return bool(_NO_LICENCE.search(turn.text)) or any(_status(turn, one) != "valid" for one in doctors)


def _status(turn: Turn, doctor: "Doctor") -> str:
    """Return the stored status; a licence whose last day has passed is expired whatever is stored."""
    until: date = doctor.valid_until
    return "expired" if doctor.status == "valid" and until < turn.today else doctor.status


def _commission(turn: Turn) -> dict[str, str]:
    department = turn.city.department("卫生健康委员会") or turn.city.department_for("medical")
    return {
        "department": turn.pick(department.name, department.en),
        "phone": department.phone,
        "hotline": turn.city.hotline,
    }


def _doctor_card(turn: Turn, doctor: "Doctor") -> dict[str, Any]:
    rows = [
        (turn.say("doctor.row.status"), turn.say(f"doctor.status.{_status(turn, doctor)}")),
        (turn.say("doctor.row.title"), doctor.title),
        (turn.say("doctor.row.hospital"), doctor.hospital),
        (turn.say("doctor.row.department"), doctor.department),
        (turn.say("doctor.row.licence"), doctor.licence_number),
        (turn.say("doctor.row.until"), day(turn, doctor.valid_until)),
    ]
    return card(doctor.name, rows)


def reads_doctor(turn: Turn) -> list[Mention]:
    """Find what a message says to an open question about a doctor: a name, or the hospital."""
    named = turn.all("doctor") or (turn.all("hospital") if turn.slots.get("doctor") else [])
    if not named and (name := _name_alone(turn)):
        return [Mention("doctor", name, 0, len(turn.text))]
    return named


HOSPITALS = Topic(TOPIC, frozenset({"hospital_info"}), reads, hospital_info, fillers="医院哪家的有级几公立")
DOCTORS = Topic("doctor_info", frozenset({"doctor_info"}), reads_doctor, doctor_info, fillers="医生大夫叫医师")
