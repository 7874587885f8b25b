import re
from pathlib import Path

import pytest
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from nlu.classifier import CharacterClassifier
from nlu.features import features
from nlu.model import LinearModel, train

EXAMPLES = {
    "greet": ["你好", "您好呀", "hello", "good morning"],
    "job_search": ["找个电工的活", "有没有招司机的", "looking for a driver job", "any jobs for teachers"],
    "medical_balance": ["医保卡里还剩多少钱", "我的医保余额", "how much is left on my medical account", "医保账户余额"],
}


@pytest.fixture
def trained(tmp_path: Path) -> CharacterClassifier:
    storage = LocalModelStorage.create(tmp_path)
    context = ExecutionContext(GraphSchema({}))
    config = {**CharacterClassifier.get_default_config()}
    component = CharacterClassifier.create(config, storage, Resource("classifier"), context)
    examples = [Message.build(text, intent) for intent, texts in EXAMPLES.items() for text in texts]
    resource = component.train(TrainingData(examples))
    return CharacterClassifier.load(config, storage, resource, context)


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("您好", "greet"),
        ("招电工吗", "job_search"),
        ("醫保餘額還剩多少", "medical_balance"),
        ("Driver jobs?", "job_search"),
    ],
)
def test_a_loaded_model_understands(text: str, intent: str, trained: CharacterClassifier) -> None:
    (message,) = trained.process([Message({"text": text})])
    ranking = message.get("intent_ranking")
    assert message.get("intent")["name"] == ranking[0]["name"] == intent
    assert [entry["confidence"] for entry in ranking] == sorted((e["confidence"] for e in ranking), reverse=True)
    assert sum(entry["confidence"] for entry in ranking) == pytest.approx(1)


@pytest.mark.parametrize("text", ["", "   ", "😀" * 1000, "ひらがな"])
def test_a_text_without_anything_known_is_not_understood(text: str, trained: CharacterClassifier) -> None:
    (message,) = trained.process([Message({"text": text})])
    assert message.get("intent") == {"name": "nlu_fallback", "confidence": 0.0}


def test_training_twice_gives_the_same_model() -> None:
    texts = [(text, intent) for intent, examples in EXAMPLES.items() for text in examples]
    counted, labels = [features(text) for text, _ in texts], [intent for _, intent in texts]
    one, other = train(counted, labels, 30), train(counted, labels, 30)
    assert one.vocabulary == other.vocabulary
    assert (one.weights == other.weights).all()
    assert (one.bias == other.bias).all()


def test_a_saved_model_says_the_same(tmp_path: Path) -> None:
    model = train([features("你好"), features("再见"), features("谢谢")], ["a", "b", "c"], 30)
    model.save(tmp_path)
    assert LinearModel.load(tmp_path).rank(features("你好")) == model.rank(features("你好"))


def test_two_intents_work_and_one_does_not() -> None:
    model = train([features("你好"), features("再见")], ["a", "b"], 30)
    assert model.rank(features("再见"))[0][0] == "b"
    with pytest.raises(ValueError, match=re.escape("at least two")):
        train([features("你好")], ["a"], 30)
