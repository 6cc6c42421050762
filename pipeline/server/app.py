"""The application: its routes behind its guards."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from starlette.types import ASGIApp

from pipeline.server import api, correct, pages
from pipeline.server.desk import Desk
from pipeline.server.problems import attach
from pipeline.server.settings import Settings
from pipeline.server.shield import Shield
from pipeline.server.workers import Workers


def application(settings: Settings) -> ASGIApp:
    """The ASGI application of one server.

    Its worker processes live as long as it runs; nothing is fetched from anywhere, neither by it nor by its pages.
    """
    app = FastAPI(
        title="circulars",
        version="1.0",
        description="公文解析：谁牵头、谁配合、何时完成，每个值都指向原文。",
        openapi_url="/api/openapi.json",
        docs_url=None,
        redoc_url=None,
        lifespan=_living,
    )
    app.state.desk = Desk(settings)
    attach(app)
    for part in (api, correct, pages):
        app.include_router(part.router)
    return Shield(app, settings)


@asynccontextmanager
async def _living(app: FastAPI) -> AsyncIterator[None]:
    desk: Desk = app.state.desk
    desk.workers = workers = Workers(desk.settings.workers, desk.settings.waiting)
    try:
        yield
    finally:
        desk.workers = None
        await asyncio.to_thread(workers.close)
