"""The map from characters to the source stays exact, whatever is cut, removed, replaced or joined."""

from hypothesis import given
from hypothesis import strategies as st

from schemas.text import Edit, Text, rewrite

PIECES = st.lists(
    st.tuples(st.integers(0, 5), st.integers(0, 4), st.text("甲乙（1）", max_size=3)), max_size=12
)


def edits(text: Text, pieces: list[tuple[int, int, str]]) -> list[Edit]:
    """Edits in order: each skips some characters, replaces some."""
    found, at = [], 0
    for skipped, replaced, new in pieces:
        start = min(len(text), at + skipped)
        at = min(len(text), start + replaced)
        if start < len(text) and (at > start):
            found.append((start, at, new))
    return found


def applied(chars: str, changes: list[Edit]) -> str:
    for start, stop, new in reversed(changes):
        chars = chars[:start] + new + chars[stop:]
    return chars


@given(st.text(max_size=40), PIECES, PIECES)
def test_rewriting_twice(
    raw: str, first: list[tuple[int, int, str]], second: list[tuple[int, int, str]]
) -> None:
    text = Text.plain(raw)
    for pieces in (first, second):
        changes = edits(text, pieces)
        changed = rewrite(text, changes)
        assert changed.chars == applied(text.chars, changes)
        assert_exact(changed, raw)
        text = changed


def assert_exact(text: Text, raw: str) -> None:
    """Each character maps into the source, in order; the pieces of a slice are in order and inside it."""
    offsets = [text.origin.offset(text.at + index) for index in range(len(text))]
    assert offsets == sorted(offsets)
    assert all(0 <= offset < len(raw) for offset in offsets)
    places = [place for start, stop in text.pieces() for place in range(start, stop)]
    assert places == sorted(set(offsets))
    assert text.printed() == "".join([raw[place] for place in places])


@given(
    st.text(max_size=40),
    PIECES,
    st.integers(0, 40),
    st.integers(0, 40),
    st.integers(0, 20),
    st.integers(0, 20),
)
def test_slices_compose(raw: str, pieces: list[tuple[int, int, str]], a: int, b: int, c: int, d: int) -> None:
    text = Text.plain(raw)
    text = rewrite(text, edits(text, pieces))
    once = text[a:b]
    twice = once[c:d]
    assert once.chars == text.chars[a:b]
    assert twice.chars == text.chars[a:b][c:d]
    for part in (once, twice):
        assert_exact(part, raw)
        start, stop = part.span()
        assert not part or (start, stop) == (part.pieces()[0][0], part.pieces()[-1][1])


@given(st.text("甲乙丙 1", min_size=1, max_size=30), st.integers(0, 20), PIECES)
def test_a_slice_is_rewritten_like_a_whole(raw: str, begin: int, pieces: list[tuple[int, int, str]]) -> None:
    part = Text.plain(raw)[begin:]
    changes = edits(part, pieces)
    changed = rewrite(part, changes)
    assert changed.chars == applied(part.chars, changes)
    assert_exact(changed, raw)


@given(st.text(" 　\n甲1", max_size=20))
def test_stripping(raw: str) -> None:
    text = Text.plain(raw)
    assert text.strip().chars == raw.strip(" \n\t")
    assert text.strip().printed() == raw.strip(" \n\t")


def test_an_unchanged_text_is_itself() -> None:
    text = Text.plain("请于6月底前报送")
    assert rewrite(text, []) is text
    assert text[2:2].span() == (2, 2)
    assert text[2:2].printed() == ""
