"""Where a request comes from."""

import pytest
from aiohttp.test_utils import make_mocked_request

from bot.origins import address_of


@pytest.mark.parametrize(
    ("remote", "forwarded", "address"),
    [
        ("127.0.0.1", None, "127.0.0.1"),
        ("127.0.0.1", "203.0.113.7", "203.0.113.7"),
        ("::1", "6.6.6.6, 203.0.113.7", "203.0.113.7"),
        ("203.0.113.9", "6.6.6.6", "203.0.113.9"),
    ],
)
def test_only_a_proxy_on_this_machine_is_believed(remote: str, forwarded: str | None, address: str) -> None:
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    assert address_of(make_mocked_request("GET", "/", headers).clone(remote=remote)) == address
