"""Whose request it is."""

import gradio as gr
from starlette.types import Scope

from assistant.people import LOCAL, NOBODY, Person, acting

PERSON = "assistant.person"
"""Key under which the gate leaves the person in a request's scope."""


def visitor(request: gr.Request | None) -> Person:
    """Return the person behind a request; without one, who acts, or else :data:`LOCAL`.

    Every request of a browser has passed the gate, which says who it is: :data:`LOCAL`
    where no accounts are in use.
    """
    if (scope := _scope(request)) is not None:
        return person_of(scope)
    person = acting()
    return LOCAL if person is NOBODY else person


def person_of(scope: Scope) -> Person:
    """Return the person that the gate found; :data:`NOBODY` where no gate was passed."""
    person = scope.get(PERSON)
    return person if isinstance(person, Person) else NOBODY


def _scope(request: gr.Request | None) -> Scope | None:
    inner = request.request if request is not None else None
    return inner.scope if inner is not None else None
