"""Optional parts: programs and packages that some formats need, how to see whether they are there, how to get them."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Part:
    """An optional part: programs of the system (any of them will do) or Python modules (all of them).

    `component`: part of the name of a file that lies beside the program where the part is installed.

    >>> Part("正则", "", modules=("regex",)).installed
    True
    """

    label: str
    install: str
    programs: tuple[str, ...] = ()
    modules: tuple[str, ...] = ()
    component: str = ""

    @property
    def installed(self) -> bool:
        """Is the part there? Nothing is loaded or run to find out."""
        if self.programs and self.program is None:
            return False
        return self._complete and all(find_spec(module) is not None for module in self.modules)

    @property
    def _complete(self) -> bool:
        """Does the component lie beside the program, wherever the program's link leads?"""
        if not self.component or self.program is None:
            return True
        return any(Path(self.program).resolve().parent.glob(f"*{self.component}*"))

    @property
    def program(self) -> str | None:
        """Where the program lies."""
        return next(filter(None, map(shutil.which, self.programs)), None)

    @property
    def missing(self) -> str:
        """What to say where the part is not there."""
        return f"需要 {self.label}，还没有安装；{self.install}"


LIBREOFFICE = Part(
    "LibreOffice",
    "请安装：apt install libreoffice-writer-nogui（其他系统见 libreoffice.org），或在原程序中另存为 docx",
    programs=("soffice", "libreoffice"),
)
CALC = Part(
    "LibreOffice Calc",
    "请安装：apt install libreoffice-calc-nogui（其他系统见 libreoffice.org），或在原程序中另存为 xlsx",
    programs=("soffice", "libreoffice"),
    component="scfiltlo",
)
OCR = Part(
    "文字识别（OCR）",
    "请安装：pip install 'circulars[ocr]'（源码目录里 make ocr），或先识别图中文字并存为 .txt",
    modules=("rapidocr", "onnxruntime", "cv2"),
)
