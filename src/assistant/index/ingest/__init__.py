"""Reading and embedding here, or spread over processes and machines by Dask."""

from assistant.index.ingest.cluster import Cluster, count_workers
from assistant.index.ingest.encoding import FEW, Encoder, Here, Spread
from assistant.index.ingest.errors import IngestError
from assistant.index.ingest.reading import read
from assistant.index.ingest.tasks import Outcome, attempt

__all__ = [
    "FEW",
    "Cluster",
    "Encoder",
    "Here",
    "IngestError",
    "Outcome",
    "Spread",
    "attempt",
    "count_workers",
    "read",
]
