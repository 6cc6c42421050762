"""Segmentation with department words, for the edges that no ending decides; loaded on first use.

The tokenizer is an own one, so that other users of jieba in the process are untouched, without the hidden
Markov model, which invents words out of names.
"""

from __future__ import annotations

import logging
import warnings
from functools import cache, lru_cache
from typing import Any

from parsers.departments.terms import words

_SURE_WORD = 200_000  # a frequency that beats any way of cutting the word


@cache
def _tokenizer() -> Any:
    with warnings.catch_warnings():  # jieba has invalid escapes in its source
        warnings.simplefilter("ignore")
        import jieba  # noqa: PLC0415 its dictionary costs more than a circular
    jieba.setLogLevel(logging.ERROR)
    tokenizer = jieba.Tokenizer()
    for group in ("ending", "fixed", "field", "own", "organ", "predicate", "introducer", "role"):
        for word in words(group):
            if len(word) > 1:
                tokenizer.add_word(word, _SURE_WORD)
    return tokenizer


@lru_cache(maxsize=1 << 10)
def segment(text: str) -> tuple[str, ...]:
    """The words of a text.

    >>> segment("督办市财政局")
    ('督办', '市', '财政局')
    """
    return tuple(_tokenizer().cut(text, HMM=False))
