"""Fixtures of several test files, and how properties are tried."""

import os

from hypothesis import settings

from tests.stores import server, url

__all__ = ["server", "url"]

# The same examples every time, so that a check of one commit says the same on every machine; FUZZ=1 tries others.
settings.register_profile("steady", derandomize=True)
if not os.environ.get("FUZZ"):
    settings.load_profile("steady")
