"""Actions of medical insurance and care."""

from actions import drugs, hospitals, medical_account, pooled_fund, reimbursement
from actions._base import CitizenAction
from actions._turn import Reply, Turn

TOPICS = (
    medical_account.ACCOUNT,
    pooled_fund.FUND,
    reimbursement.ESTIMATE,
    hospitals.HOSPITALS,
    hospitals.DOCTORS,
    drugs.DRUGS,
)
HANDLERS = {
    "medical_balance": medical_account.balance,
    "medical_spending": medical_account.spending,
    "pooled_fund": pooled_fund.answer,
    "reimbursement_estimate": reimbursement.answer,
    "hospital_info": hospitals.hospital_info,
    "doctor_info": hospitals.doctor_info,
    "drug_info": drugs.answer,
}


class ActionMedicalBalance(CitizenAction):
    """The balance of the citizen's own account."""

    def name(self) -> str:
        return "action_medical_balance"

    def answer(self, turn: Turn) -> Reply:
        return medical_account.balance(turn)


class ActionMedicalSpending(CitizenAction):
    """The citizen's own transactions."""

    def name(self) -> str:
        return "action_medical_spending"

    def answer(self, turn: Turn) -> Reply:
        return medical_account.spending(turn)


class ActionPooledFund(CitizenAction):
    """The pooled fund's published months."""

    def name(self) -> str:
        return "action_pooled_fund"

    def answer(self, turn: Turn) -> Reply:
        return pooled_fund.answer(turn)


class ActionReimbursementEstimate(CitizenAction):
    """How much of a bill would be reimbursed."""

    def name(self) -> str:
        return "action_reimbursement_estimate"

    def answer(self, turn: Turn) -> Reply:
        return reimbursement.answer(turn)


class ActionHospitalInfo(CitizenAction):
    """A hospital, or a list of them."""

    def name(self) -> str:
        return "action_hospital_info"

    def answer(self, turn: Turn) -> Reply:
        return hospitals.hospital_info(turn)


class ActionDoctorInfo(CitizenAction):
    """Whether a doctor is licensed."""

    def name(self) -> str:
        return "action_doctor_info"

    def answer(self, turn: Turn) -> Reply:
        return hospitals.doctor_info(turn)


class ActionDrugInfo(CitizenAction):
    """What the records hold of a drug."""

    def name(self) -> str:
        return "action_drug_info"

    def answer(self, turn: Turn) -> Reply:
        return drugs.answer(turn)
