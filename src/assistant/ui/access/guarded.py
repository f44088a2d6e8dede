"""The page's events, each carried out as the person who caused it."""

from collections.abc import AsyncIterator
from typing import Any

import gradio as gr

from assistant.people import NOBODY, NotAllowedError, acting_as
from assistant.ui.access.owners import Owners
from assistant.ui.visitor import visitor


class GuardedPage(gr.Blocks):
    """Blocks that do nothing for whoever has not passed the gate.

    An event of the queue runs long after its request, in a task of its own; so who acts
    is set here, where each event's function is called, and at each step of a stream.

    Attributes:
        owners: whose pages are open.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.owners = Owners()
        super().__init__(*args, **kwargs)

    async def call_function(
        self,
        block_fn: Any,
        processed_input: list[Any],
        iterator: AsyncIterator[Any] | None = None,
        requests: gr.Request | list[gr.Request] | None = None,
        event_id: str | None = None,
        event_data: gr.EventData | None = None,
        in_event_listener: bool = False,
        state: Any = None,
        oauth_token: Any = None,
    ) -> Any:
        """Call an event's function as the person behind the request.

        Raises:
            NotAllowedError: nobody is, or the page was opened by somebody else.
        """
        request = requests[0] if isinstance(requests, list) else requests
        person = visitor(request) if request is not None else NOBODY
        session = request.session_hash if request is not None else None
        if person is NOBODY or (session and not self.owners.admits(session, person)):
            raise NotAllowedError("请先登录，再刷新页面。")
        with acting_as(person):
            return await super().call_function(
                block_fn, processed_input, iterator, requests, event_id, event_data,
                in_event_listener, state, oauth_token,
            )  # fmt: skip
