"""Loading Paddle: with the settings under which it is fast, without its chatter, and with a sentence if it fails."""

from __future__ import annotations

import contextlib
import ctypes
import io
import os
import sys
import traceback
import warnings
from pathlib import Path

from ocrstudio.core.errors import QT_TRANSLATE_NOOP, EngineError
from ocrstudio.core.failures import MACHINE, read_log
from ocrstudio.core.proven import INSTALL, PADDLE_COMMAND
from ocrstudio.engine.nets.weights import import_onnx
from ocrstudio.engine.stopping import keep_signal_handlers

NO_PADDLE = QT_TRANSLATE_NOOP("Errors", "Training needs Paddle, which is not installed.")
BROKEN_PADDLE = QT_TRANSLATE_NOOP("Errors", "Paddle is installed, but it cannot be loaded: {reason}.")
SEE_DOCTOR = QT_TRANSLATE_NOOP("Errors", "The Setup page says what is wrong with it, as does: ocrstudio doctor.")
# glibc's names of the options (malloc.h)
_TRIM_THRESHOLD, _TOP_PAD, _MMAP_MAX = -1, -2, -4


def require_paddle() -> None:
    """Makes sure that training can run.

    Raises:
        EngineError: If Paddle or onnx is missing; says how to install them.
    """
    # read by OpenMP when the runtime is loaded, which happens here at the earliest
    os.environ.setdefault("OMP_NUM_THREADS", str(os.cpu_count() or 1))
    os.environ.setdefault("GLOG_minloglevel", "2")
    if _is_amd_with_avx2():
        # the mathematical library that Paddle brings takes its slowest code on processors of other makers than Intel;
        # told to use that for AVX2, it multiplies matrices three times faster
        os.environ.setdefault("MKL_DEBUG_CPU_TYPE", "5")
    _keep_memory()
    try:
        # it complains about compilers and threads, which only people who extend it need to know
        with warnings.catch_warnings(), contextlib.redirect_stderr(io.StringIO()), keep_signal_handlers():
            warnings.simplefilter("ignore")
            import paddle

            # its own handlers would print a C++ trace and die where we save and stop
            paddle.disable_signal_handler()
    except ImportError as error:
        if isinstance(error, ModuleNotFoundError) and error.name == "paddle":
            raise EngineError(NO_PADDLE, INSTALL, command=PADDLE_COMMAND) from error
        raise known_failure(error) or EngineError(BROKEN_PADDLE, SEE_DOCTOR, reason=error) from error
    # views instead of copies make attention three times slower on a CPU; versions before 2.6 do not know the flag
    with contextlib.suppress(ValueError):
        paddle.set_flags({"FLAGS_use_stride_kernel": False})
    import_onnx()


def _is_amd_with_avx2() -> bool:
    try:
        processor = Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace")
    except OSError:
        # Windows; every AMD processor of the last ten years has AVX2
        return "AuthenticAMD" in os.environ.get("PROCESSOR_IDENTIFIER", "")
    return "AuthenticAMD" in processor and " avx2 " in processor


def _keep_memory() -> None:
    """Tells glibc to keep freed memory for the next tensor instead of handing it back to the system.

    By default every tensor above some hundred kilobytes is mapped anew, and the page faults of its first use cost three
    to ten times as much as an element-wise operation on it. Does nothing where another C library is at work.
    """
    if not sys.platform.startswith("linux"):
        return
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is not None:
        mallopt(_MMAP_MAX, 0)
        mallopt(_TRIM_THRESHOLD, -1)
        mallopt(_TOP_PAD, 64 << 20)


def known_failure(error: Exception) -> EngineError | None:
    """A failure of the graphics card, the disk or a package, as the tables of `core.failures` know it."""
    told = "".join(traceback.format_exception_only(error))
    cause = read_log(told.splitlines(), sys.executable).cause
    return cause.error() if cause is not None and cause.id in MACHINE else None
