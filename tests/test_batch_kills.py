"""A few runs killed at random and resumed (`python -m tests.kills 30` does many), and one whose writer is killed often."""

from pathlib import Path

import pytest

from tests.kills import kills

pytest.importorskip("fcntl")


def test_killed_and_resumed_is_as_if_nothing_had_happened(tmp_path: Path) -> None:
    found = list(kills(tmp_path, 3, 100))
    assert {victim for victim, _, _ in found} == {"worker", "parent", "both"}
    assert all(same for _, _, same in found), found
