"""The server's log: lines for people, or objects for a log collector."""

import logging

from pythonjsonlogger.json import JsonFormatter

from assistant.settings import Settings

_TEXT = "%(asctime)s %(levelname)s %(name)s %(message)s"
_FIELDS = "%(asctime)s%(levelname)s%(name)s%(message)s"


def configure_logs(settings: Settings) -> None:
    """Write what the assistant logs to standard error, in the form of the settings.

    Requests are logged as objects alone: on a console they would bury what matters.
    """
    as_objects = settings.log_format == "json"
    handler = logging.StreamHandler()
    handler.setFormatter(
        JsonFormatter(_FIELDS, json_ensure_ascii=False) if as_objects else logging.Formatter(_TEXT)
    )
    logger = logging.getLogger("assistant")
    logger.handlers[:] = [handler]
    logger.setLevel(logging.INFO if as_objects else logging.WARNING)
    logger.propagate = False
