"""The command line: ``assistant build``, ``assistant ask`` and the rest."""

from assistant.cli.main import app

__all__ = ["app"]
