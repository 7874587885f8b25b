"""The REST webhook: Rasa's shape for a right request, a clear refusal for a wrong one, never a 500."""

import json
import urllib.error
import urllib.request
import uuid
from typing import Any

import pytest

from tests.live import Stack

pytestmark = pytest.mark.e2e


def post(stack: Stack, body: bytes, key: str | None = "test-key") -> tuple[int, Any]:
    headers = {"Content-Type": "application/json", **({"Authorization": f"Bearer {key}"} if key else {})}
    request = urllib.request.Request(f"{stack.url}/webhooks/rest/webhook", body, headers)
    try:
        with urllib.request.urlopen(request, timeout=30) as response:
            return response.status, json.loads(response.read())
    except urllib.error.HTTPError as refusal:
        return refusal.code, json.loads(refusal.read())


def message(text: Any) -> bytes:
    return json.dumps({"sender": uuid.uuid4().hex, "message": text}).encode()


def test_a_question_gets_an_answer_in_rasas_shape(stack: Stack) -> None:
    body = json.loads(message("安澜市第一人民医院是几级"))
    status, replies = post(stack, json.dumps(body).encode())
    assert status == 200
    assert replies[0]["recipient_id"] == body["sender"]
    assert "三级" in replies[0]["text"]


@pytest.mark.parametrize("key", [None, "wrong", ""])
def test_without_a_right_key_nothing_is_answered(stack: Stack, key: str | None) -> None:
    status, refusal = post(stack, message("你好"), key)
    assert status == 401
    assert refusal


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b"[]",
        b'"text"',
        b"\xff\xfe",
        b"{}",
        message(""),
        message("   "),
        message(None),
        message(7),
        message("长" * 33_000),
        json.dumps({"sender": 5, "message": "x"}).encode(),
        json.dumps({"sender": "x" * 5000, "message": "x"}).encode(),
    ],
)
def test_a_wrong_request_gets_a_clear_refusal(stack: Stack, body: bytes) -> None:
    status, refusal = post(stack, body)
    assert 400 <= status < 500
    assert refusal


@pytest.mark.parametrize(
    "text", ["😀" * 1000, "\u0000\u202e你好", "/restart", "/signed_in", "🏳️‍🌈", "a" * 2000, "'; DROP TABLE residents;--"]
)
def test_an_odd_text_gets_a_normal_reply(stack: Stack, text: str) -> None:
    status, replies = post(stack, message(text))
    assert status == 200
    assert replies[0]["text"]
