"""What went wrong, as problem details (RFC 9457) in Chinese; a browser gets the same as a small page."""

from __future__ import annotations

import json
from collections.abc import Mapping
from html import escape
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, Response

from pipeline.console import confess, printable, say
from pipeline.readers import Unreadable

TITLES = {
    400: "请求有误",
    401: "需要口令",
    403: "拒绝访问",
    404: "没有找到",
    405: "不支持这种请求",
    408: "传送超时",
    409: "与现状不符",
    413: "内容太大",
    415: "内容类型不对",
    421: "主机名不对",
    422: "内容有误",
    500: "程序内部错误",
    503: "正忙",
    504: "解析超时",
}
_PAGE = '<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>{0}</title><h1>{0}</h1><p>{1}</p>'


class Problem(Exception):  # noqa: N818 - it says what it is
    """A request that is refused: its status, and one Chinese line."""

    def __init__(self, status: int, detail: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(detail)
        self.status, self.detail, self.headers = status, detail, headers


def answer(status: int, detail: str, headers: Mapping[str, str] | None = None, **more: Any) -> Response:
    """The response of a problem.

    >>> json.loads(answer(404, "没有这份公文").body)["title"]
    '没有找到'
    """
    title = TITLES.get(status, TITLES[400 if status < 500 else 500])
    body = {"type": "about:blank", "title": title, "status": status, "detail": printable(detail), **more}
    content = json.dumps(body, ensure_ascii=False).encode("utf-8", "replace")
    return Response(content, status, dict(headers or {}), "application/problem+json")


def attach(app: FastAPI) -> None:
    """Let the application answer every error as a problem."""
    app.add_exception_handler(Problem, _problem)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(Unreadable, _unreadable)
    app.add_exception_handler(Exception, _defect)


async def _problem(request: Request, wrong: Exception) -> Response:
    assert isinstance(wrong, Problem)
    if "text/html" in request.headers.get("accept", "") and request.method == "GET":
        page = _PAGE.format(TITLES.get(wrong.status, ""), escape(printable(wrong.detail)))
        return HTMLResponse(page, wrong.status, dict(wrong.headers or {}))
    return answer(wrong.status, wrong.detail, wrong.headers)


async def _http(request: Request, wrong: Exception) -> Response:
    assert isinstance(wrong, HTTPException)
    detail = {404: "没有这个地址", 405: f"这个地址不支持 {request.method}"}.get(
        wrong.status_code, "请求读不出来；请检查格式"
    )
    return answer(wrong.status_code, detail, wrong.headers)


async def _invalid(_request: Request, wrong: Exception) -> Response:
    assert isinstance(wrong, RequestValidationError)
    places = [".".join(map(str, error["loc"][1:])) for error in wrong.errors()]
    return answer(422, f"参数的值不对：{'、'.join(places)}", errors=places)


async def _unreadable(_request: Request, wrong: Exception) -> Response:
    """The store itself cannot be used just now."""
    return answer(503, str(wrong))


async def _defect(_request: Request, defect: Exception) -> Response:
    said = confess(defect)
    say(said)
    return answer(500, said)
