"""What the doctor asks of a machine, one small question at a time; tests put another machine in its place."""

from __future__ import annotations

import ctypes
import glob
import logging
import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ocrstudio.core.doctor_facts import Gpu

LOGGER = logging.getLogger(__name__)

GIGABYTE = 1024**3
# A driver that is broken answers late or never.
COMMAND_LIMIT_S = 4
# Windows: IsProcessorFeaturePresent. Where it does not even know SSE 4.2 it is too old to know these.
_WINDOWS_SSE42 = 38
_WINDOWS_FEATURES = {39: "avx", 40: "avx2", 41: "avx512f"}
_FEATURES = ("avx", "avx2", "avx512f")


class Host:
    """This machine."""

    @property
    def system(self) -> str:
        """Linux, Windows or Darwin."""
        return platform.system()

    @property
    def environ(self) -> Mapping[str, str]:
        """The environment variables."""
        return os.environ

    def description(self) -> str:
        """System, release and architecture."""
        release = platform.release() if self.system != "Windows" else platform.version()
        return f"{self.system} {release} {platform.machine()}"

    def run(self, *command: str) -> str:
        """What a command prints, on both streams; "" if there is no such command, or no answer in time."""
        program = shutil.which(command[0])
        if program is None:
            return ""
        try:
            finished = subprocess.run(
                [program, *command[1:]],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                timeout=COMMAND_LIMIT_S,
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            LOGGER.info("%s: %s", program, error)
            return ""
        return finished.stdout.decode("utf-8", errors="replace")

    def read(self, path: str) -> str:
        """A text file of the system; "" if it cannot be read."""
        try:
            return Path(path).read_text(encoding="utf-8", errors="replace")
        except OSError:
            return ""

    def find(self, pattern: str) -> list[str]:
        """Files that a pattern names, links followed."""
        return sorted({os.path.realpath(found) for found in glob.glob(pattern)})  # noqa: PTH207 - absolute patterns

    def cpu(self) -> tuple[str, frozenset[str] | None]:
        """Name of the processor, and which of AVX, AVX2 and AVX512F it has; None if that cannot be told."""
        if platform.machine().lower() not in ("x86_64", "amd64"):
            return platform.processor() or platform.machine(), None
        if self.system == "Windows":
            return os.environ.get("PROCESSOR_IDENTIFIER", platform.processor()), _windows_features()
        if self.system == "Darwin":
            features = self.run("sysctl", "-n", "machdep.cpu.features", "machdep.cpu.leaf7_features").lower().split()
            known = frozenset({"avx1.0": "avx"}.get(name, name) for name in features) & frozenset(_FEATURES)
            return self.run("sysctl", "-n", "machdep.cpu.brand_string").strip(), known if features else None
        return parse_cpuinfo(self.read("/proc/cpuinfo"))

    def nvml(self) -> tuple[tuple[Gpu, ...], str, str] | None:
        """Cards, driver version and its highest CUDA, from the driver itself; None if it does not answer."""
        try:
            import pynvml
        except ImportError as error:
            LOGGER.info("the driver cannot be asked: %s", error)
            return None
        try:
            pynvml.nvmlInit()
        except pynvml.NVMLError as error:
            LOGGER.info("no NVIDIA driver: %s", error)
            return None
        try:
            driver = _text(pynvml.nvmlSystemGetDriverVersion())
            number = pynvml.nvmlSystemGetCudaDriverVersion_v2()
            handles = [pynvml.nvmlDeviceGetHandleByIndex(index) for index in range(pynvml.nvmlDeviceGetCount())]
            cards = tuple(_card(pynvml, handle) for handle in handles)
        except pynvml.NVMLError as error:
            LOGGER.warning("the NVIDIA driver does not answer: %s", error)
            return None
        finally:
            pynvml.nvmlShutdown()
        return cards, driver, f"{number // 1000}.{number % 1000 // 10}"

    def memory_gb(self) -> float:
        """Main memory."""
        import psutil

        return float(psutil.virtual_memory().total) / GIGABYTE

    def disk_free_gb(self, folder: Path) -> float:
        """Free on the disk of a folder, which need not exist yet."""
        place = next((one for one in (folder, *folder.absolute().parents) if one.is_dir()), Path.cwd())
        return shutil.disk_usage(place).free / GIGABYTE

    def shm_gb(self) -> float | None:
        """Size of the memory that processes share; None where the system has no such place."""
        shm = Path("/dev/shm")  # noqa: S108 - the kernel's fixed place
        return shutil.disk_usage(shm).total / GIGABYTE if shm.is_dir() else None

    def display(self) -> str:
        """What a window would open on."""
        if not sys.platform.startswith("linux"):
            return "desktop"
        names = ("WAYLAND_DISPLAY", "DISPLAY", "QT_QPA_PLATFORM")
        return next((self.environ[name] for name in names if self.environ.get(name)), "")


def parse_cpuinfo(text: str) -> tuple[str, frozenset[str] | None]:
    """Name and features from the kernel's /proc/cpuinfo; None where it lists no features."""
    name, features = "", None
    for line in text.splitlines():
        key, _, value = line.partition(":")
        if key.strip() == "model name" and not name:
            name = value.strip()
        elif key.strip() == "flags" and value.strip() and features is None:
            features = frozenset(value.split()) & frozenset(_FEATURES)
    return name, features


def _windows_features() -> frozenset[str] | None:
    library = getattr(ctypes, "windll", None)
    if library is None or not library.kernel32.IsProcessorFeaturePresent(_WINDOWS_SSE42):
        return None
    known = _WINDOWS_FEATURES.items()
    return frozenset(name for number, name in known if library.kernel32.IsProcessorFeaturePresent(number))


def _card(api: Any, handle: Any) -> Gpu:
    name = _text(api.nvmlDeviceGetName(handle))
    memory = float(api.nvmlDeviceGetMemoryInfo(handle).total) / GIGABYTE
    try:
        major, minor = api.nvmlDeviceGetCudaComputeCapability(handle)
    except api.NVMLError as error:
        LOGGER.info("%s tells no compute capability: %s", name, error)
        major, minor = 0, 0
    return Gpu(name, memory, float(f"{major}.{minor}"))


def _text(value: str | bytes) -> str:
    # Older bindings answer in bytes.
    return value.decode("utf-8", errors="replace") if isinstance(value, bytes) else value
