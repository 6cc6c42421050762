"""What a worker process does: a file -> its circulars as published, with the texts that they point into."""

from __future__ import annotations

import signal
from dataclasses import dataclass
from multiprocessing.connection import Connection

from pipeline.archive.loaded import Options, confess, readings
from pipeline.outputs import Reading
from pipeline.readers import Limits, Unreadable


@dataclass(frozen=True, slots=True)
class Job:
    """A file to be parsed."""

    path: str
    limits: Limits


@dataclass(frozen=True, slots=True)
class Read:
    """A source of the file: its text, where its pages begin, its circulars as the command line writes them."""

    raw: str
    pages: tuple[int, ...]
    circulars: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a file: what was read, and a Chinese line for whatever was not."""

    read: tuple[Read, ...]
    troubles: tuple[str, ...]


def serve(pipe: Connection) -> None:
    """Answer jobs until the server is gone. Ctrl-C and SIGTERM are the server's to hear: it ends its workers last."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    while True:
        try:
            job = pipe.recv()
        except (EOFError, OSError):
            return
        pipe.send(outcome(job))


def outcome(job: Job) -> Outcome:
    """What became of one file; nothing in it ends in an exception."""
    found: list[Read] = []
    troubles: list[str] = []
    try:
        for one in readings(job.path, Options(), job.limits):
            if isinstance(one, Unreadable):
                troubles.append(str(one))
            else:
                found.append(_read(one))
    except Unreadable as wrong:
        troubles.append(str(wrong))
    except Exception as defect:  # noqa: BLE001 - whatever goes wrong in one file, the server goes on
        troubles.append(f"未能解析，{confess(defect)}")
    if not found and not troubles:
        troubles.append("里面没有公文；请检查文件内容")
    return Outcome(tuple(found), tuple(troubles))


def _read(reading: Reading) -> Read:
    source, circulars = reading
    return Read(source.raw, source.pages, tuple(circular.model_dump_json(indent=2) for circular in circulars))
