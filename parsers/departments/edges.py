"""Where a name begins or ends that touches other words: familiar names first, then the shape, then segmentation."""

from __future__ import annotations

from parsers.departments.lists import Familiar


def name_behind(text: str, familiar: Familiar) -> int | None:
    """Where the department at the end of a text begins."""
    return None


def name_in_front(text: str, familiar: Familiar) -> int:
    """Where the department at the front of a text ends; 0 when none stands there."""
    return 0
