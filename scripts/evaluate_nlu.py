"""How well the trained model understands held-out utterances; runs in Rasa's environment from the repository's root.

    PYTHONPATH=. nlu/.venv/bin/python scripts/evaluate_nlu.py --min-zh 0.93 --min-entities 0.85

Reads tests/nlu/held_out/*.yml (Rasa's format, entities marked), prints accuracy by language, what is confused with
what, out of scope caught and real requests turned away, entities by kind, and milliseconds per message; writes all of
it as JSON. Ends with status 1 when a figure misses the bound given for it.
"""

import argparse
import asyncio
import json
import logging
import os
import statistics
import sys
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import nlu.without_tensorflow  # noqa: E402

nlu.without_tensorflow.install()

from nlu.held_out import Utterance, read  # noqa: E402

OUT_OF_SCOPE = "out_of_scope"
NOT_SERVED = (OUT_OF_SCOPE, "nlu_fallback")


@dataclass(frozen=True)
class Answer:
    """What the model made of an utterance, and in how many milliseconds."""

    utterance: Utterance
    intent: str
    confidence: float
    entities: tuple[tuple[int, int, str, Any], ...]
    milliseconds: float

    @property
    def right(self) -> bool:
        """Whether the intent is right; what is out of scope may also be simply not understood."""
        wanted = self.utterance.intent
        return self.intent in NOT_SERVED if wanted == OUT_OF_SCOPE else self.intent == wanted


async def ask(model: str, utterances: list[Utterance]) -> list[Answer]:
    """Let the model parse every utterance."""
    from rasa.core.agent import Agent
    from rasa.utils.log_utils import configure_structlog

    configure_structlog(logging.ERROR)  # else each message is printed
    agent = Agent.load(model)
    await agent.parse_message("你好")
    answers = []
    for utterance in utterances:
        began = time.perf_counter()
        parsed = await agent.parse_message(utterance.text)
        took = 1000 * (time.perf_counter() - began)
        entities = tuple(
            (found["start"], found["end"], found["entity"], found["value"]) for found in parsed["entities"]
        )
        answers.append(Answer(utterance, parsed["intent"]["name"], parsed["intent"]["confidence"], entities, took))
    return answers


def share(answers: list[Answer], condition: Any) -> float | None:
    """Return the share of the answers that meet the condition; None where there are none."""
    return round(sum(map(condition, answers)) / len(answers), 4) if answers else None


def intents(answers: list[Answer]) -> dict[str, Any]:
    """Return accuracy by language, and how scope is kept."""
    served = [answer for answer in answers if answer.utterance.intent != OUT_OF_SCOPE]
    others = [answer for answer in answers if answer.utterance.intent == OUT_OF_SCOPE]
    wrong = Counter((answer.utterance.intent, answer.intent) for answer in answers if not answer.right)
    result: dict[str, Any] = {
        f"accuracy_{language}": share([a for a in answers if a.utterance.language == language], lambda a: a.right)
        for language in ("zh", "en")
    }
    return {
        **result,
        "accuracy": share(answers, lambda answer: answer.right),
        "out_of_scope_caught": share(others, lambda answer: answer.right),
        "turned_away": share(served, lambda answer: answer.intent in NOT_SERVED),
        "confused": [[*pair, count] for pair, count in wrong.most_common(20)],
        "wrong": [
            [a.utterance.text, a.utterance.intent, a.intent, round(a.confidence, 2)] for a in answers if not a.right
        ],
    }


def entities(answers: list[Answer]) -> dict[str, Any]:
    """Return precision, recall and F1 by kind (same span, same kind), and how many marked values were met."""
    hit: Counter[str] = Counter()
    wanted: Counter[str] = Counter()
    given: Counter[str] = Counter()
    values, right_values, missed = 0, 0, []
    for answer in answers:
        found = {entity[:3]: entity[3] for entity in answer.entities}
        marked = {entity[:3]: entity[3] for entity in answer.utterance.entities}
        wanted.update(kind for *_, kind in marked)
        given.update(kind for *_, kind in found)
        hit.update(kind for *_, kind in marked.keys() & found.keys())
        for place, value in marked.items():
            surface = answer.utterance.text[place[0] : place[1]]
            if str(value) != surface:
                values += 1
                right_values += str(found.get(place)) == str(value)
        if marked.keys() != found.keys():
            spans = [[answer.utterance.text[s:e], kind] for s, e, kind in found]
            missed.append([answer.utterance.text, [[answer.utterance.text[s:e], kind] for s, e, kind in marked], spans])
    kinds = {kind: scores(hit[kind], wanted[kind], given[kind]) for kind in sorted(wanted | given)}
    total = scores(hit.total(), wanted.total(), given.total())
    return {"all": total, "kinds": kinds, "values": [right_values, values], "different": missed}


def scores(hit: int, wanted: int, given: int) -> dict[str, Any]:
    """Return precision, recall and F1."""
    precision, recall = hit / given if given else 0.0, hit / wanted if wanted else 0.0
    f1 = 2 * precision * recall / (precision + recall) if hit else 0.0
    return {"precision": round(precision, 3), "recall": round(recall, 3), "f1": round(f1, 3), "marked": wanted}


def show(result: dict[str, Any], verbose: bool) -> None:
    """Print the figures."""
    found = result["intents"]
    print(f"utterances {result['utterances']}, model {result['model']}")
    for name in ("accuracy_zh", "accuracy_en", "accuracy", "out_of_scope_caught", "turned_away"):
        print(f"  {name:22}{'-' if found[name] is None else format(found[name], '.3f')}")
    print(f"  ms per message        p50 {result['ms']['p50']:.2f}  p95 {result['ms']['p95']:.2f}")
    print("confused (wanted, taken for, times)")
    for wanted, taken, count in found["confused"]:
        print(f"  {wanted:26}{taken:26}{count}")
    print("entities                precision  recall  f1     marked")
    for kind, row in {**result["entities"]["kinds"], "all": result["entities"]["all"]}.items():
        print(f"  {kind:22}{row['precision']:.3f}      {row['recall']:.3f}   {row['f1']:.3f}  {row['marked']}")
    print(f"  values right          {result['entities']['values'][0]} of {result['entities']['values'][1]}")
    if verbose:
        for row in [*found["wrong"], *result["entities"]["different"]]:
            print(" ", *row, sep="  ")


def bounds(result: dict[str, Any], asked: argparse.Namespace) -> list[str]:
    """Say which figures miss their bounds."""
    found = result["intents"]
    least = {"accuracy_zh": asked.min_zh, "accuracy_en": asked.min_en, "out_of_scope_caught": asked.min_out_of_scope}
    missed = [
        f"{name} is {found[name]}, at least {bound} is asked"
        for name, bound in least.items()
        if (found[name] or 0) < bound
    ]
    if (found["turned_away"] or 0) > asked.max_turned_away:
        missed.append(f"turned_away is {found['turned_away']}, at most {asked.max_turned_away} is asked")
    if result["entities"]["all"]["f1"] < asked.min_entities:
        missed.append(f"entities' F1 is {result['entities']['all']['f1']}, at least {asked.min_entities} is asked")
    if result["ms"]["p50"] > asked.max_ms:
        missed.append(f"a message takes {result['ms']['p50']} ms, at most {asked.max_ms} is asked")
    return missed


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description="How well the trained model understands held-out utterances")
    parser.add_argument("--model", default="models/wenzheng.tar.gz")
    parser.add_argument("--held-out", type=Path, default=ROOT / "tests" / "nlu" / "held_out")
    parser.add_argument("--names", type=Path, help="names file of the city (default: as Rasa finds it)")
    parser.add_argument("--json", type=Path, default=ROOT / "models" / "evaluation.json", help="where the figures go")
    parser.add_argument("--min-zh", type=float, default=0.0)
    parser.add_argument("--min-en", type=float, default=0.0)
    parser.add_argument("--min-out-of-scope", type=float, default=0.0)
    parser.add_argument("--max-turned-away", type=float, default=1.0)
    parser.add_argument("--min-entities", type=float, default=0.0)
    parser.add_argument("--max-ms", type=float, default=1000.0)
    parser.add_argument("--verbose", action="store_true", help="print what was taken wrongly")
    return parser.parse_args()


def main() -> int:
    """Evaluate, print, write; return the exit status."""
    asked = arguments()
    if asked.names:
        os.environ["WENZHENG_NAMES"] = str(asked.names)
    utterances = read(asked.held_out)
    if not utterances:
        print(f"no utterances in {asked.held_out}", file=sys.stderr)
        return 1
    answers = asyncio.run(ask(asked.model, utterances))
    times = sorted(answer.milliseconds for answer in answers)
    result = {
        "model": asked.model,
        "utterances": len(answers),
        "intents": intents(answers),
        "entities": entities(answers),
        "ms": {"p50": round(statistics.median(times), 3), "p95": round(times[int(0.95 * (len(times) - 1))], 3)},
    }
    show(result, asked.verbose)
    asked.json.parent.mkdir(parents=True, exist_ok=True)
    asked.json.write_text(json.dumps(result, ensure_ascii=False, indent=1), encoding="utf-8")
    missed = bounds(result, asked)
    print(*missed, sep="\n", file=sys.stderr)
    return 1 if missed else 0


if __name__ == "__main__":
    raise SystemExit(main())
