"""What goes wrong with the engine that spreads the work, not with a file."""


class IngestError(RuntimeError):
    """The processes or machines of ``ingest`` cannot be used; the message is in Chinese."""
