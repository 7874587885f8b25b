"""What `python -m nlu run` imports, and how Rasa's channel keeps a reply whole."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from nlu.channel import GuardedRestInput, WholeReplies

ROOT = Path(__file__).resolve().parents[2]

IMPORTS_OF_RUN = """
import json, sys
import nlu.without_tensorflow
nlu.without_tensorflow.install()
import rasa.core.run, rasa.core.agent, rasa.core.policies.rule_policy, rasa.nlu.classifiers.fallback_classifier
import nlu.classifier, nlu.entities.component, nlu.tracker_store, nlu.channel
from rasa.shared.utils.common import class_from_module_path
from rasa.utils.train_utils import RasaTrainingLogger
class_from_module_path("rasa.graph_components.validators.default_recipe_validator.DefaultV1RecipeValidator")
try:
    RasaTrainingLogger(1, silent=True)
except RuntimeError as problem:
    print(json.dumps([str(problem), sorted({name.split(".")[0] for name in sys.modules})]))
"""


def test_running_needs_no_tensorflow_and_says_so_where_it_would() -> None:
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", IMPORTS_OF_RUN], cwd=ROOT, capture_output=True, check=True
    )
    said, modules = json.loads(done.stdout)
    assert "without TensorFlow" in said
    assert "rasa" in modules
    assert not {"tensorflow", "keras", "jax"} & set(modules)


async def test_a_reply_stays_whole() -> None:
    channel = WholeReplies()
    buttons = [{"title": "是", "payload": "是"}]
    await channel.send_response("c1", {"text": "好的", "buttons": buttons, "custom": {"type": "note"}, "elements": []})
    await channel.send_response("c1", {"text": None})
    assert channel.messages == [{"recipient_id": "c1", "text": "好的", "buttons": buttons, "custom": {"type": "note"}}]


@pytest.mark.parametrize(
    ("token", "given", "admitted"), [("t", "t", True), ("t", "x", False), ("t", None, False), ("", None, True)]
)
def test_only_the_right_token_is_admitted(token: str, given: str, admitted: bool) -> None:
    assert GuardedRestInput(token).admits(given) is admitted
