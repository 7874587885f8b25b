"""Speed patches for Rasa 3.6.21, installed when the classifier's module is imported."""


def install() -> None:
    """Install the patches, once."""
