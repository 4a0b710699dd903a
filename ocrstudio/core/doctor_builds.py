"""Which build of Paddle for graphics cards was made for what: a table with its sources, and the choice from it.

Builds of version 2 take CUDA and cuDNN from the system. Those of version 3 bring both along as packages; they only need
the driver.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ocrstudio.core.proven import PADDLE

INDEX = "https://www.paddlepaddle.org.cn/packages/stable"

DOCS_24 = "PaddlePaddle/docs, branch release/2.4, docs/install/pip/linux-pip.md, 2023-03-01"
DOCS_25 = "PaddlePaddle/docs, branch release/2.5, docs/install/pip/{linux,windows}-pip.md, 2024-07-03"
DOCS_26 = "PaddlePaddle/docs, branch release/2.6, docs/install/pip/linux-pip.md, 2024-09-14"
DOCS_OCR3 = "paddleocr.ai, PaddlePaddle installation (images 3.0.0-gpu-cuda…-cudnn…-trt…, drivers), read 2026-11"
CARD_1080 = "PaddlePaddle/PaddleX issue 4682 (GTX 1080: cu129 has no code for it, cu118 has), 2025-10-28"
CARD_50 = "PaddlePaddle/Paddle issue 76037 (RTX 50: cu129), 2025-10-27"
WINDOWS_CUDNN = "PaddlePaddle/Paddle issue 79388 (Windows: built with cuDNN 9.9, brings 9.5.1.17), 2026-06-28"
DOCS_33 = "PaddlePaddle/Paddle issue 78036 (3.3.0: cu126, cu129, cu130), 2026-02-25"
CUDA_DRIVERS = "NVIDIA, CUDA minor version compatibility, table 1, and CUDA toolkit release notes, read 2026-11"


@dataclass(frozen=True)
class Build:
    """One build of paddlepaddle-gpu.

    Attributes:
        paddle: Major and minor version, such as "3.2".
        cuda: CUDA that it was compiled for.
        cudnn: cuDNN that it was compiled with; "" if no source says it.
        lowest: Lowest compute capability of a card that it holds code for.
        highest: Highest one.
        linux_driver: Lowest driver that a source names for it; "" if none does.
        windows_driver: The same on Windows.
        suffix: Of the version on the index, such as ".post112".
        index: Folder of `INDEX` that has it; "" for PyPI.
        sources: Where all this is said, with dates.
    """

    paddle: str
    cuda: str
    cudnn: str
    lowest: float
    highest: float
    linux_driver: str = ""
    windows_driver: str = ""
    suffix: str = ""
    index: str = ""
    sources: tuple[str, ...] = ()

    def minimum_driver(self, is_windows: bool) -> str:
        """Lowest driver that a source names for it, "" if none does."""
        return self.windows_driver if is_windows else self.linux_driver

    def fits(self, capability: float) -> bool:
        """Whether it holds code for a card."""
        return self.lowest <= capability <= self.highest

    def requirement(self) -> str:
        """What pip calls the advised version of it."""
        return f"paddlepaddle-gpu=={PADDLE}{self.suffix}"

    def pip_options(self) -> tuple[str, ...]:
        """Where pip finds it."""
        return ("-i", f"{INDEX}/{self.index}/") if self.index else ()


# What no source says outright: of 2.4 and 2.5, cards above what their CUDA knew then are left out by CUDA's own rules;
# of version 3, the cards come from error messages, not from documentation.
BUILDS: tuple[Build, ...] = (
    Build("2.4", "10.2", "7.6.5", 3.5, 7.5, sources=(DOCS_24,)),
    Build("2.4", "11.2", "8.2.1", 3.5, 8.6, suffix=".post112", sources=(DOCS_24,)),
    Build("2.4", "11.6", "8.4.0", 3.5, 8.6, suffix=".post116", sources=(DOCS_24,)),
    Build("2.4", "11.7", "8.4.1", 3.5, 8.6, suffix=".post117", sources=(DOCS_24,)),
    Build("2.5", "10.2", "7.6.5", 3.5, 7.5, suffix=".post102", sources=(DOCS_25,)),
    Build("2.5", "11.2", "8.2.1", 3.5, 8.6, suffix=".post112", sources=(DOCS_25,)),
    Build("2.5", "11.6", "8.4.0", 3.5, 8.6, suffix=".post116", sources=(DOCS_25,)),
    Build("2.5", "11.7", "8.4.1", 3.5, 8.6, suffix=".post117", sources=(DOCS_25,)),
    Build("2.5", "11.8", "8.6.0", 3.5, 8.9, sources=(DOCS_25,)),
    Build("2.5", "12.0", "8.9.1", 5.0, 9.0, suffix=".post120", sources=(DOCS_25,)),
    Build("2.6", "11.2", "8.2.1", 6.0, 8.6, suffix=".post112", index="cu112", sources=(DOCS_26,)),
    Build("2.6", "11.6", "8.4.0", 6.0, 8.6, suffix=".post116", index="cu116", sources=(DOCS_26,)),
    Build("2.6", "11.7", "8.4.1", 6.0, 8.6, suffix=".post117", index="cu117", sources=(DOCS_26,)),
    Build("2.6", "11.8", "8.6.0", 6.0, 8.9, sources=(DOCS_26,)),
    Build("2.6", "12.0", "8.9.1", 6.0, 9.0, suffix=".post120", index="cu120", sources=(DOCS_26,)),
    *(
        Build(
            paddle, "11.8", "8.9", 6.0, 8.9, "450.80.02", "452.39",
            index="cu118", sources=(DOCS_OCR3, CARD_1080),
        )
        for paddle in ("3.0", "3.1", "3.2")
    ),
    *(
        Build(
            paddle, "12.6", "9.5", 7.0, 9.0, "550.54.14", "550.54.14",
            index="cu126", sources=(DOCS_OCR3, WINDOWS_CUDNN),
        )
        for paddle in ("3.0", "3.1", "3.2", "3.3")
    ),
    *(
        Build(
            paddle, "12.9", "9.9", 7.5, 12.0, "575.51.03", "576.02",
            index="cu129", sources=(CARD_50, CARD_1080, CUDA_DRIVERS),
        )
        for paddle in ("3.1", "3.2", "3.3")
    ),
    Build(
        "3.3", "13.0", "", 7.5, 12.1, "580", "580",
        index="cu130", sources=(DOCS_33, CUDA_DRIVERS),
    ),
)  # fmt: skip

# Tried first; the others only where these do not fit the card or the driver.
_PREFERRED = ("12.6", "12.9", "11.8")


def numbers(version: str) -> tuple[int, ...]:
    """Leading numbers of a version: "3.2.2.post1" gives (3, 2, 2)."""
    found: list[int] = []
    for part in version.split("."):
        digits = part[: len(part) - len(part.lstrip("0123456789"))]
        if not digits:
            break
        found.append(int(digits))
    return tuple(found)


def build_of(paddle: str, cuda: str) -> Build | None:
    """The table's line for an installed version of Paddle and its CUDA; None if it has none."""
    wanted = numbers(paddle)[:2], numbers(cuda)[:2]
    return next((one for one in BUILDS if (numbers(one.paddle), numbers(one.cuda)) == wanted), None)


def runs_on(build: Build, driver: str, driver_cuda: str, is_windows: bool) -> bool:
    """Whether a driver is new enough for a build.

    The build's CUDA must not exceed the driver's. NVIDIA also lets a driver run later versions of the same major number
    with a part of their features; that counts only where Paddle's documentation names a driver.
    """
    if driver_cuda and numbers(build.cuda) <= numbers(driver_cuda):
        return True
    lowest = build.minimum_driver(is_windows)
    return bool(driver and lowest) and numbers(driver) >= numbers(lowest)


def choose(capabilities: Iterable[float], driver: str, driver_cuda: str, is_windows: bool) -> Build | None:
    """The build to install.

    Args:
        capabilities: Compute capability of each card, 0 if unknown; one build has to serve them all.
        driver: The driver's version, "" if unknown.
        driver_cuda: Highest CUDA that the driver runs, "" if unknown.
        is_windows: Whether the drivers of Windows count.

    Returns:
        None if no build of the proven version serves these cards with this driver.
    """
    known = [one for one in capabilities if one]
    proven = numbers(PADDLE)[:2]
    offered = {one.cuda: one for one in BUILDS if numbers(one.paddle) == proven}
    fitting = [offered[cuda] for cuda in _PREFERRED if all(offered[cuda].fits(card) for card in known)]
    below = [one for one in fitting if driver_cuda and numbers(one.cuda) <= numbers(driver_cuda)]
    return next(iter(below), None) or next(
        (one for one in fitting if runs_on(one, driver, driver_cuda, is_windows)), None
    )


def wanted_build(capabilities: Iterable[float]) -> Build | None:
    """The build that would serve the cards if the driver were new enough; None if none does."""
    known = list(capabilities)
    return choose(known, "9999", "99.0", False)
