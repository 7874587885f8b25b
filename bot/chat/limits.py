"""How much one conversation and one address may say."""

from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import SlidingWindowCounterRateLimiter

# Many people share one address: a hospital's network, a village's line.
_ADDRESS_FACTOR = 40
_NEW_FACTOR = 20


class MessageLimits:
    """Counts messages in this process by conversation and by address."""

    def __init__(self, per_minute: int) -> None:
        self._storage = MemoryStorage()
        self._limiter = SlidingWindowCounterRateLimiter(self._storage)
        self._conversation = RateLimitItemPerMinute(per_minute)
        self._address = RateLimitItemPerMinute(per_minute * _ADDRESS_FACTOR)
        self._new = RateLimitItemPerMinute(per_minute * _NEW_FACTOR)

    def allows(self, conversation_id: str, address: str) -> bool:
        """Count one message, and say whether it may be taken."""
        return self._limiter.hit(self._conversation, "conversation", conversation_id) and self._limiter.hit(
            self._address, "address", address
        )

    def allows_new(self, address: str) -> bool:
        """Count one new conversation, and say whether it may begin."""
        return self._limiter.hit(self._new, "new", address)
