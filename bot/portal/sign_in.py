"""Sign-in: resident number and name, then the code; plain forms that need no script."""

from dataclasses import dataclass
from typing import Any

import structlog
from aiohttp import web
from yarl import URL

from backoffice.errors import DomainError
from backoffice.identity.service import Resident, SignedIn
from bot import cookies
from bot.channels.web import conversation_of
from bot.chat.store import hash_key
from bot.keys import BACKOFFICE, HUB, STORE, THREADS
from bot.origins import address_of
from bot.portal import forms
from bot.portal.render import page, see_other

log = structlog.get_logger()

routes = web.RouteTableDef()


@dataclass(frozen=True)
class Link:
    """Where a one-time link leads: to which conversation, and whether that is this browser's own."""

    token: str
    conversation_id: str | None = None
    channel: str = ""
    own: bool = False

    @property
    def dead(self) -> bool:
        """The link was used, has expired, or never was."""
        return bool(self.token) and self.conversation_id is None

    @property
    def elsewhere(self) -> bool:
        """The chat is not this browser's: somebody else may have sent the link."""
        return self.conversation_id is not None and not self.own

    @property
    def must_confirm(self) -> bool:
        """Callers of the REST webhook are known by their key; any other chat elsewhere could be anybody's."""
        return self.elsewhere and self.channel != "rest"


async def _link(request: web.Request, token: str) -> Link:
    return await request.app[THREADS].run(_look_up, request, token) if token else Link("")


def _look_up(request: web.Request, token: str) -> Link:
    conversation_id = request.app[BACKOFFICE].identity.open_link(token)
    conversation = request.app[STORE].get(conversation_id) if conversation_id else None
    if conversation is None:
        return Link(token)
    key = request.cookies.get(cookies.CHAT)
    own = key is not None and request.app[STORE].is_owner(conversation.id, hash_key(key))
    return Link(token, conversation.id, conversation.channel, own)


async def resident_of(request: web.Request) -> Resident | None:
    """Return who is signed in in this browser."""
    session = request.cookies.get(cookies.SESSION)
    if not session:
        return None
    return await request.app[THREADS].run(request.app[BACKOFFICE].identity.session, session)


@routes.get("/sign-in")
async def sign_in_page(request: web.Request) -> web.Response:
    """The form for number and name."""
    link = await _link(request, request.query.get("t", ""))
    resident = await resident_of(request) if link.own else None
    return _form(request, "sign_in.html", link=link, resident=resident, typed={}, error=None, values={})


def _form(request: web.Request, template: str, **values: Any) -> web.Response:
    key, token = forms.token_of(request)
    response = page(request, template, token=token, **values)
    forms.keep_key(request, response, key)
    return response


@routes.post("/sign-in")
async def start(request: web.Request) -> web.Response:
    """Take number and name; whoever they belong to, or nobody, the page for the code comes next."""
    fields = await forms.read(request)
    link = await _link(request, fields.get("t", ""))
    number = "".join(fields.get("id_number", "").split()).replace("-", "")
    problem, values = _missing(fields, link), {}
    challenge = ""
    if problem is None:
        name = "".join(fields["name"].split())
        try:
            challenge = await request.app[THREADS].run(
                request.app[BACKOFFICE].identity.start_sign_in, number, name, address_of(request), link.token or None
            )
        except DomainError as refused:
            problem, values = refused.key, _readable(refused)
    if problem is not None:
        return _form(request, "sign_in.html", link=link, resident=None, typed=fields, error=problem, values=values)
    return _form(request, "code.html", challenge=challenge, link=link, error=None, values={})


def _missing(fields: dict[str, str], link: Link) -> str | None:
    if link.dead:
        return "link_dead"
    if not fields.get("id_number", "").strip():
        return "id_number_missing"
    if not fields.get("name", "").strip():
        return "name_missing"
    return "confirm_missing" if link.must_confirm and not fields.get("confirm") else None


def _readable(refused: DomainError) -> dict[str, Any]:
    minutes = -(-int(refused.values.get("retry_after", 0)) // 60)
    return {**refused.values, "minutes": max(minutes, 1)}


@routes.post("/sign-in/code")
async def finish(request: web.Request) -> web.Response:
    """Take the code and open the session."""
    fields = await forms.read(request)
    challenge, code = fields.get("challenge", ""), "".join(fields.get("code", "").split())
    identity = request.app[BACKOFFICE].identity
    try:
        signed = await request.app[THREADS].run(identity.finish_sign_in, challenge, code, address_of(request))
    except DomainError as refused:
        link = await _link(request, fields.get("t", ""))
        values = _readable(refused)
        return _form(request, "code.html", challenge=challenge, link=link, error=refused.key, values=values)
    log.info("signed in", conversation=signed.conversation_id)
    await _tell_chat(request, signed)
    response = see_other("/signed-in")
    cookies.set_secret(request, response, cookies.SESSION, signed.session_token)
    return response


async def _tell_chat(request: web.Request, signed: SignedIn) -> None:
    """Tell the chat that the link came from; without a link it is this browser's own chat that is signed in."""
    conversation_id = signed.conversation_id
    if conversation_id is None:
        conversation = await conversation_of(request)
        if conversation is None:
            return
        conversation_id = conversation.id
        await request.app[THREADS].run(request.app[BACKOFFICE].identity.bind, signed.session_token, conversation_id)
    await request.app[HUB].signed_in(conversation_id)


@routes.post("/sign-in/continue")
async def go_on(request: web.Request) -> web.Response:
    """Let another chat of this browser speak for the person who is signed in here already."""
    fields = await forms.read(request)
    link = await _link(request, fields.get("t", ""))
    session = request.cookies.get(cookies.SESSION, "")
    if link.conversation_id is None or not link.own or await resident_of(request) is None:
        return see_other(str(URL("/sign-in").with_query(t=link.token)))
    await request.app[THREADS].run(request.app[BACKOFFICE].identity.bind, session, link.conversation_id)
    await request.app[HUB].signed_in(link.conversation_id)
    return see_other("/signed-in")


@routes.get("/signed-in")
async def signed_in_page(request: web.Request) -> web.Response:
    """Where sign-in ends: back to the chat."""
    resident = await resident_of(request)
    if resident is None:
        return see_other("/sign-in")
    return page(request, "signed_in.html", name=resident.name_masked)
