"""发文机关: names of organs that stand one below the other, side by side or glued together."""

from __future__ import annotations

import regex

from parsers.head.wording import HAN, ORGAN_ENDS, is_organ, words
from parsers.vocab import either
from schemas.text import Text

_APART = regex.compile(r"[ \u3000\n、，]+")
_STARTS = regex.compile(
    rf"中共|共青团|中国(?!共产党)|国家|国务院|最高人民|[省市县区州盟旗](?=[{HAN}]{{1,20}}(?:局|厅|委|办|会|府|室|部|院))|{either(words('central'))}"
)


def organs(text: Text) -> tuple[Text, ...]:
    """The organs that the text names, each once.

    >>> organs(Text.plain("某州市财政局某州市教育局"))
    (Text(chars='某州市财政局'), Text(chars='某州市教育局'))
    """
    found: list[Text] = []
    for part in _parts(text):
        found += _unglued(part)
    once = {part.chars: part for part in reversed(found)}
    return tuple(part for part in found if once.pop(part.chars, None) is not None)


def _parts(text: Text) -> list[Text]:
    """Cut at blanks and lines, where both sides are names; a name broken over two lines stays one."""
    found: list[Text] = []
    start = 0
    for match in [*_APART.finditer(text.chars), None]:
        stop = match.start() if match else len(text.chars)
        part = text[start:stop]
        if part and (match is None or is_organ(part.chars)):
            found.append(part)
            start = match.end() if match else stop
        elif not part:
            start = match.end() if match else stop
    return found


def _unglued(text: Text) -> list[Text]:
    """Cut where a name ends and the next begins: with the same place, 中共, 国家, a ministry."""
    chars = text.chars
    bare = chars.removeprefix("中共")
    starts = {match.start() for match in _STARTS.finditer(chars)}
    starts |= (
        {match.start() for match in regex.finditer(regex.escape(bare[:2]), chars)} if len(bare) > 4 else set()
    )
    found, last = [], 0
    for start in sorted(starts):
        if (
            start - last >= 3
            and chars[last:start].endswith(ORGAN_ENDS)
            and chars[start:].endswith(ORGAN_ENDS)
        ):
            if not chars[:start].endswith("中共"):
                found.append(text[last:start])
                last = start
    return [*found, text[last:]]
