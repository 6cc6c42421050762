"""Which document goes into which shard: decided by the documents alone, never by workers, order or interruptions.

Documents are spread by the first digits of their sha256, the number of shards is a power of two: a document that is
added or corrected touches one or two shards, and a growing archive splits its shards.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from pipeline.archive.documents import Document

SIZE = 128  # documents a shard, at most and on average
_LEAST = 16  # shards where there are as many documents, so that slow ones are shared out


def count(documents: int, size: int = SIZE) -> int:
    """How many shards so many documents have.

    >>> count(5), count(300), count(20_000)
    (4, 16, 256)
    """
    enough = -(-documents // size)
    most = 1 << max(documents, 1).bit_length() - 1
    return max(min(_LEAST, most), 1 << max(enough - 1, 0).bit_length())


def shards(documents: Sequence[Document], size: int = SIZE) -> dict[str, list[Document]]:
    """The documents of every shard that has some, by the shard's name, in order."""
    number = count(len(documents), size)
    made: dict[str, list[Document]] = defaultdict(list)
    for document in documents:
        made[_name(int(document.key[:8], 16) * number >> 32, number)].append(document)
    return dict(sorted(made.items()))


def _name(bucket: int, number: int) -> str:
    return f"{bucket:05d}-of-{number:05d}"


def file(name: str) -> str:
    """Where a shard lies.

    >>> file("00003-of-00016")
    'shards/00003-of-00016.jsonl'
    """
    return f"shards/{name}.jsonl"
