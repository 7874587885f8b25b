"""What is counted for the operators."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

_SECONDS = (0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10)


class Metrics:
    """The counters of one bot process, on a registry of their own."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.turns = Counter(
            "wenzheng_turns", "Messages asked of Rasa, by outcome", ["outcome"], registry=self.registry
        )
        self.turn_seconds = Histogram(
            "wenzheng_turn_seconds",
            "Seconds from a stored message to its stored answer",
            buckets=_SECONDS,
            registry=self.registry,
        )
        self.rasa_errors = Counter(
            "wenzheng_rasa_errors", "Attempts without a usable answer, by kind", ["kind"], registry=self.registry
        )
        self.sockets = Gauge("wenzheng_open_sockets", "Open chat connections", registry=self.registry)
        self.pending = Gauge("wenzheng_pending_messages", "Messages that wait for an answer", registry=self.registry)
