"""The Rasa model: trained when the training files changed since the last training, by fingerprint."""

import hashlib
import os
import subprocess
from pathlib import Path

from wenzheng.problems import SetupProblem
from wenzheng.settings import ROOT

RASA_PYTHON = ROOT / "nlu" / ".venv" / "bin" / "python"
MODEL = ROOT / "models" / "wenzheng.tar.gz"
FINGERPRINT = ROOT / "models" / "wenzheng.sha256"
TRAINING_LOG = ROOT / "models" / "training.log"
SOURCES = ("config.yml", "domain/*.yml", "data/**/*.yml", "nlu/**/*.py", "nlu/**/*.yml", "nlu/uv.lock")


def fingerprint(root: Path = ROOT) -> str:
    """Return one hash over every file that the model is made from, by path and content."""
    digest = hashlib.sha256()
    files = {file for pattern in SOURCES for file in root.glob(pattern) if ".venv" not in file.parts}
    for file in sorted(files):
        digest.update(str(file.relative_to(root)).encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()


def is_current() -> bool:
    """Say whether the model stands and was made from the files as they are now."""
    return MODEL.exists() and FINGERPRINT.exists() and FINGERPRINT.read_text() == fingerprint()


def rasa_environment() -> dict[str, str]:
    """Environment for every call of Rasa: our components importable, no telemetry, no chatter."""
    return {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "RASA_TELEMETRY_ENABLED": "false",
        "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "PYTHONWARNINGS": "ignore",
    }


def train() -> None:
    """Train the model from the files as they are now.

    Raises:
        SetupProblem: Rasa's environment is missing, or training failed.
    """
    if not RASA_PYTHON.exists():
        raise SetupProblem("Rasa's environment is missing. Run: make setup")
    made_from = fingerprint()
    command = [str(RASA_PYTHON), "-m", "nlu", "train", "--config", "config.yml", "--domain", "domain", "--data", "data"]
    command += ["--out", "models", "--fixed-model-name", "wenzheng", "--force"]
    MODEL.parent.mkdir(exist_ok=True)
    with TRAINING_LOG.open("w") as output:
        done = subprocess.run(
            command, cwd=ROOT, env=rasa_environment(), stdout=output, stderr=subprocess.STDOUT, check=False
        )
    if done.returncode != 0 or not MODEL.exists():
        raise SetupProblem(f"Training failed; {TRAINING_LOG} says where. After mending the file, run: make train")
    FINGERPRINT.write_text(made_from)
