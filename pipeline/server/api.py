"""The HTTP API: parse, list, look up, export. Every answer with a circular is the JSON of the command line."""

from __future__ import annotations

import asyncio
import datetime as dt
import json
import mimetypes
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel
from starlette.responses import Response

from pipeline.server.desk import At
from pipeline.server.problems import Problem
from pipeline.server.search import Wanted, search
from pipeline.server.uploads import Pasted, Upload, uploads
from pipeline.server.work import Job, Outcome
from pipeline.writers import FORMATS, render
from pipeline.writers.json import dumps, schema_text
from schemas.circular import Circular, Item, Role

router = APIRouter()


class Summary(BaseModel):
    """A circular in a list: how many items, tasks and issues it has."""

    id: str
    title: str | None
    doc_number: str | None
    items: int
    tasks: int
    issues: int
    source: str

    @classmethod
    def of(cls, circular: Circular) -> Summary:
        """The summary of a circular."""
        return cls(
            id=circular.id,
            title=circular.title,
            doc_number=circular.doc_number.text if circular.doc_number else None,
            items=len(circular.items),
            tasks=sum(item.is_task for item in circular.items),
            issues=len(circular.issues),
            source=circular.source.name,
        )


class Parsed(BaseModel):
    """What a request to parse gives: the circulars; `unread`, where something could not be read, says what and why."""

    circulars: list[Circular]
    unread: list[str] | None = None


class Found(Item):
    """An item with the id of its circular."""

    circular: str


_BODIES = {
    "multipart/form-data": {
        "schema": {
            "type": "object",
            "properties": {"file": {"type": "array", "items": {"type": "string", "format": "binary"}}},
        }
    },
    "application/json": {"schema": Pasted.model_json_schema()},
}


@router.post(
    "/api/parse", responses={200: {"model": Parsed}}, openapi_extra={"requestBody": {"content": _BODIES}}
)
async def parse(request: Request, desk: At) -> Response:
    """Parse files or a text and keep them: each circular as the command line writes it."""
    sent = await _placed(await uploads(request, desk.settings), desk)
    fates = await asyncio.gather(*(_parsed(path, desk) for _, path in sent), return_exceptions=True)
    outcomes = [one for one in fates if isinstance(one, Outcome)]
    lines = [
        f"{name[:80]}：{line}" for (name, _), one in zip(sent, fates, strict=True) for line in _said(one)
    ]
    circulars = [circular for one in outcomes for read in one.read for circular in read.circulars]
    if not circulars:
        problems = [one for one in fates if isinstance(one, Problem)]
        if len(sent) == len(problems) == 1:
            raise problems[0]
        raise Problem(422, "；".join(lines))
    unread = f', "unread": {_json(lines)}' if lines else ""
    return Response(f'{{"circulars": [{", ".join(circulars)}]{unread}}}', media_type="application/json")


async def _placed(sent: list[Upload], desk: At) -> list[tuple[str, Path]]:
    """The names and places of the files: what waits for its turn waits on the disk."""
    return [(upload.name, await asyncio.to_thread(desk.library.place, *upload)) for upload in sent]


async def _parsed(path: Path, desk: At) -> Outcome:
    assert desk.workers is not None
    try:
        outcome = await desk.workers.run(Job(str(path), desk.settings.limits))
    except Problem:
        await asyncio.to_thread(desk.library.tidy, path)
        raise
    await asyncio.to_thread(desk.library.keep, path, outcome)
    return outcome


def _said(fate: Outcome | BaseException) -> Iterable[str]:
    """What is to be said of a file that was not wholly read."""
    if isinstance(fate, Outcome):
        return fate.troubles
    if isinstance(fate, Problem):
        return (fate.detail,)
    raise fate


@router.get("/api/circulars")
def circulars(desk: At) -> list[Summary]:
    """Every circular, in a few words."""
    return [Summary.of(circular) for circular in desk.library.all()]


@router.get("/api/items", responses={200: {"model": list[Found]}})
def items(  # noqa: PLR0913, PLR0917 - one argument a filter
    desk: At,
    department: Annotated[str | None, Query(description="单位名称中的字")] = None,
    role: Annotated[Role | None, Query(description="只看这种职责")] = None,
    due_from: Annotated[dt.date | None, Query(description="截止日期不早于")] = None,
    due_to: Annotated[dt.date | None, Query(description="截止日期不晚于")] = None,
    text: Annotated[str | None, Query(description="标题、正文中的字")] = None,
    circular: Annotated[str | None, Query(description="公文的 id")] = None,
) -> Response:
    """The items that meet all filters, in reading order; dates are those of an item's main time limit."""
    wanted = Wanted(department, role, due_from, due_to, text, circular)
    found = search(desk.library.all(), wanted)
    rows = [f'{{"circular": {_json(one.id)}, {item.model_dump_json()[1:]}' for one, item in found]
    return Response(f"[{', '.join(rows)}]", media_type="application/json")


@router.get("/api/schema")
def schema() -> Response:
    """The JSON Schema of a circular."""
    return Response(schema_text(), media_type="application/schema+json")


@router.get("/api/export", response_class=Response)
def export(
    desk: At,
    form: Annotated[str, Query(alias="format", description=f"格式：{'、'.join(FORMATS)}")] = "csv",
    circular: Annotated[str | None, Query(description="公文的 id；不写则全部")] = None,
) -> Response:
    """Circulars in any output format, as a file."""
    if form not in FORMATS:
        raise Problem(422, f"没有格式 {form[:40]}；可用的是 {'、'.join(FORMATS)}")
    library = desk.library
    wanted = [library.one(circular)[0]] if circular is not None else library.all()
    sources = [library.source(one) for one in wanted] if FORMATS[form].quotes else []
    suffix = FORMATS[form].suffix
    name = quote((circular or "circulars").replace("/", "-") + suffix, safe="")
    headers = {"content-disposition": f"attachment; filename=circulars{suffix}; filename*=UTF-8''{name}"}
    kind = mimetypes.guess_type(f"a{suffix}")[0] or "application/octet-stream"
    return Response(render(form, wanted, sources), headers=headers, media_type=kind)


@router.get("/health")
def health(desk: At) -> dict[str, str]:
    """Is the server there?"""
    return {"status": "ok" if desk.workers is not None else "ending"}


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def published(circular: Circular) -> Response:
    """A circular as the command line writes it."""
    return Response(dumps(circular), media_type="application/json")
