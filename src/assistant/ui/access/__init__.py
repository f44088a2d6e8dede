"""Who may reach the page: sign-in, the gate before every route, and what browsers are told."""

from assistant.ui.access.guarded import GuardedPage
from assistant.ui.access.protect import known_to_gradio, protect

__all__ = ["GuardedPage", "known_to_gradio", "protect"]
