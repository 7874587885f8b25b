"""Rasa graph component that says which intent a message has."""

from typing import Any, Dict, Iterable, List, Optional, Text

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import ENTITIES, INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

import nlu.speed
from nlu.entities.extractor import Extractor
from nlu.entities.names_index import NamesFile, NamesIndex
from nlu.features import features
from nlu.model import LinearModel, train

RANKING_LENGTH = 10
NOT_UNDERSTOOD = "nlu_fallback"

nlu.speed.install()  # config.yml names this module, so that plain `rasa run` is fast too


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class CharacterClassifier(GraphComponent, IntentClassifier):
    """Logistic regression over characters, words and kinds of entities, for Chinese and English alike."""

    @staticmethod
    def get_default_config() -> Dict[Text, Any]:
        """``C``: weakness of the regularisation; 100 was best of 10, 30, 100, 300 in cross-validation."""
        return {"C": 100.0}

    def __init__(
        self,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        model: Optional[LinearModel] = None,
    ) -> None:
        self.config = config
        self.model_storage = model_storage
        self.resource = resource
        self.model = model

    @classmethod
    def create(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "CharacterClassifier":
        """Make an untrained component."""
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> "CharacterClassifier":
        """Make a component with the trained model from storage."""
        with model_storage.read_from(resource) as folder:
            return cls(config, model_storage, resource, LinearModel.load(folder))

    def train(self, training_data: TrainingData) -> Resource:
        """Train on the examples that have an intent, and keep the model in storage."""
        examples = training_data.intent_examples
        counted = [features(example.get(TEXT), _training_entities(example)) for example in examples]
        self.model = train(counted, [example.get(INTENT) for example in examples], float(self.config["C"]))
        with self.model_storage.write_to(self.resource) as folder:
            self.model.save(folder)
        return self.resource

    def process(self, messages: List[Message]) -> List[Message]:
        """Set intent and ranking of each message, also of an empty one."""
        for message in messages:
            ranking = self.rank(message.get(TEXT) or "", message.get(ENTITIES) or [])
            message.set(INTENT, ranking[0], add_to_output=True)
            message.set("intent_ranking", ranking[:RANKING_LENGTH], add_to_output=True)
        return messages

    def rank(self, text: Text, entities: Iterable[Dict[Text, Any]] = ()) -> List[Dict[Text, Any]]:
        """Return the intents, likeliest first; one with confidence 0 when nothing in the text is known."""
        ranked = self.model.rank(features(text, entities)) if self.model else []
        return [{"name": name, "confidence": chance} for name, chance in ranked] or [
            {"name": NOT_UNDERSTOOD, "confidence": 0.0}
        ]


def _training_entities(example: Message) -> List[Dict[Text, Any]]:
    """Return the marked entities, and those found without the city's names, so that training needs no city."""
    marked = list(example.get(ENTITIES) or [])
    found = _NAMELESS.extract(example.get(TEXT))
    return marked + [
        entity
        for entity in found
        if all(entity["end"] <= mark["start"] or mark["end"] <= entity["start"] for mark in marked)
    ]


class _NoNames(NamesFile):
    def index(self) -> NamesIndex:
        return self._index


_NAMELESS = Extractor(_NoNames())
