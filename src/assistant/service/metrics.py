"""Figures for Prometheus: requests, seconds by stage, outcomes, the index, errors."""

from collections.abc import Iterator, Mapping

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily, InfoMetricFamily
from prometheus_client.platform_collector import PlatformCollector
from prometheus_client.process_collector import ProcessCollector
from prometheus_client.registry import Collector

from assistant.answering import LiveAssistant

WAITING, ANSWER, WRITING = "waiting", "answer", "writing"
"""Stages of a question besides those of retrieval: in the queue, answering, the model's words."""
_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 5.0, 10.0, 30.0)


class Metrics:
    """The figures of one server; no person and no word of a question is among them.

    Any number of threads may share it.

    Args:
        live: whose index is described.
    """

    def __init__(self, live: LiveAssistant) -> None:
        self._registry = CollectorRegistry()
        self._requests = Counter(
            "assistant_requests",
            "Requests by route, method and status",
            ("route", "method", "status"),
            registry=self._registry,
        )
        self._seconds = Histogram(
            "assistant_request_seconds",
            "Seconds until a request was answered whole",
            ("route",),
            buckets=_SECONDS,
            registry=self._registry,
        )
        self._stages = Histogram(
            "assistant_stage_seconds",
            "Seconds of each stage of a question",
            ("stage",),
            buckets=_SECONDS,
            registry=self._registry,
        )
        self._outcomes = Counter(
            "assistant_answers", "Answers by outcome", ("outcome",), registry=self._registry
        )
        self._errors = Counter(
            "assistant_errors", "Problems told, by kind", ("kind",), registry=self._registry
        )
        self.waiting = Gauge(
            "assistant_waiting_questions", "Questions that wait", registry=self._registry
        )
        self._registry.register(_Index(live))
        ProcessCollector(registry=self._registry)
        PlatformCollector(registry=self._registry)

    def request(self, route: str, method: str, status: int, seconds: float) -> None:
        """Count a request that was answered."""
        self._requests.labels(route, method, str(status)).inc()
        self._seconds.labels(route).observe(seconds)

    def stage(self, stage: str, seconds: float) -> None:
        """Add the time that a stage took."""
        self._stages.labels(stage).observe(seconds)

    def stages(self, seconds: Mapping[str, float]) -> None:
        """Add the times of several stages."""
        for stage, taken in seconds.items():
            self.stage(stage, taken)

    def outcome(self, outcome: str) -> None:
        """Count an answer."""
        self._outcomes.labels(outcome).inc()

    def error(self, kind: str) -> None:
        """Count a problem."""
        self._errors.labels(kind).inc()

    def text(self) -> bytes:
        """Return all figures in Prometheus' text format."""
        return generate_latest(self._registry)


class _Index(Collector):
    """Describes the index in use at the moment of asking."""

    def __init__(self, live: LiveAssistant) -> None:
        self._live = live

    def collect(self) -> Iterator[GaugeMetricFamily | InfoMetricFamily]:
        manifest = self._live.newest.manifest
        yield GaugeMetricFamily(
            "assistant_index_documents", "Documents in the index", manifest.documents
        )
        yield GaugeMetricFamily(
            "assistant_index_passages", "Passages in the index", manifest.passages
        )
        yield GaugeMetricFamily(
            "assistant_index_built_seconds",
            "When the index was built, seconds since 1970",
            manifest.created.timestamp(),
        )
        yield InfoMetricFamily(
            "assistant_index",
            "The generation in use",
            {"collection": manifest.collection, "space": manifest.space},
        )
