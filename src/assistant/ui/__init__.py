"""The page in the browser."""

from assistant.ui.page import build_page
from assistant.ui.server import AddressError, RunningPage, build_app, serve

__all__ = ["AddressError", "RunningPage", "build_app", "build_page", "serve"]
