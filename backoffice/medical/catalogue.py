"""The demo city's rules, hospitals and drugs, from data files that anybody can read and mend."""

import csv
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data"
DRUG_SOURCE = "药品说明书通用知识；医保类别按安澜市医保药品目录（虚构示例）"

Values = dict[str, Any]


def _rows(name: str) -> list[dict[str, str]]:
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _list(text: str) -> list[str]:
    return [part for part in text.split("、") if part]


def rules() -> list[Values]:
    """Return the reimbursement rules."""
    return [
        {
            **row,
            "hospital_level": int(row["hospital_level"]),
            "retired": row["retired"] == "yes",
            "start_line": Decimal(row["start_line"]),
            "ratio_percent": Decimal(row["ratio_percent"]),
            "ceiling": Decimal(row["ceiling"]),
            "valid_from": date.fromisoformat(row["valid_from"]),
            "valid_until": None,
        }
        for row in _rows("reimbursement_rules")
    ]


def hospitals() -> list[Values]:
    """Return the hospitals, numbered."""
    return [
        {
            **row,
            "id": number,
            "aliases": _list(row["aliases"]),
            "level": int(row["level"]),
            "grade": row["grade"] or None,
            "departments": _list(row["departments"]),
            "designated": row["designated"] == "yes",
        }
        for number, row in enumerate(_rows("hospitals"), 1)
    ]


def drugs() -> list[Values]:
    """Return the drugs; effect, trials and use are told of each drug's group.

    Where the file names no ingredients, the generic name is the active ingredient.
    """
    groups = {row["group"]: row for row in _rows("drug_groups")}
    return [
        {
            "id": number,
            "generic_name": row["generic_name"],
            "en": row["en"],
            "aliases": _list(row["aliases"]),
            "ingredients": row["ingredients"] or row["generic_name"],
            "effect": groups[row["group"]]["effect"],
            "trial_summary": groups[row["group"]]["trial_summary"],
            "usage": groups[row["group"]]["usage"],
            "reimbursement_class": row["reimbursement_class"],
            "self_share_percent": int(row["self_share_percent"]) if row["self_share_percent"] else None,
            "source": DRUG_SOURCE,
        }
        for number, row in enumerate(_rows("drugs"), 1)
    ]
