"""Rasa graph component that puts the entities of the contract on each message."""

from typing import Any, Dict, List, Optional, Text

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message

from nlu.entities.extractor import Extractor


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class CityEntities(GraphComponent, EntityExtractorMixin):
    """Values by rules and checks, names from the city's data; new names need no new training."""

    def __init__(self, extractor: Optional[Extractor] = None) -> None:
        self.extractor = extractor or Extractor()

    @classmethod
    def create(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "CityEntities":
        """Make the component; the names are read at the first message."""
        return cls()

    def process(self, messages: List[Message]) -> List[Message]:
        """Set the entities of each message, each with its normalised value."""
        for message in messages:
            found = self.add_extractor_name(self.extractor.extract(message.get(TEXT) or ""))
            message.set(ENTITIES, (message.get(ENTITIES) or []) + found, add_to_output=True)
        return messages
