"""The line on the account in the head of the page."""

import gradio as gr

from assistant.people import LOCAL, open_people
from assistant.settings import Settings
from assistant.ui import render
from assistant.ui.access.cookies import form_token
from assistant.ui.visitor import visitor


class Masthead:
    """Draws the head of the page for each visitor.

    Args:
        settings: where the accounts are.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def draw(self, request: gr.Request) -> str:
        """Return the head of the page with the visitor's name and the way out."""
        person = visitor(request)
        if person is LOCAL or request.request is None:
            return render.header()
        token = form_token(open_people(self._settings).key, request.request)
        return render.header(person, token)
