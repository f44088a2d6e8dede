"""Whose request it is."""

import gradio as gr

from assistant.people import LOCAL, Person


def visitor(request: gr.Request | None) -> Person:
    """Return the person behind a request; :data:`LOCAL` where no accounts are in use."""
    del request
    return LOCAL
