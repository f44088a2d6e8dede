"""Single sign-on: the bureau's own OpenID Connect server says who somebody is."""

import ipaddress
import logging
from urllib.parse import urlsplit

from authlib.integrations.starlette_client import OAuth
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.middleware.sessions import SessionMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from assistant.people import Action, People, PeopleError, Person, Role
from assistant.people.names import check_name
from assistant.settings import NONE, Settings, SettingsError
from assistant.ui.access.cookies import SESSION, put
from assistant.ui.access.forms import form_page
from assistant.ui.access.gate import again

PATH = "/single-sign-on"
_STATE = "assistant_sso"
_STATE_SECONDS = 600
_CONFIGURATION = "/.well-known/openid-configuration"
_FAILED = "统一身份登录没有成功。请再试一次，或用用户名和密码登录。"
_UNREACHABLE = "统一身份认证服务现在连接不上。请稍后再试，或用用户名和密码登录。"
_UNKNOWN = "统一身份认证服务认得您，但这里还没有您的账户。请联系管理员添加。"
_log = logging.getLogger(__name__)


def single_sign_on(people: People, settings: Settings) -> Starlette:
    """Return the two addresses of single sign-on, to be mounted at :data:`PATH`.

    Args:
        people: who may sign in.
        settings: the server and what it knows the assistant by.

    Raises:
        SettingsError: the server would be spoken to in clear, or the client is not named.
    """
    _check(settings)
    sign_on = _SingleSignOn(people, settings)
    # The state has to come along when the other server sends the browser back.
    state = Middleware(
        SessionMiddleware,
        secret_key=people.key,
        session_cookie=_STATE,
        max_age=_STATE_SECONDS,
        path=PATH,
        same_site="lax",
    )
    routes = [Route("/begin", sign_on.begin), Route("/return", sign_on.come_back)]
    return Starlette(routes=routes, middleware=[state])


class _SingleSignOn:
    def __init__(self, people: People, settings: Settings) -> None:
        self._people = people
        self._settings = settings
        self._issuer = settings.oidc_issuer.rstrip("/")
        clients = OAuth()
        self._client = clients.register(
            "sso",
            server_metadata_url=self._issuer + _CONFIGURATION,
            client_id=settings.oidc_client_id,
            client_secret=settings.oidc_client_secret or None,
            client_kwargs={"scope": "openid profile", "code_challenge_method": "S256"},
        )

    async def begin(self, request: Request) -> Response:
        back = str(request.url.replace(path=f"{PATH}/return", query=""))
        try:
            redirect = await self._client.authorize_redirect(request, back)
        except Exception as error:  # Each HTTP client that authlib may use has its own errors.
            return self._refuse(request, _UNREACHABLE, error)
        assert isinstance(redirect, Response)
        return redirect

    async def come_back(self, request: Request) -> Response:
        try:
            token = await self._client.authorize_access_token(request)
        except Exception as error:
            return self._refuse(request, _FAILED, error)
        claims = token.get("userinfo") or {}
        subject = str(claims.get("sub", ""))
        request.session.clear()
        if not subject:
            return self._refuse(request, _FAILED, None)
        try:
            person = await run_in_threadpool(self._known, subject, claims)
        except PeopleError as error:
            return self._refuse(request, str(error), None)
        address = request.client.host if request.client else ""
        self._people.audit.record(person, Action.SIGNED_IN, address=address, by="oidc")
        # Not a redirect: the chain began at the other server, so the cookie would stay behind.
        response = again("/")
        put(request, response, SESSION, self._people.sessions.begin(person))
        return response

    def _known(self, subject: str, claims: dict[str, object]) -> Person:
        key = f"{self._issuer}#{subject}"
        account = self._people.accounts.of_subject(key) or self._people.accounts.of_subject(subject)
        if account is not None:
            if account.disabled:
                raise PeopleError("这个账户已停用。请联系管理员。")
            return account.person
        if self._settings.oidc_role == NONE:
            raise PeopleError(_UNKNOWN)
        name = str(claims.get("preferred_username") or subject)
        shown = str(claims.get("name") or "")
        role = Role(self._settings.oidc_role)
        return self._people.accounts.add(check_name(name), role, "", (), shown, key)

    def _refuse(self, request: Request, words: str, error: Exception | None) -> Response:
        if error is not None:
            # Errors of the protocol can carry codes and tokens; their kind is enough.
            _log.warning("Single sign-on failed: %s", type(error).__name__)
        return form_page(
            self._people, request, "sign_in.html", 401,
            problem=words, name="", next="/", single_sign_on=True,
        )  # fmt: skip


def _check(settings: Settings) -> None:
    parts = urlsplit(settings.oidc_issuer)
    if parts.scheme != "https" and not _is_loopback(parts.hostname or ""):
        raise SettingsError("设置 oidc_issuer 应以 https:// 开头：身份信息不能明文传送。")
    if not settings.oidc_client_id:
        raise SettingsError("设置了 oidc_issuer，还需要设置 oidc_client_id。")


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
