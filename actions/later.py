"""Areas that open later: said honestly, with the office that helps until then."""

from actions import offices
from actions._base import CitizenAction
from actions._turn import Reply, Turn, button

AREAS = {
    "social": (
        "social_overview pension_account unemployment_account injury_account maternity_account subsidy_list "
        "claim_apply claim_status"
    ),
    "tax": "tax_register tax_file tax_pay tax_records tax_bulletin tax_estimate",
    "licences": (
        "licence_progress licence_verify licence_apply licence_materials licence_inspect licence_change licence_cancel"
    ),
    "business": "tender_search sme_support publication_search",
    "education": "course_search",
    "policies": "ask_policy",
    "tickets": (
        "letter_write petition_file report_violation ticket_track ticket_urge ticket_supplement ticket_withdraw "
        "ticket_review ticket_rate public_letters"
    ),
}
AREA_OF = {intent: area for area, intents in AREAS.items() for intent in intents.split()}


def answer(turn: Turn) -> Reply:
    """Say that this opens here later, and who helps until then."""
    area = AREA_OF.get(turn.intent, "policies")
    department = turn.city.department_for(area)
    if area == "policies":
        department = offices.department_for_matter(turn) or department
    hall = offices.place_for(turn, area)
    text = turn.say(
        f"later.{area}",
        department=turn.pick(department.name, department.en),
        phone=department.phone,
        hall=turn.pick(hall.name, hall.en),
        hall_phone=hall.phone,
        address=hall.address,
        hours=turn.pick(hall.hours, hall.hours_en),
    )
    return Reply(
        text,
        buttons=(
            button(turn.say("later.hall_button"), turn.say("later.hall_said", hall=turn.pick(hall.name, hall.en))),
        ),
    )


HANDLERS = dict.fromkeys(AREA_OF, answer)


class ActionLater(CitizenAction):
    """A service that opens later."""

    def name(self) -> str:
        return "action_later"

    def answer(self, turn: Turn) -> Reply:
        return answer(turn)
