"""No held-out utterance may equal or nearly equal a training utterance; runs in Rasa's environment.

PYTHONPATH=. nlu/.venv/bin/python scripts/check_held_out.py
"""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from nlu.held_out import read, too_near  # noqa: E402


def main() -> int:
    """Print every pair that is too near; return the exit status."""
    held_out, training = read(ROOT / "tests" / "nlu" / "held_out"), read(ROOT / "data" / "nlu")
    if not held_out or not training:
        print("held-out or training utterances are missing", file=sys.stderr)
        return 1
    pairs = too_near(held_out, training)
    for text, known, likeness in pairs:
        print(f"{likeness:5.0f}  {text}  =  {known}")
    print(f"{len(held_out)} held-out utterances, {len(training)} training utterances, {len(pairs)} pairs too near")
    return 1 if pairs else 0


if __name__ == "__main__":
    raise SystemExit(main())
