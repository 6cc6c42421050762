"""The published JSON: UTF-8, two blanks of indent, a line feed at the end of every circular."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from schemas.circular import Circular


def render(circulars: Sequence[Circular]) -> bytes:
    """One document a circular, one after the other (most often there is one)."""
    return "".join([dumps(circular) for circular in circulars]).encode("utf-8")


def dumps(circular: Circular) -> str:
    """The circular as published."""
    return circular.model_dump_json(indent=2) + "\n"


def schema() -> dict[str, Any]:
    """The JSON Schema that every published circular obeys."""
    described = Circular.model_json_schema(mode="serialization")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **described}


def schema_text() -> str:
    """The JSON Schema as `circulars schema` prints it."""
    return json.dumps(schema(), ensure_ascii=False, indent=2) + "\n"
