"""The part of the API that is about one circular: the circular itself, and what is put right in it."""

from __future__ import annotations

import asyncio
from typing import Any

from fastapi import APIRouter, Request
from pydantic import BaseModel, ValidationError
from starlette.responses import Response

from pipeline.corrections import Change, Correction, Unfit
from pipeline.server.api import published
from pipeline.server.desk import At
from pipeline.server.problems import Problem
from schemas.circular import Circular

router = APIRouter()
_CIRCULAR: dict[int | str, dict[str, Any]] = {200: {"model": Circular}}


class Taken(BaseModel):
    """Who takes a correction back."""

    by: str | None = None


class Lapsed(BaseModel):
    """A correction that no longer holds, and why."""

    id: str
    reason: str


class Made(BaseModel):
    """The corrections of a circular that were made and not undone, and those of them that no longer hold."""

    corrections: list[Correction]
    outdated: list[Lapsed]


@router.get("/api/circulars/{name:path}/corrections")
def corrections(name: str, desk: At) -> Made:
    """What was put right in a circular, and what of it no longer holds."""
    _, outdated = desk.library.one(name)
    lapsed = [Lapsed(id=one.id, reason=reason) for one, reason in outdated]
    return Made(corrections=desk.library.made(name), outdated=lapsed)


@router.post(
    "/api/circulars/{name:path}/corrections",
    responses=_CIRCULAR,
    openapi_extra={"requestBody": {"content": {"application/json": {"schema": Change.model_json_schema()}}}},
)
async def correct(name: str, request: Request, desk: At) -> Response:
    """Put something right; the answer is the circular as it is now."""
    body = await _json_body(request)
    try:
        change = Change.model_validate_json(body)
        await asyncio.to_thread(desk.library.correct, name, change, desk.now())
    except ValidationError as wrong:
        raise Problem(422, f"更正的内容不对：{_first(wrong)}") from None
    except Unfit as wrong:
        raise Problem(409, str(wrong)) from None
    return await asyncio.to_thread(circular, name, desk)


@router.post(
    "/api/circulars/{name:path}/undo",
    responses=_CIRCULAR,
    openapi_extra={"requestBody": {"content": {"application/json": {"schema": Taken.model_json_schema()}}}},
)
async def undo(name: str, request: Request, desk: At) -> Response:
    """Take back the last correction; the answer is the circular as it is now."""
    try:
        given = Taken.model_validate_json(await _json_body(request) or b"{}")
    except ValidationError:
        raise Problem(422, '撤销的内容不对；可以是 {} 或 {"by": "姓名"}') from None
    await asyncio.to_thread(desk.library.undo, name, given.by, desk.now())
    return await asyncio.to_thread(circular, name, desk)


@router.get("/api/circulars/{name:path}", responses=_CIRCULAR)
def circular(name: str, desk: At) -> Response:
    """A circular as the command line writes it, corrections applied."""
    return published(desk.library.one(name)[0])


async def _json_body(request: Request) -> bytes:
    """A body that a form of another site could not send."""
    body = await request.body()
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if body and kind != "application/json":
        raise Problem(415, "请用 application/json")
    return body


def _first(wrong: ValidationError) -> str:
    """What is wrong first, in our words where they are ours."""
    error = wrong.errors()[0]
    if error["type"] == "value_error":
        return str(error["ctx"]["error"])
    return ".".join(map(str, error["loc"])) or "不是 JSON 对象"
