"""Patches of the way from Rasa to the action server and back."""

import asyncio
from typing import Any, Dict, List, Optional, Text, Tuple

import aiohttp
import rasa
from aiohttp.client_exceptions import ContentTypeError
from jsonschema.validators import validator_for
from rasa.core.actions.action import RemoteAction
from rasa.core.constants import DEFAULT_REQUEST_TIMEOUT
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import ClientResponseError, EndpointConfig, concat_url

Replacements = List[Tuple[Any, str, Any]]

_IDLE_SECONDS = 3.0
"""Shorter than servers keep an idle connection (rasa-sdk: 5 s and more), so that none is used while it is closed."""


def compiled_validator() -> Replacements:
    """Check the action server's answers with one compiled validator.

    Rasa builds the schema and checks the schema itself at every call: three quarters of a turn.
    """
    schema = RemoteAction.action_response_format_spec()
    validator = validator_for(schema)(schema)

    def _validate_action_result(self: RemoteAction, result: Dict[Text, Any]) -> bool:
        if not _is_plainly_valid(result):
            validator.validate(result)
        return True

    return [(RemoteAction, "_validate_action_result", _validate_action_result)]


def _is_plainly_valid(result: Any) -> bool:
    """Recognise what nearly every answer is, responses and slots: the schema need not be walked then."""
    return (
        isinstance(result, dict)
        and isinstance(result.get("responses"), list)
        and isinstance(result.get("events"), list)
        and all(isinstance(response, dict) for response in result["responses"])
        and all(
            isinstance(event, dict)
            and event.get("event") == "slot"
            and isinstance(event.get("name"), str)
            and "value" in event
            and isinstance(event.get("timestamp"), (int, float, type(None)))
            for event in result["events"]
        )
    )


def kept_session() -> Replacements:
    """Keep one HTTP session per endpoint and event loop; Rasa opens a session and a connection for each call."""
    stock = EndpointConfig.request

    async def request(
        self: EndpointConfig,
        method: Text = "post",
        subpath: Optional[Text] = None,
        content_type: Optional[Text] = "application/json",
        compress: bool = False,
        **kwargs: Any,
    ) -> Optional[Any]:
        if self.cafile or self.basic_auth:  # not our endpoints
            return await stock(self, method, subpath, content_type, compress, **kwargs)
        headers = {
            **({"Content-Type": content_type} if content_type else {}),
            **kwargs.pop("headers", {}),
            **self.headers,
        }
        timeout = kwargs.pop("timeout", None)
        async with _session(self).request(
            method,
            concat_url(self.url, subpath),
            headers=headers,
            params=self.combine_parameters(kwargs),
            compress=compress,
            timeout=aiohttp.ClientTimeout(total=timeout or DEFAULT_REQUEST_TIMEOUT),
            **kwargs,
        ) as response:
            if response.status >= 400:
                raise ClientResponseError(response.status, response.reason, await response.content.read())
            try:
                return await response.json()
            except ContentTypeError:
                return None

    return [(EndpointConfig, "request", request)]


def _session(endpoint: EndpointConfig) -> aiohttp.ClientSession:
    """Return the endpoint's open session of the running event loop."""
    loop = asyncio.get_running_loop()
    kept = getattr(endpoint, "_kept_session", None)
    if kept is None or kept[0] is not loop or kept[1].closed:
        connector = aiohttp.TCPConnector(limit=0, keepalive_timeout=_IDLE_SECONDS)
        kept = loop, aiohttp.ClientSession(connector=connector)
        endpoint._kept_session = kept  # type: ignore[attr-defined]
    return kept[1]


def small_action_call() -> Replacements:
    """Send what our actions read (slots, the last message) and an empty domain.

    Rasa sends the whole domain and every event of the conversation: 30 kB to write, send and read at each call.
    """

    def _action_call_format(self: RemoteAction, tracker: DialogueStateTracker, domain: Domain) -> Dict[Text, Any]:
        message = tracker.latest_message
        events = [_user_event(message)] if message and message.text is not None else []
        return {
            "next_action": self._name,
            "sender_id": tracker.sender_id,
            "tracker": {
                "sender_id": tracker.sender_id,
                "slots": tracker.current_slot_values(),
                "latest_message": tracker._latest_message_data(),
                "latest_event_time": message.timestamp if message else None,
                "followup_action": tracker.followup_action,
                "paused": tracker.is_paused(),
                "events": events,
                "latest_input_channel": message.input_channel if message else None,
                "active_loop": {"name": tracker.active_loop_name} if tracker.active_loop_name else {},
                "latest_action": tracker.latest_action,
                "latest_action_name": tracker.latest_action_name,
            },
            "domain": {},
            "version": rasa.__version__,
        }

    return [(RemoteAction, "_action_call_format", _action_call_format)]


def _user_event(message: UserUttered) -> Dict[Text, Any]:
    return {
        "event": "user",
        "timestamp": message.timestamp,
        "text": message.text,
        "input_channel": message.input_channel,
        "message_id": message.message_id,
        "metadata": message.metadata,
    }
