"""Everything that stands before the page, put before it."""

from fastapi import FastAPI, Request
from starlette.responses import JSONResponse, Response

from assistant.people import open_people
from assistant.settings import AccountsMode, Settings
from assistant.ui.access.gate import WHO, Gate
from assistant.ui.access.guarded import GuardedPage
from assistant.ui.access.headers import SecurityHeaders
from assistant.ui.access.hosts import Hosts
from assistant.ui.access.sign_in import add_sign_in
from assistant.ui.access.single_sign_on import PATH, single_sign_on
from assistant.ui.visitor import person_of

# What surrounds the file in a form.
_SPARE = 64 * 1024
_FRESH = {"cache-control": "no-store"}


def protect(app: FastAPI, page: GuardedPage, settings: Settings, upload: int) -> None:
    """Let every request to ``app`` pass the gate, and add the sign-in pages where needed.

    Args:
        app: the application; ``page`` is mounted in it afterwards.
        page: the page, for whose events the gate answers.
        settings: whether people sign in, and how.
        upload: most bytes of an uploaded file.

    Raises:
        PeopleError: the files of the accounts cannot be opened.
        SettingsError: single sign-on is set up wrongly.
    """
    people = open_people(settings) if settings.accounts is AccountsMode.ON else None
    app.get(WHO)(_who)
    if people is not None:
        add_sign_in(app, people, settings)
        if settings.oidc_issuer:
            app.mount(PATH, single_sign_on(people, settings))
    app.add_middleware(
        Gate,
        hosts=Hosts(settings.allowed_hosts, settings.host),
        people=people,
        owners=page.owners,
        upload=upload + _SPARE,
    )
    app.add_middleware(SecurityHeaders)


def known_to_gradio(request: Request) -> str | None:
    """Return the name that Gradio knows the visitor by; None lets it refuse."""
    return person_of(request.scope).name or None


async def _who(request: Request) -> Response:
    """Say who is signed in; the gate has answered already where nobody is."""
    return JSONResponse({"person": person_of(request.scope).name}, headers=_FRESH)
