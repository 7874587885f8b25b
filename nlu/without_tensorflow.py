"""Lets ``run`` start without TensorFlow, which nothing in our pipeline uses.

Rasa 3.6 imports it (4 s, 250 MB) for helpers for training neural components, and because a model's record of its
training names the validator of the training configuration. These are given stand-ins that fail loudly when used.
Training is left as it is: Rasa's list of components needs them all.
"""

import sys
from types import ModuleType
from typing import Any

_TRAINING_HELPERS = {
    "rasa.utils.tensorflow.callback": ("RasaTrainingLogger", "RasaModelCheckpoint"),
    "rasa.utils.tensorflow.data_generator": ("RasaBatchDataGenerator",),
    "rasa.graph_components.validators.default_recipe_validator": ("DefaultV1RecipeValidator",),
}


class _Unavailable:
    """Stands for a class that only the training of neural components uses."""

    def __init__(self, *_: Any, **__: Any) -> None:
        raise RuntimeError("this process was started without TensorFlow; use the command `rasa` for neural components")


def install() -> None:
    """Put the stand-ins in place; must be called before Rasa's modules are imported."""
    for name, classes in _TRAINING_HELPERS.items():
        if name in sys.modules:
            continue
        module = ModuleType(name)
        for class_name in classes:
            setattr(module, class_name, type(class_name, (_Unavailable,), {}))
        sys.modules[name] = module
