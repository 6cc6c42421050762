"""Department names (部门、单位) in lists and in sentences.

Offsets are those of the characters that the caller gave; the text is never altered. A name that the list
leaves incomplete is completed in `Name.name` only.

>>> [name.name for name in split("县畜牧兽医局、环保局等", 0, 11).names]
['县畜牧兽医局', '县环保局']
"""

from __future__ import annotations

from parsers.departments.lists import Familiar, Name, Names, looks_like, split
from parsers.departments.sentences import find_all, list_after, list_before

__all__ = ["Familiar", "Name", "Names", "find_all", "list_after", "list_before", "looks_like", "split"]
