"""What one circular may cost; known to every reader, so that it can stop before the damage is done."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.readers.errors import Unreadable


@dataclass(frozen=True, slots=True)
class Limits:
    """What one circular may cost; beyond it the file is refused. Each is an option of the command line."""

    megabytes: int = 50
    characters: int = 10_000_000
    pages: int = 2_000
    seconds: int = 60
    memory: int = 2_048


@dataclass(slots=True)
class Budget:
    """What all that lies in one file may come to, however deep archives and mails stand in each other."""

    limits: Limits
    members: int = 2_000
    size: int = 0
    spent: bool = False

    @classmethod
    def of(cls, limits: Limits) -> Budget:
        """Ten files of the largest size, two thousand in number."""
        return cls(limits, size=limits.megabytes * 10_000_000)

    def take(self, held: bytes | Unreadable) -> bytes:
        """A member, counted in; raises `Unreadable` where it is one, or is one too many."""
        self.members -= 1
        self.size -= len(held) if isinstance(held, bytes) else 0
        self.spent = self.members < 0 or self.size < 0
        if self.members < 0:
            raise Unreadable("里面的文件太多，超过上限 2,000 个，其余没有读；请解压后分批解析")
        if self.size < 0:
            most = f"{self.limits.megabytes * 10:,} MB"
            raise Unreadable(
                f"里面的文件合计超过上限 {most}，其余没有读；请解压后分批解析，或用 --limit-mb 提高上限"
            )
        if isinstance(held, Unreadable):
            raise held
        return held
