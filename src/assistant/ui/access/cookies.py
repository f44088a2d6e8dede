"""The two cookies: who is signed in, and what a form must know to be believed."""

import hashlib
import hmac
import secrets

from starlette.requests import Request
from starlette.responses import Response

SESSION = "assistant_session"
FORM = "assistant_form"


def form_token(key: str, request: Request, nonce: str = "") -> str:
    """Return what a form from this browser must carry.

    Args:
        key: the secret of the accounts.
        request: from the browser.
        nonce: the value of a form cookie about to be set, where it has none yet.
    """
    bound = request.cookies.get(SESSION) or nonce or request.cookies.get(FORM, "")
    given = bound.encode("utf-8", "surrogatepass")
    return hmac.new(key.encode(), given, hashlib.sha256).hexdigest()


def is_form_token(key: str, request: Request, given: str) -> bool:
    """Return whether a form came from a page that this browser was given."""
    if not (request.cookies.get(FORM) or request.cookies.get(SESSION)):
        return False
    return hmac.compare_digest(form_token(key, request).encode(), given.encode("utf-8", "replace"))


def new_nonce(request: Request) -> str:
    """Return the browser's form cookie, or a value for a new one."""
    return request.cookies.get(FORM, "") or secrets.token_urlsafe(24)


def put(request: Request, response: Response, name: str, value: str) -> None:
    """Set a cookie that no script reads and no other site sends."""
    response.set_cookie(
        name, value, path="/", httponly=True, samesite="strict",
        secure=request.url.scheme == "https",
    )  # fmt: skip


def drop(response: Response, name: str) -> None:
    """Remove a cookie."""
    response.delete_cookie(name, path="/", httponly=True, samesite="strict")
