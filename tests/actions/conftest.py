"""Fixtures for actions: the services with their fakes, and a chat with them."""

import pytest

from actions._services import Services
from tests.actions import fakes
from tests.actions.chat import Chat


@pytest.fixture
def services() -> Services:
    return fakes.services()


@pytest.fixture
def chat(services: Services) -> Chat:
    return Chat(services)
