"""What every route is given: who calls, and the functions to call."""

from typing import Annotated

from fastapi import Depends, FastAPI, Request

from assistant.people import Scope
from assistant.service.access import Access, Caller
from assistant.service.functions import Functions


def give(app: FastAPI, functions: Functions, access: Access) -> None:
    """Let the routes of ``app`` find what they need."""
    app.state.functions = functions
    app.state.access = access


async def _functions(request: Request) -> Functions:
    functions: Functions = request.app.state.functions
    return functions


async def _reader(request: Request) -> Caller:
    access: Access = request.app.state.access
    return access.admit(request, Scope.READ)


async def _asker(request: Request) -> Caller:
    access: Access = request.app.state.access
    return access.admit(request, Scope.ASK)


Given = Annotated[Functions, Depends(_functions)]
"""The functions."""
Reader = Annotated[Caller, Depends(_reader)]
"""A caller who may search and open."""
Asker = Annotated[Caller, Depends(_asker)]
"""A caller who may ask."""
