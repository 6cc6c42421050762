"""What stands before the application: who may ask, how much may be sent, what a browser may do with the answer."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
from collections.abc import Iterator
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import HTTPConnection
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pipeline.server.problems import Problem, answer
from pipeline.server.settings import Settings

COOKIE = "circulars"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
_SAFE = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",  # without any, a browser names no origin when it sends the form of `/login`
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",
}
_POURED = 4  # sizes of the largest body: as much of one that is too large is taken before it is refused
_SILENCE = 1.0  # seconds without a piece of it
_READING = {"GET", "HEAD", "OPTIONS"}
_OPEN = ("/health", "/login", "/static/")  # nothing of a circular is there


def session(token: str) -> str:
    """What the cookie of somebody holds who has shown the token: not the token itself."""
    return hmac.new(token.encode("utf-8", "replace"), b"circulars session", hashlib.sha256).hexdigest()


class Shield:
    """The ASGI application behind its guards."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app, self.settings = app, settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse, or let the application answer."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        body = _Body(scope, receive, self.settings)

        async def marked(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _SAFE.items():
                    headers.setdefault(name, value)
                if not body.whole:  # what is still to come is not read
                    headers["connection"] = "close"
            await send(message)

        refusal = self._refusal(HTTPConnection(scope))
        if refusal is not None:
            await body.pour_away()
        await (refusal or self.app)(scope, body.receive, marked)

    def _refusal(self, asked: HTTPConnection) -> Response | None:
        headers, path, method = asked.headers, asked.scope["path"], asked.scope["method"]
        if not self.settings.knows(headers.get("host", "")):
            return answer(421, "请用启动时显示的网址访问；别的主机名要在启动时用 --allow-host 写明")
        if trouble := next(_foreign(headers, method), None):
            return answer(403, trouble)
        if int(_digits(headers.get("content-length", "0"))) > self.settings.most_bytes:
            return answer(413, too_much(self.settings))
        if self._may_pass(asked) or path.startswith(_OPEN):
            return None
        if method == "GET" and "text/html" in headers.get("accept", ""):
            return RedirectResponse("/login", 303)
        return answer(
            401, "请在 Authorization: Bearer 中给出启动时设定的口令", {"www-authenticate": "Bearer"}
        )

    def _may_pass(self, asked: HTTPConnection) -> bool:
        token = self.settings.token
        if token is None:
            return True
        kind, _, shown = asked.headers.get("authorization", "").partition(" ")
        if kind.lower() == "bearer" and same(shown.strip(), token):
            return True
        return same(asked.cookies.get(COOKIE, ""), session(token))


class _Body:
    """What a client sends, within its size and time. `whole`: nothing more is to come."""

    def __init__(self, scope: Scope, receive: Receive, settings: Settings) -> None:
        headers = Headers(scope=scope)
        self.whole = headers.get("content-length", "0") == "0" and "transfer-encoding" not in headers
        self._invited = "expect" in headers  # such a client waits to be asked for its body
        self._receive, self._settings = receive, settings
        self._taken = 0
        self._ends = asyncio.get_running_loop().time() + settings.limits.seconds

    async def receive(self) -> Message:
        """The next piece; `Problem` where it is too much or too late."""
        if self.whole:
            return await self._receive()
        try:
            async with asyncio.timeout_at(self._ends):
                message = await self._next()
        except TimeoutError:
            raise Problem(408, f"{self._settings.limits.seconds} 秒内没有传完；请重试") from None
        if self._taken > self._settings.most_bytes:
            await self.pour_away()
            raise Problem(413, too_much(self._settings))
        return message

    async def pour_away(self) -> None:
        """Take what is on its way, within bounds: who is still sending does not hear the answer."""
        most = self._taken + _POURED * self._settings.most_bytes
        try:
            while not self.whole and not self._invited and self._taken < most:
                async with asyncio.timeout(_SILENCE):
                    await self._next()
        except TimeoutError:
            return

    async def _next(self) -> Message:
        message = await self._receive()
        self._taken += len(message.get("body", b""))
        self.whole = not message.get("more_body", False)
        return message


def too_much(settings: Settings) -> str:
    """What is said to who sends more than may be."""
    return f"超过大小上限 {settings.limits.megabytes} MB；请拆分文件"


def same(shown: str, known: str) -> bool:
    """Are two secrets the same? Takes as long where they are not."""
    return hmac.compare_digest(shown.encode("utf-8", "replace"), known.encode("utf-8", "replace"))


def _foreign(headers: Headers, method: str) -> Iterator[str]:
    """A request that another site's page makes: it may lead here, but neither write nor look from there."""
    site, origin = headers.get("sec-fetch-site"), headers.get("origin")
    if method not in _READING:
        if site not in {None, "same-origin", "none"}:
            yield "这个操作来自别的网站，已拒绝"
        if origin is not None and urlsplit(origin).netloc != headers.get("host"):
            yield "这个操作来自别的网站，已拒绝"
    elif site == "cross-site" and headers.get("sec-fetch-mode") != "navigate":
        yield "别的网站不能读取这里的内容"


def _digits(text: str) -> str:
    return text if text.isascii() and text.isdigit() and len(text) < 16 else "0"
