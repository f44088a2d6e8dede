"""Signing in and out, a new password, and the first administrator: pages without script."""

from pathlib import Path
from typing import Annotated

from fastapi import FastAPI, Form
from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse, Response

from assistant.people import NOBODY, Action, People, PeopleError, Person, SignInError
from assistant.settings import Settings
from assistant.ui.access.cookies import FORM, SESSION, drop, is_form_token, put
from assistant.ui.access.forms import form_page
from assistant.ui.access.limits import Throttle
from assistant.ui.visitor import person_of

_STYLE = Path(__file__).parent.parent / "assets" / "sign-in.css"
_FAILURES, _FAILURE_SECONDS = 30, 600.0
_STALE = "页面已过期，请再试一次。"
_Field = Annotated[str, Form(max_length=1000)]


def add_sign_in(app: FastAPI, people: People, settings: Settings) -> None:
    """Add the pages to ``app``."""
    pages = _Pages(people, settings)
    app.get("/sign-in.css")(pages.style)
    app.get("/sign-in")(pages.ask)
    app.post("/sign-in")(pages.sign_in)
    app.post("/sign-out")(pages.sign_out)
    app.get("/account")(pages.account)
    app.post("/account")(pages.change_password)
    app.get("/first-run")(pages.first_run)
    app.post("/first-run")(pages.set_up)


def local_address(wanted: str) -> str:
    """Return an address of this site to go to; the page itself for anything else."""
    plain = wanted.startswith("/") and not wanted.startswith(("//", "/\\"))
    return wanted if plain and wanted.isprintable() and "\\" not in wanted else "/"


class _Pages:
    def __init__(self, people: People, settings: Settings) -> None:
        self._people = people
        self._single_sign_on = bool(settings.oidc_issuer)
        self._throttle = Throttle(_FAILURES, _FAILURE_SECONDS)

    def style(self) -> Response:
        return FileResponse(_STYLE, media_type="text/css")

    def ask(self, request: Request, next: str = "") -> Response:
        if self._people.first_run.due:
            return RedirectResponse("/first-run", 303)
        return self._ask(request, next)

    def sign_in(
        self, request: Request, name: _Field = "", password: _Field = "",
        next: _Field = "", token: _Field = "",
    ) -> Response:  # fmt: skip
        if not is_form_token(self._people.key, request, token):
            return self._ask(request, next, _STALE, name, 403)
        address = _address(request)
        if self._throttle.must_wait(address):
            return self._ask(request, next, "尝试次数过多，请十分钟后再试。", name, 429)
        try:
            person = self._people.accounts.sign_in(name, password)
        except SignInError as error:
            self._throttle.failed(address)
            # A name that nobody has may be a password typed into the wrong box.
            known = self._people.accounts.find(name)
            subject = known.name if known else "未知用户名"
            self._people.audit.record(NOBODY, Action.REFUSED, subject, address=address)
            return self._ask(request, next, str(error), name, 401)
        return self._begin(request, person, local_address(next))

    def sign_out(self, request: Request, token: _Field = "") -> Response:
        if not is_form_token(self._people.key, request, token):
            return self._account(request, _STALE, status=403)
        self._people.sessions.end(request.cookies.get(SESSION, ""))
        person, address = person_of(request.scope), _address(request)
        self._people.audit.record(person, Action.SIGNED_OUT, address=address)
        response = RedirectResponse("/sign-in", 303)
        drop(response, SESSION)
        drop(response, FORM)
        response.headers["clear-site-data"] = '"cache"'
        return response

    def account(self, request: Request) -> Response:
        return self._account(request)

    def change_password(
        self, request: Request, old: _Field = "", new: _Field = "",
        again: _Field = "", token: _Field = "",
    ) -> Response:  # fmt: skip
        person = person_of(request.scope)
        if not is_form_token(self._people.key, request, token):
            return self._account(request, _STALE, status=403)
        if new != again:
            return self._account(request, "两次输入的新密码不一致。", status=400)
        try:
            self._people.accounts.sign_in(person.name, old)
            here = request.cookies.get(SESSION, "")
            self._people.set_password(person.name, new, keep=here)
        except PeopleError as error:
            return self._account(request, str(error), status=400)
        self._people.audit.record(
            person, Action.CHANGED_ACCOUNT, person.name,
            address=_address(request), change="password",
        )  # fmt: skip
        return self._account(request, done="密码已修改，其他地方的登录已全部退出。")

    def first_run(self, request: Request) -> Response:
        if not self._people.first_run.due:
            return RedirectResponse("/sign-in", 303)
        return form_page(self._people, request, "first_run.html", problem="", name="")

    def set_up(
        self, request: Request, code: _Field = "", name: _Field = "", new: _Field = "",
        again: _Field = "", token: _Field = "",
    ) -> Response:  # fmt: skip
        problem = ""
        if not is_form_token(self._people.key, request, token):
            problem = _STALE
        elif new != again:
            problem = "两次输入的密码不一致。"
        else:
            try:
                person = self._people.first_run.set_up(code, name, new)
            except PeopleError as error:
                problem = str(error)
            else:
                return self._begin(request, person, "/")
        return form_page(
            self._people, request, "first_run.html", 400, problem=problem, name=name[:80]
        )

    def _begin(self, request: Request, person: Person, address: str) -> Response:
        self._people.audit.record(person, Action.SIGNED_IN, address=_address(request))
        response = RedirectResponse(address, 303)
        put(request, response, SESSION, self._people.sessions.begin(person))
        drop(response, FORM)
        return response

    def _ask(
        self, request: Request, wanted: str, problem: str = "", name: str = "", status: int = 200
    ) -> Response:
        return form_page(
            self._people, request, "sign_in.html", status,
            problem=problem, name=name[:80], next=local_address(wanted),
            single_sign_on=self._single_sign_on,
        )  # fmt: skip

    def _account(
        self, request: Request, problem: str = "", *, done: str = "", status: int = 200
    ) -> Response:
        person = person_of(request.scope)
        has_password = self._people.accounts.get(person.name).has_password
        return form_page(
            self._people, request, "account.html", status,
            problem=problem, done=done, person=person, has_password=has_password,
        )  # fmt: skip


def _address(request: Request) -> str:
    return request.client.host if request.client is not None else ""
