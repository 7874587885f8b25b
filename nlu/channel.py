"""Rasa's REST channel with a token before it: Rasa's own token guards its API but not its channels.

Failures are answered with status 500 and logged by their kind alone; the stock channel logs the message's text.
"""

import hmac
import logging
import os
from typing import Any, Awaitable, Callable, Dict, Optional

from rasa.core.channels.channel import CollectingOutputChannel, UserMessage
from rasa.core.channels.rest import RestInput
from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

logger = logging.getLogger(__name__)


class WholeReplies(CollectingOutputChannel):
    """Keeps a reply as one message (docs/architecture.md); the stock channel takes text and ``custom`` apart."""

    async def send_response(self, recipient_id: str, message: Dict[str, Any]) -> None:
        """Keep the parts of a reply that are there."""
        kept = {part: message[part] for part in ("text", "buttons", "image", "custom") if message.get(part)}
        if kept:
            self.messages.append({"recipient_id": recipient_id, **kept})


class GuardedRestInput(RestInput):
    """``POST /webhooks/rest/webhook?token=…`` with the request and reply of the stock channel, without streams."""

    def __init__(self, token: str = "") -> None:
        self.token = token

    @classmethod
    def from_credentials(cls, credentials: Optional[Dict[str, Any]]) -> "GuardedRestInput":
        """Take the token from the environment; without one the channel is as open as Rasa's API then is."""
        return cls(os.environ.get("WENZHENG_RASA_TOKEN", ""))

    def admits(self, given: Optional[str]) -> bool:
        """Say whether the token in the request is the right one."""
        return not self.token or hmac.compare_digest((given or "").encode(), self.token.encode())

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """Return the routes, relative to ``/webhooks/rest``."""
        routes = Blueprint("guarded_rest", __name__)

        @routes.route("/", methods=["GET"])
        async def health(request: Request) -> HTTPResponse:
            return response.json({"status": "ok"})

        @routes.route("/webhook", methods=["POST"])
        async def receive(request: Request) -> HTTPResponse:
            if not self.admits(request.args.get("token")):
                return response.json({"status": "failure", "reason": "NotAuthenticated"}, status=401)
            body = request.json if isinstance(request.json, dict) else {}
            sender, text = body.get("sender"), body.get("message")
            if not isinstance(sender, str) or not isinstance(text, str):
                return response.json({"status": "failure", "reason": "BadRequest"}, status=400)
            collector = WholeReplies()
            message = UserMessage(text, collector, sender, input_channel=self.name(), metadata=body.get("metadata"))
            try:
                await on_new_message(message)
            except Exception as problem:  # the caller must get an answer whatever broke
                logger.error("a turn failed: %s", type(problem).__name__)
                return response.json({"status": "failure", "reason": "TurnFailed"}, status=500)
            return response.json(collector.messages)

        return routes
