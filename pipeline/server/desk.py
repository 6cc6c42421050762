"""What all requests share: the settings, the library, the worker processes, the clock."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from fastapi import Depends, Request

from pipeline.server.library import Library
from pipeline.server.settings import Settings
from pipeline.server.workers import Workers


class Desk:
    """The server's own things; `workers` live from its start to its end."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.library = Library(settings.folder)
        self.workers: Workers | None = None

    @staticmethod
    def now() -> dt.datetime:
        """When a correction is made: the only clock of the server."""
        return dt.datetime.now(dt.UTC).replace(microsecond=0)


def _desk(request: Request) -> Desk:
    desk: Desk = request.app.state.desk
    return desk


At = Annotated[Desk, Depends(_desk)]
