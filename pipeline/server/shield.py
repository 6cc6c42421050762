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
    "referrer-policy": "no-referrer",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",
}
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

        begun = False

        async def marked(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                headers = MutableHeaders(scope=message)
                for name, value in _SAFE.items():
                    headers.setdefault(name, value)
            await send(message)

        refusal = self._refusal(HTTPConnection(scope))
        try:
            await (refusal or self.app)(scope, self._limited(receive), marked)
        except Problem as wrong:
            if not begun:
                await answer(wrong.status, wrong.detail, {"connection": "close"})(scope, receive, marked)

    def _refusal(self, asked: HTTPConnection) -> Response | None:
        headers, path, method = asked.headers, asked.scope["path"], asked.scope["method"]
        if not self.settings.knows(headers.get("host", "")):
            return answer(421, "请用启动时显示的网址访问；别的主机名要在启动时用 --allow-host 写明")
        if trouble := next(_foreign(headers, method), None):
            return answer(403, trouble)
        if int(_digits(headers.get("content-length", "0"))) > self.settings.most_bytes:
            return answer(413, self._too_much(), {"connection": "close"})
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

    def _too_much(self) -> str:
        return f"超过大小上限 {self.settings.limits.megabytes} MB；请拆分文件"

    def _limited(self, receive: Receive) -> Receive:
        """The body within its size and time."""
        taken, whole = 0, False
        ends = asyncio.get_running_loop().time() + self.settings.limits.seconds

        async def limited() -> Message:
            nonlocal taken, whole
            if whole:
                return await receive()
            try:
                async with asyncio.timeout_at(ends):
                    message = await receive()
            except TimeoutError:
                raise Problem(408, f"{self.settings.limits.seconds} 秒内没有传完；请重试") from None
            taken += len(message.get("body", b""))
            whole = not message.get("more_body", False)
            if taken > self.settings.most_bytes:
                raise Problem(413, self._too_much())
            return message

        return limited


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
