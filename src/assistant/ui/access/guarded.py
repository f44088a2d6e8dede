"""The page's events, each carried out as the person who caused it."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import gradio as gr
from gradio.utils import get_upload_folder

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

    async def preprocess_data(
        self, block_fn: Any, inputs: list[Any], state: Any, explicit_call: bool = False
    ) -> Any:
        """Take an event's data; files only if they were uploaded.

        Gradio checks this only in an application that it launches itself; in a mounted one,
        an event could name any file of the machine, or an address to be fetched.

        Raises:
            NotAllowedError: a file is none that was uploaded.
        """
        _check_files(inputs, Path(get_upload_folder()).resolve())
        return await super().preprocess_data(block_fn, inputs, state, explicit_call)

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


def _check_files(data: Any, uploads: Path) -> None:
    if isinstance(data, dict):
        path = data.get("path")
        if isinstance(path, str) and not Path(path).resolve().is_relative_to(uploads):
            raise NotAllowedError("文件不是在这个页面上传的。")
        for value in data.values():
            _check_files(value, uploads)
    elif isinstance(data, list):
        for value in data:
            _check_files(value, uploads)
