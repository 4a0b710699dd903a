"""Machines in files: what the doctor's questions get for an answer, as the real tools print it."""

from __future__ import annotations

import fnmatch
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ocrstudio.core.doctor_facts import Gpu
from ocrstudio.engine.doctor.host import Host, parse_cpuinfo

MACHINES = Path(__file__).parents[1] / "data" / "doctor"


class FakeMachine(Host):
    """A folder of `tests/data/doctor`: machine.json, and output of pip, nvidia-smi, nvcc, /proc/cpuinfo."""

    def __init__(self, name: str) -> None:
        self._folder = MACHINES / name
        self._told: dict[str, Any] = json.loads((self._folder / "machine.json").read_text(encoding="utf-8"))

    def environment(self, _python: Path | None = None) -> dict[str, Any]:
        """What the script in the environment would print; the packages are those of `pip list`."""
        rows = [line.split() for line in self._text("pip-list.txt").splitlines()[2:]]
        packages = {name.lower(): version for name, version in rows}
        return {**self._told["environment"], "packages": packages, "paddle_version": self._text("paddle-version.txt")}

    def _text(self, name: str) -> str:
        file = self._folder / name
        return file.read_text(encoding="utf-8") if file.is_file() else ""

    @property
    def system(self) -> str:
        return self._told["system"]

    @property
    def environ(self) -> Mapping[str, str]:
        return self._told["environ"]

    def description(self) -> str:
        return self._told["description"]

    def run(self, *command: str) -> str:
        if command[0] == "nvidia-smi" and "--query" in command[-1]:
            if self._told.get("smi_is_old") and "compute_cap" in command[-1]:
                return 'Field "compute_cap" is not a valid field to query.\n'
            return self._text("nvidia-smi-query.csv")
        return self._text({"nvidia-smi": "nvidia-smi.txt", "nvcc": "nvcc.txt"}.get(command[0], "nothing"))

    def read(self, path: str) -> str:
        return self._text("cpuinfo.txt") if path == "/proc/cpuinfo" else ""

    def find(self, pattern: str) -> list[str]:
        return [file for file in self._told["files"] if fnmatch.fnmatchcase(file, pattern.replace("[", "[[]"))]

    def cpu(self) -> tuple[str, frozenset[str] | None]:
        if "cpu" in self._told:
            name, features = self._told["cpu"]
            return name, frozenset(features)
        return parse_cpuinfo(self.read("/proc/cpuinfo"))

    def nvml(self) -> tuple[tuple[Gpu, ...], str, str] | None:
        return None

    def memory_gb(self) -> float:
        return self._told["memory_gb"]

    def disk_free_gb(self, folder: Path) -> float:
        return self._told["disk_free_gb"]

    def shm_gb(self) -> float | None:
        return self._told["shm_gb"]

    def display(self) -> str:
        return "desktop" if self.system == "Windows" else self.environ.get("DISPLAY", "")
