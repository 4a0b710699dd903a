"""Graphics card, driver, toolkit and cuDNN, as their own tools tell them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import PurePath

from ocrstudio.core.doctor_builds import numbers
from ocrstudio.core.doctor_facts import Cudnn, Gpu
from ocrstudio.engine.doctor.host import Host

# Families by name, where the driver is too old to tell the compute capability. Source: developer.nvidia.com/cuda-gpus.
_FAMILIES: tuple[tuple[str, float], ...] = (
    (r"RTX 50\d\d|RTX PRO \d+ Blackwell", 12.0),
    (r"\bB[12]00\b", 10.0),
    (r"\bH[12]\d0\b|\bH20\b|GH200", 9.0),
    (r"RTX 40\d\d|\bL40S?\b|\bL4\b|Ada", 8.9),
    (r"RTX 30\d\d|RTX A\d{4}|\bA(?:10|16|40)\b", 8.6),
    (r"\bA(?:100|30)\b", 8.0),
    (r"RTX 20\d\d|GTX 16\d\d|\bT4\b|\bT\d{3,4}\b|RTX [3-8]000\b", 7.5),
    (r"\bV100\b|TITAN V\b", 7.0),
    (r"\bP100\b|GP100", 6.0),
    (r"GTX 10\d\d|\bGT 10\d0|TITAN Xp?\b|\bP(?:4|40)\b|Quadro P\d+|\bMX[123]\d0", 6.1),
    (r"GTX 9\d\d|\bM(?:40|60)\b", 5.2),
    (r"GTX 7\d\d|\bK(?:40|80)\b", 3.5),
)
# The second is where Windows puts it into its Linux.
_SMI = ("nvidia-smi", "/usr/lib/wsl/lib/nvidia-smi")
_FORMAT = "--format=csv,noheader,nounits"
_DRIVER = re.compile(r"Driver Version:\s*([\d.]+)")
_CUDA = re.compile(r"CUDA Version:\s*(\d+\.\d+)")
_NVCC = re.compile(r"release (\d+\.\d+)(?:, V(\d[\d.]*))?")
_CUDNN = re.compile(r"(?:libcudnn\.so\.(?P<linux>\d[\d.]*)|cudnn64_(?P<windows>\d+)\.dll)$", re.IGNORECASE)
_CUDNN_PACKAGE = re.compile(r"nvidia-cudnn(?:-cu\d+)?")
_LINUX_PLACES = (
    "/usr/lib/x86_64-linux-gnu",
    "/usr/lib64",
    "/usr/local/lib",
    "/usr/local/cuda*/lib64",
    "/usr/local/cudnn*/lib*",
)
_WINDOWS_PLACES = ("C:\\Program Files\\NVIDIA\\CUDNN\\v*\\bin", "C:\\Program Files\\NVIDIA\\CUDNN\\v*\\bin\\*")


def cards(host: Host) -> tuple[tuple[Gpu, ...], str, str]:
    """Cards, driver version, highest CUDA of the driver: from the driver itself, else as `nvidia-smi` prints them.

    The driver is "?" if there is one that does not answer.
    """
    found = host.nvml()
    return found if found is not None else _from_smi(host)


def _from_smi(host: Host) -> tuple[tuple[Gpu, ...], str, str]:
    program, text = next(((one, said) for one in _SMI if (said := host.run(one))), ("", ""))
    if not program:
        return (), "", ""
    driver, cuda = _DRIVER.search(text), _CUDA.search(text)
    if driver is None:
        # "Failed to initialize NVML", "couldn't communicate with the NVIDIA driver"
        return (), "?", ""
    listed = host.run(program, _FORMAT, "--query-gpu=name,memory.total,compute_cap")
    if "not a valid field" in listed or not listed:
        listed = host.run(program, _FORMAT, "--query-gpu=name,memory.total")
    found = [card for line in listed.splitlines() if (card := _card(line)) is not None]
    return tuple(found), driver[1], cuda[1] if cuda else ""


def _card(line: str) -> Gpu | None:
    """A line such as "NVIDIA GeForce RTX 3060, 12288, 8.6"."""
    name, *rest = (part.strip() for part in line.split(","))
    if not rest:
        return None
    try:
        memory = float(rest[0]) / 1024
    except ValueError:
        memory = 0.0
    try:
        capability = float(rest[1])
    except (IndexError, ValueError):
        capability = next((number for pattern, number in _FAMILIES if re.search(pattern, name)), 0.0)
    return Gpu(name, memory, capability)


def toolkit(host: Host) -> str:
    """Version of nvcc, "" if there is none."""
    cuda_path = host.environ.get("CUDA_PATH", "") or "/usr/local/cuda"
    for program in ("nvcc", str(PurePath(cuda_path) / "bin" / "nvcc")):
        if found := _NVCC.search(host.run(program, "--version")):
            return found[2] or found[1]
    return ""


def cudnn(host: Host, packages: Mapping[str, str | None], libraries: list[str]) -> tuple[Cudnn, ...]:
    """All cuDNN that Paddle might meet: pip's packages, libraries of the environment, the system's.

    Args:
        host: The machine.
        packages: Of the environment, by their names in small letters.
        libraries: Of the environment, full paths.
    """
    found = [
        Cudnn(version, name, package=True)
        for name, version in packages.items()
        if version and _CUDNN_PACKAGE.fullmatch(name)
    ]
    inside = [path for path in libraries if "nvidia" not in re.split(r"[\\/]", path)]
    best: dict[str, str] = {}
    for path in [*inside, *_system_files(host, "cudnn")]:
        match = _CUDNN.search(path)
        if match is None:
            continue
        folder = re.split(r"[\\/][^\\/]*$", path)[0]
        version = match["linux"] or match["windows"] or ""
        # libcudnn.so.8 is a link to libcudnn.so.8.9.7
        if len(numbers(version)) > len(numbers(best.get(folder, ""))):
            best[folder] = version
    return (*found, *(Cudnn(version, folder) for folder, version in best.items()))


def zlib(host: Host, libraries: list[str]) -> bool | None:
    """Whether zlibwapi.dll can be found; None where nothing asks for it."""
    if host.system != "Windows":
        return None
    return any(path.lower().endswith("zlibwapi.dll") for path in [*libraries, *_system_files(host, "zlibwapi")])


def _system_files(host: Host, name: str) -> list[str]:
    if host.system == "Windows":
        cuda = host.environ.get("CUDA_PATH", "")
        folders = [f"{cuda}\\bin"] if cuda else []
        folders += [folder for folder in host.environ.get("PATH", "").split(";") if folder]
        patterns = [f"{folder}\\{name}*.dll" for folder in (*folders, *_WINDOWS_PLACES)]
    else:
        folders = [folder for folder in host.environ.get("LD_LIBRARY_PATH", "").split(":") if folder]
        patterns = [f"{folder}/lib{name}.so.*" for folder in (*folders, *_LINUX_PLACES)]
    return list(dict.fromkeys(path for pattern in dict.fromkeys(patterns) for path in host.find(pattern)))
