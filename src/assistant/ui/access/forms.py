"""HTML of the sign-in pages; every value is escaped by the templates."""

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from assistant.people import People
from assistant.ui.access.cookies import FORM, form_token, new_nonce, put
from assistant.ui.access.headers import FORMS


def form_page(
    people: People, request: Request, template: str, status: int = 200, **values: object
) -> Response:
    """Return a page with a form that only this browser can send.

    Args:
        people: whose secret signs the form.
        request: from the browser.
        template: name of the page.
        status: HTTP status.
        values: what the template shows.
    """
    nonce = new_nonce(request)
    html = (
        _environment()
        .get_template(f"access/{template}")
        .render(token=form_token(people.key, request, nonce), **values)
    )
    headers = {"content-security-policy": FORMS, "cache-control": "no-store"}
    response = HTMLResponse(html, status, headers)
    put(request, response, FORM, nonce)
    return response


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("assistant.ui"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
