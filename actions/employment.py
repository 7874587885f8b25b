"""Actions of employment: vacancies, the labour market, guidance; registration and training open later."""

from actions import jobs, labour_market
from actions._base import CitizenAction
from actions._turn import Reply, Turn


def opens_later(turn: Turn) -> Reply:
    """Say that this opens later, and where it is done until then."""
    office = next((one for one in turn.city.offices if "employment" in one.services), turn.city.hall())
    return Reply(
        turn.say(
            f"employment.later.{turn.intent}" if turn.intent in _LATER else "employment.later.jobseeker_register",
            office=turn.pick(office.name, office.en),
            address=office.address,
            phone=office.phone,
            hours=turn.pick(office.hours, office.hours_en),
        )
    )


_LATER = frozenset({"jobseeker_register", "training_search", "training_enrol"})
TOPICS = (jobs.SEARCH, labour_market.MARKET)
HANDLERS = {
    "job_search": jobs.answer,
    "labour_market": labour_market.answer,
    "career_guidance": labour_market.guidance,
    **dict.fromkeys(_LATER, opens_later),
}


class ActionJobSearch(CitizenAction):
    """Vacancies by occupation, district, pay and schooling."""

    def name(self) -> str:
        return "action_job_search"

    def answer(self, turn: Turn) -> Reply:
        return jobs.answer(turn)


class ActionLabourMarket(CitizenAction):
    """Wages and demand by occupation and quarter."""

    def name(self) -> str:
        return "action_labour_market"

    def answer(self, turn: Turn) -> Reply:
        return labour_market.answer(turn)


class ActionCareerGuidance(CitizenAction):
    """What direction the figures speak for."""

    def name(self) -> str:
        return "action_career_guidance"

    def answer(self, turn: Turn) -> Reply:
        return labour_market.guidance(turn)


class ActionJobseekerRegister(CitizenAction):
    """Registration as a job seeker, for now at the counter."""

    def name(self) -> str:
        return "action_jobseeker_register"

    def answer(self, turn: Turn) -> Reply:
        return opens_later(turn)


class ActionTrainingSearch(CitizenAction):
    """Training courses, for now at the counter."""

    def name(self) -> str:
        return "action_training_search"

    def answer(self, turn: Turn) -> Reply:
        return opens_later(turn)


class ActionTrainingEnrol(CitizenAction):
    """A place on a training course, for now at the counter."""

    def name(self) -> str:
        return "action_training_enrol"

    def answer(self, turn: Turn) -> Reply:
        return opens_later(turn)
