"""The gate: every request passes it, and only for whom it lets in is anything done."""

import logging
from html import escape
from urllib.parse import parse_qs, quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import (
    HTMLResponse,
    JSONResponse,
    PlainTextResponse,
    RedirectResponse,
    Response,
)
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.people import LOCAL, NOBODY, People, Person, acting_as
from assistant.ui.access.cookies import SESSION
from assistant.ui.access.headers import FORMS
from assistant.ui.access.hosts import Hosts
from assistant.ui.access.limits import EVENT_BYTES, FORM_BYTES, TooLargeError, bounded
from assistant.ui.access.owners import Owners
from assistant.ui.visitor import PERSON

_log = logging.getLogger(__name__)
SCOPES = "assistant.scopes"
"""Key under which the scopes of a program's token are left in a request's scope."""
PROGRAMS = ("/api/", "/mcp", "/metrics")
"""Where tokens count; everywhere else people sign in."""
SIGN_IN, FIRST_RUN = "/sign-in", "/first-run"
WHO = "/session"
"""Where an open page asks who is signed in; asking is no use of the session."""
_FORMS = (SIGN_IN, FIRST_RUN, "/sign-out", "/account")
_OPEN = frozenset(
    {
        SIGN_IN, FIRST_RUN, "/sign-in.css", "/healthz", "/readyz", "/favicon.ico", "/robots.txt",
        "/theme.css", "/manifest.json",
    }
)  # fmt: skip
_OPEN_BELOW = ("/assets/", "/static/", "/single-sign-on/")
_GRADIO = "/gradio_api/"
# What the page itself calls; Gradio has many more routes, such as a proxy.
_GRADIO_CALLED = frozenset(
    _GRADIO + name
    for name in (
        "queue/join", "queue/data", "run/predict", "run/predict/", "upload", "upload_progress",
        "startup-events", "cancel", "reset", "reset/", "login_check", "app_id", "info",
    )
)  # fmt: skip
_GRADIO_BELOW = (f"{_GRADIO}heartbeat/", f"{_GRADIO}file=/")
_GRADIO_UNUSED = ("/monitoring", "/login", "/logout", "/svelte", "/pwa_icon", "/custom_component")
_UPLOAD = f"{_GRADIO}upload"
_PROBLEM = "application/problem+json"
_TOKEN = {
    "type": "urn:assistant:problem:token",
    "title": "需要令牌",
    "status": 401,
    "detail": "请在请求头中给出有效的令牌：“Authorization: Bearer 令牌”，或先登录网页。",
}
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


class Gate:
    """Lets in who may come in, and says to the code inside who it is.

    Args:
        app: the application inside.
        hosts: the names that the page is reached by.
        people: who may sign in; None where no accounts are in use.
        owners: whose pages are open.
        upload: most bytes of an uploaded file.
    """

    def __init__(
        self, app: ASGIApp, hosts: Hosts, people: People | None, owners: Owners, upload: int
    ) -> None:
        self._app = app
        self._hosts = hosts
        self._people = people
        self._owners = owners
        self._upload = upload

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        if scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
            return
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = Request(scope, receive)
        person = await self._person(request)
        refusal = self._refusal(request, person)
        if refusal is not None:
            await refusal(scope, receive, send)
            return
        scope[PERSON] = person or NOBODY
        with acting_as(scope[PERSON]):
            await self._pass(scope, bounded(receive, self._most(request.url.path)), send)

    async def _pass(self, scope: Scope, receive: Receive, send: Send) -> None:
        begun = False

        async def noting(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self._app(scope, receive, noting)
        except TooLargeError:
            if begun:
                raise
            await _told("内容过大。", 413)(scope, receive, send)
        except Exception:
            # An inner application has answered already; the next request must not suffer.
            _log.exception("A request could not be carried out")
            if not begun:
                await _told("这次没有成功，系统内部出了错。请再试一次。", 500)(scope, receive, send)

    async def _person(self, request: Request) -> Person | None:
        """Return who sends a request, None if nobody is known by it."""
        if self._people is None:
            return LOCAL
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() == "bearer" and _is_below(request.url.path, PROGRAMS):
            found = await run_in_threadpool(self._people.tokens.check, token.strip())
            if found is None:
                return None
            request.scope[SCOPES] = found[1]
            return found[0]
        if not (session := request.cookies.get(SESSION)):
            return None
        used = request.url.path != WHO
        return await run_in_threadpool(self._people.sessions.person, session, used=used)

    def _refusal(self, request: Request, person: Person | None) -> Response | None:
        path, host = request.url.path, request.headers.get("host", "")
        if not self._hosts.admits(host):
            return _told("这个地址不属于执法助手。请用管理员给出的网址访问。", 400)
        if not _is_served(path):
            return _told("没有这个地址。", 404)
        if request.method not in _SAFE and SCOPES not in request.scope and not self._own(request):
            return _told("请求来自其他网站，未予执行。", 403)
        if _length(request) > self._most(path):
            return _told("内容过大。", 413)
        if path in _OPEN or path.startswith(_OPEN_BELOW):
            return None
        if person is None:
            return self._sign_in_first(request)
        session = _page_session(request)
        if session and not self._owners.admits(session, person):
            return _told("这个页面属于另一位用户。请刷新页面。", 403)
        return None

    def _own(self, request: Request) -> bool:
        """Return whether the page itself sends a request, and no page of another site."""
        # No page can write this header, and every browser of today sends it.
        if (site := request.headers.get("sec-fetch-site")) is not None:
            return site in ("none", "same-origin")
        origin = request.headers.get("origin")
        return origin is None or self._hosts.is_own(origin, request.headers.get("host", ""))

    def _sign_in_first(self, request: Request) -> Response:
        path = request.url.path
        called = path.startswith(_GRADIO) or request.method not in _SAFE
        if called or "text/html" not in request.headers.get("accept", ""):
            if _is_below(path, PROGRAMS):
                return JSONResponse(_TOKEN, 401, {"WWW-Authenticate": "Bearer"}, _PROBLEM)
            return JSONResponse({"detail": "请先登录。"}, 401)
        if self._people is not None and self._people.first_run.due:
            return RedirectResponse(FIRST_RUN, 303)
        wanted = path + (f"?{request.url.query}" if request.url.query else "")
        if request.headers.get("sec-fetch-site") == "cross-site":
            # A link from elsewhere comes without the cookie; once more, from here, with it.
            return again(wanted)
        return RedirectResponse(
            SIGN_IN + (f"?next={quote(wanted, safe='')}" if wanted != "/" else ""), 303
        )

    def _most(self, path: str) -> int:
        if path == _UPLOAD:
            return self._upload
        return FORM_BYTES if path in _FORMS else EVENT_BYTES


def again(address: str) -> Response:
    """Return a page that goes to an address of this site by itself, without script."""
    return HTMLResponse(
        '<!doctype html><html lang="zh-CN"><meta charset="utf-8">'
        f'<meta http-equiv="refresh" content="0; url={escape(address)}">'
        f'<title>执法助手</title><p><a href="{escape(address)}">继续</a></p></html>',
        headers={"content-security-policy": FORMS, "cache-control": "no-store"},
    )


def _is_served(path: str) -> bool:
    if path.startswith(_GRADIO) or path == _GRADIO.rstrip("/"):
        return path in _GRADIO_CALLED or path.startswith(_GRADIO_BELOW)
    return not _is_below(path, _GRADIO_UNUSED)


def _is_below(path: str, prefixes: tuple[str, ...]) -> bool:
    return any(
        path == prefix.rstrip("/") or path.startswith(prefix.rstrip("/") + "/")
        for prefix in prefixes
    )


def _length(request: Request) -> int:
    stated = request.headers.get("content-length", "0")
    return int(stated) if stated.isascii() and stated.isdigit() and len(stated) < 19 else 0


def _page_session(request: Request) -> str:
    """Return the name of the open page that a stream of events is asked for."""
    path = request.url.path
    if path.startswith(f"{_GRADIO}heartbeat/"):
        return path.removeprefix(f"{_GRADIO}heartbeat/")
    if path == f"{_GRADIO}queue/data":
        return parse_qs(request.url.query).get("session_hash", [""])[0]
    return ""


def _told(words: str, status: int) -> Response:
    return PlainTextResponse(words, status)
