"""Drugs as the records describe them; advice on taking them is a doctor's."""

import re
from typing import TYPE_CHECKING

from actions._dialogue import Topic
from actions._show import card, cards, cards_text
from actions._turn import Reply, Turn
from actions._words import Mention

if TYPE_CHECKING:
    from backoffice.medical.service import Drug

TOPIC = "drug_info"
_FIELDS = {
    "cover": re.compile(r"报销|医保|甲类|乙类|自付|能报|给报|cover|reimburs|insurance|catalog|yibao"),
    "ingredients": re.compile(r"成分|成份|含|里头有啥|里面有什么|ingredient|contain|inside|substance|composition"),
    "trial_summary": re.compile(r"试验|临床|数据|trial|study|figures"),
    "usage": re.compile(
        r"怎么吃|用法|用量|一天几|几次|怎么用|饭前|饭后|how (?:to|do i|should i) (?:take|use)|dosage|dose"
    ),
    "effect": re.compile(r"治|管(?:什么|啥)|作用|功效|主治|效果|used for|effect|treat|what (?:is|does)"),
}
_ORDER = ("effect", "ingredients", "usage", "trial_summary", "cover")


def reads(turn: Turn) -> list[Mention]:
    """Find what a message says to an open question about a drug: another drug, another detail."""
    details = [
        Mention("detail", name, match.start(), match.end())
        for name, pattern in _FIELDS.items()
        for match in pattern.finditer(turn.text)
    ]
    return [*turn.all("drug"), *details]


def answer(turn: Turn) -> Reply:
    """Tell what the records hold of a drug, first what was asked."""
    name = turn.value("drug") or (turn.slots.get("drug") if turn.topic == TOPIC else None)
    if name is None:
        return Reply(turn.say("drug.ask_name", hotline=turn.city.hotline), topic=TOPIC)
    drug = turn.services.backoffice.medical.drug(str(name))
    if drug is None:
        return Reply(turn.say("drug.unknown", name=name, hotline=turn.city.hotline), slots={"drug": None}, topic=TOPIC)
    called = turn.pick(drug.generic_name, drug.en)
    values = {
        "effect": drug.effect,
        "ingredients": drug.ingredients,
        "usage": drug.usage,
        "trial_summary": drug.trial_summary,
        "cover": _cover(turn, drug),
    }
    asked = next((field for field, pattern in _FIELDS.items() if pattern.search(turn.text)), "cover")
    lead = turn.say(f"drug.asked.{asked}", name=called, value=values[asked])
    order = [asked, *(field for field in _ORDER if field != asked)]
    rows = [(turn.say(f"drug.row.{field}"), values[field]) for field in order]
    items = [card(called, rows, note=turn.say("drug.source", source=drug.source))]
    advice = turn.say("drug.advice")
    text = "\n".join([lead, cards_text(turn, items), advice])
    return Reply(
        text,
        cards(f"{lead}\n{advice}", turn.say("drug.title"), items, 1),
        slots={"drug": drug.generic_name},
        topic=TOPIC,
    )


def _cover(turn: Turn, drug: "Drug") -> str:
    kind = {"甲": "a", "乙": "b"}.get(drug.reimbursement_class, "none")
    share = f"{drug.self_share * 100:.0f}" if drug.self_share is not None else "0"
    return turn.say(f"drug.class.{kind}", share=share)


DRUGS = Topic(TOPIC, frozenset({"drug_info"}), reads, answer, fillers="药种它面有")
