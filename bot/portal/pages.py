"""The pages that anybody may read: home, the full-page chat, the widget, the conversation to print or keep."""

from aiohttp import web

from bot import cookies
from bot.channels.web import conversation_of
from bot.chat.store import Conversation, Message
from bot.keys import ASSETS, STORE, THREADS
from bot.portal.render import page
from bot.words import texts

routes = web.RouteTableDef()


@routes.get("/")
async def home(request: web.Request) -> web.Response:
    """What it is, what one may ask, and the chat."""
    return page(request, "home.html")


@routes.get("/chat")
async def chat(request: web.Request) -> web.Response:
    """The chat alone; ``?embed=1`` for a frame in another site's page."""
    return page(request, "chat.html")


@routes.get("/widget.js")
async def widget(request: web.Request) -> web.StreamResponse:
    """The script that puts the chat into any page."""
    file = request.app[ASSETS].dist / "widget.js"
    if not file.is_file():
        raise web.HTTPNotFound
    return web.FileResponse(file, headers={"Cache-Control": "public, max-age=300"})


async def _said(request: web.Request) -> tuple[Conversation | None, list[Message]]:
    conversation = await conversation_of(request)
    if conversation is None:
        return None, []
    return conversation, await request.app[THREADS].run(request.app[STORE].since, conversation.id, 0)


@routes.get("/conversation/print")
async def print_conversation(request: web.Request) -> web.Response:
    """The browser's conversation on a page for the printer."""
    _, messages = await _said(request)
    return page(request, "print.html", messages=messages)


@routes.get("/conversation.txt")
async def download_conversation(request: web.Request) -> web.Response:
    """The browser's conversation as a text file."""
    conversation, messages = await _said(request)
    language = cookies.language(request)
    blocks = [texts()("print.title", language)]
    blocks += [
        f"{message.at:%Y-%m-%d %H:%M}  {texts()(f'sender.{message.sender}', language)}\n{message.text}"
        for message in messages
    ]
    if not messages:
        blocks.append(texts()("print.empty", language))
    name = f"wenzheng-{messages[0].at:%Y%m%d}.txt" if conversation and messages else "wenzheng.txt"
    return web.Response(
        text="\ufeff" + "\n\n".join(blocks) + "\n",  # with the mark, Notepad knows that it is UTF-8
        content_type="text/plain",
        charset="utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
