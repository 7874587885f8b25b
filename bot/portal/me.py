"""Who is signed in, until when, who has looked at their records, and the way out."""

from aiohttp import web

from backoffice.identity.numbers import mask_id_number
from bot import cookies
from bot.channels.web import conversation_of
from bot.keys import BACKOFFICE, HUB, THREADS
from bot.portal import forms
from bot.portal.render import page, see_other
from bot.portal.sign_in import resident_of
from bot.words import texts

routes = web.RouteTableDef()


@routes.get("/me")
async def me(request: web.Request) -> web.Response:
    """The page about oneself."""
    resident = await resident_of(request)
    if resident is None:
        return page(request, "me.html", resident=None)
    identity, threads = request.app[BACKOFFICE].identity, request.app[THREADS]
    until = await threads.run(identity.session_ends, request.cookies[cookies.SESSION])
    entries = await threads.run(identity.access_log, resident.id)
    key, token = forms.token_of(request)
    response = page(
        request,
        "me.html",
        resident=resident,
        id_masked=mask_id_number(resident.id_number),
        until=until,
        entries=entries,
        label=_label_key,
        token=token,
    )
    forms.keep_key(request, response, key)
    return response


def _label_key(kind: str, value: str) -> str:
    """Return the key of the sentence for a record or a purpose; ``other`` where none was written."""
    key = f"{kind}.{value}"
    return key if key in texts() else f"{kind}.other"


@routes.post("/sign-out")
async def sign_out(request: web.Request) -> web.Response:
    """End the session of this browser; with ``clear`` also take the conversation out of its reach."""
    fields = await forms.read(request)
    session = request.cookies.get(cookies.SESSION, "")
    left = await request.app[THREADS].run(request.app[BACKOFFICE].identity.sign_out, session)
    response = _left(request, left)
    if fields.get("clear"):
        conversation = await conversation_of(request)
        if conversation is not None:
            request.app[HUB].drop(conversation.id)
        cookies.forget(response, cookies.CHAT)
    return response


@routes.post("/sign-out/everywhere")
async def sign_out_everywhere(request: web.Request) -> web.Response:
    """End every session of the person who is signed in."""
    await forms.read(request)
    resident = await resident_of(request)
    if resident is None:
        return _left(request, [])
    left = await request.app[THREADS].run(request.app[BACKOFFICE].identity.sign_out_everywhere, resident.id)
    return _left(request, left)


def _left(request: web.Request, conversation_ids: list[str]) -> web.Response:
    request.app[HUB].signed_out(conversation_ids)
    response = see_other("/me")
    cookies.forget(response, cookies.SESSION)
    return response
