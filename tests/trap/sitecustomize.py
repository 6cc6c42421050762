"""On the path of a child process, documents with these words end, lock or exhaust the process that reads them."""

import os
import signal
import time
from typing import Any

from pipeline.readers import text

_read = text.read


def _trapped(name: str, data: bytes, limits: Any) -> Any:
    if "陷阱：崩溃".encode() in data:
        os.kill(os.getpid(), signal.SIGKILL)
    if "陷阱：停住".encode() in data:
        signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGALRM])
        time.sleep(1000)
    if "陷阱：缺陷".encode() in data:
        raise RuntimeError("一处缺陷")
    return _read(name, data, limits)


text.read = _trapped
