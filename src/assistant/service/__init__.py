"""Interfaces for other programs: HTTP, the Model Context Protocol, health and metrics."""

from assistant.service.app import add_service, run_tools
from assistant.service.logs import configure_logs

__all__ = ["add_service", "configure_logs", "run_tools"]
