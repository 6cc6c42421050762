"""Templates: which columns a table has, under which labels, as an office's own form prescribes (TOML)."""

from __future__ import annotations

import tomllib
from functools import cache, cached_property
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import Field, ValidationError, field_validator, model_validator
from pydantic_core import ErrorDetails

from pipeline.writers.ledger.rows import FIELDS
from schemas.circular import Model

_MOST_STATES = 255  # characters that a drop-down may list; commas part them
_COMPLAINTS = {
    "missing": "缺少这一项",
    "string_type": "应是文字，用双引号括起",
    "int_type": "应是整数",
    "float_type": "应是数字",
    "list_type": "应是列表",
    "tuple_type": "应是列表",
    "string_too_short": "不能是空的",
    "string_too_long": "太长",
    "model_type": "应写成 [[columns]] 一节",
}


class WrongTemplate(Exception):  # noqa: N818 - it says what is wrong
    """A template that cannot be used: one Chinese line that names file and key."""


class Column(Model):
    """A column: its label and what stands in it; without `field` it is left to be filled in. `width`: in characters."""

    label: str = Field(min_length=1, max_length=255)
    field: str | None = None
    width: float | None = Field(None, ge=2, le=100)

    @field_validator("field")
    @classmethod
    def _known(cls, name: str | None) -> str | None:
        if name is not None and name not in FIELDS:
            raise ValueError(f"没有字段 {name}；可用的是 {'、'.join(FIELDS)}")
        return name


class Template(Model):
    """An office's form. `rows`: the tasks, or every item; `separator` parts the names of a cell.

    `states`: what may be chosen as 状态, the first for work not begun, the last for work done; `warning_days`: how
    many days ahead a task counts as soon due.
    """

    title: str = Field("督办台账", max_length=255)
    rows: Literal["tasks", "items"] = "tasks"
    separator: str = "、"
    states: Annotated[tuple[str, ...], Field(strict=False, min_length=2)] = ("未启动", "推进中", "已完成")
    warning_days: int = Field(7, ge=0, le=366)
    columns: Annotated[tuple[Column, ...], Field(strict=False, min_length=1, max_length=200)]

    @field_validator("states")
    @classmethod
    def _listed(cls, states: tuple[str, ...]) -> tuple[str, ...]:
        if len(",".join(states)) > _MOST_STATES or any("," in state or '"' in state for state in states):
            raise ValueError(f"各状态合起来不能超过 {_MOST_STATES} 个字，也不能有英文逗号和双引号")
        return states

    @model_validator(mode="after")
    def _countable(self) -> Self:
        if self.place("remaining_days") is not None and self.place("due_date") is None:
            raise ValueError("有 remaining_days 就要有 due_date：剩余天数从截止日期算起")
        return self

    @cached_property
    def _places(self) -> dict[str | None, int]:
        return {column.field: at for at, column in reversed(list(enumerate(self.columns)))}

    def place(self, field: str) -> int | None:
        """Which column, from 0, shows that field first; None where none does."""
        return self._places.get(field)


def load(path: Path) -> Template:
    """The template in a file; `WrongTemplate` names file and key."""
    try:
        return Template.model_validate(tomllib.loads(path.read_text("utf-8-sig")))
    except OSError as error:
        raise WrongTemplate(f"模板 {path} 打不开（{error.strerror}）") from None
    except UnicodeDecodeError:
        raise WrongTemplate(f"模板 {path} 不是 UTF-8 文本，请另存为 UTF-8") from None
    except tomllib.TOMLDecodeError as error:
        raise WrongTemplate(f"模板 {path} 不合 TOML 写法：{error}") from None
    except ValidationError as error:
        raise WrongTemplate(f"模板 {path}：{_complaint(error.errors()[0])}") from None


@cache
def bundled(name: str) -> Template:
    """One of the templates that lie here.

    >>> bundled("standard").columns[1].label
    '事项'
    """
    return load(Path(__file__).with_name(f"{name}.toml"))


def _complaint(error: ErrorDetails) -> str:
    """The key and what is wrong with it.

    >>> _complaint({"type": "missing", "loc": ("columns", 1, "label"), "msg": "", "input": {}})
    '第 2 列（columns）的 label 缺少这一项'
    """
    key, known = _key(error["loc"]), Template.model_fields
    context: dict[str, Any] = error.get("ctx", {})
    if error["type"] == "value_error":
        return f"{key} {context['error']}".lstrip()
    if error["type"] == "extra_forbidden":
        keys = Column.model_fields if len(error["loc"]) > 1 else known
        return f"没有 {key} 这一项；可用的是 {'、'.join(keys)}"
    if error["type"] == "literal_error":
        return f"{key} 只能是 tasks（只列任务）或 items（列全部条目）"
    bounds = {
        "too_short": f"不能少于 {context.get('min_length')} 个",
        "too_long": f"不能多于 {context.get('max_length')} 个",
        "greater_than_equal": f"不能小于 {context.get('ge')}",
        "less_than_equal": f"不能大于 {context.get('le')}",
    }
    return f"{key} {_COMPLAINTS.get(error['type']) or bounds.get(error['type'], '的值不对')}"


def _key(place: tuple[int | str, ...]) -> str:
    if len(place) > 1 and isinstance(place[1], int):
        if place[0] == "columns":
            return f"第 {place[1] + 1} 列（columns）" + "".join(f"的 {key}" for key in place[2:])
        return f"{place[0]} 的第 {place[1] + 1} 个"
    return "".join(map(str, place))
