"""What a client sends to be parsed: files of a form, or a text; read from the request within the limits."""

from __future__ import annotations

from typing import NamedTuple

from fastapi import Request
from pydantic import BaseModel, Field, ValidationError
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException

from pipeline.server.problems import Problem
from pipeline.server.settings import Settings

PASTED = "粘贴的文字.txt"
_MOST_FIELDS = 10


class Upload(NamedTuple):
    """A file as it was sent: its name, of which nothing is to be believed, and its bytes."""

    name: str
    data: bytes


class Pasted(BaseModel):
    """A text to be parsed, and the name that the result is to bear."""

    text: str = Field(description="公文的文字")
    name: str = Field(default=PASTED, description="文件名")


async def uploads(request: Request, settings: Settings) -> list[Upload]:
    """The files of a request, each within the limit; `Problem` where there is none or one too large."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == "application/json":
        found = [pasted(await request.body())]
    elif kind == "multipart/form-data":
        found = await _files(request, settings)
    else:
        raise Problem(415, "请用 multipart/form-data 的 file 传文件，或用 application/json 传 {text, name}")
    for upload in found:
        if len(upload.data) > settings.limits.megabytes * 1_000_000:
            raise Problem(413, f"{upload.name[:80]}：超过大小上限 {settings.limits.megabytes} MB；请拆分文件")
    return found


def pasted(body: bytes) -> Upload:
    """The text of a JSON body.

    >>> pasted('{"text": "关于开展检查的通知"}'.encode()).name
    '粘贴的文字.txt'
    """
    try:
        given = Pasted.model_validate_json(body)
    except ValidationError:
        raise Problem(422, '请给出 {"text": "公文的文字", "name": "文件名"}') from None
    return Upload(given.name, given.text.encode("utf-8", "replace"))


async def _files(request: Request, settings: Settings) -> list[Upload]:
    try:
        form = await request.form(max_files=settings.files, max_fields=_MOST_FIELDS)
    except HTTPException:
        raise Problem(400, f"表单读不出来，或一次超过 {settings.files} 份文件；请分几次上传") from None
    try:
        files = [one for one in form.getlist("file") if isinstance(one, UploadFile)]
        if not files:
            raise Problem(422, "表单里没有名为 file 的文件")
        return [Upload(one.filename or "", await one.read()) for one in files]
    finally:
        await form.close()
