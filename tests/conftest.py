"""Fixtures of several test files."""

from tests.stores import server, url

__all__ = ["server", "url"]
