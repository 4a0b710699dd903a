"""What the doctor looks at and what it says: facts about a machine and an environment, and a line of the report."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from ocrstudio.core.failure_rule import Failure

Status = Literal["ok", "warning", "error"]
Group = Literal["program", "training", "graphics", "data"]

# The fields of a check that are texts.
TEMPLATES = ("title", "found", "wanted", "why", "advice")


@dataclass(frozen=True)
class Gpu:
    """One graphics card, as the driver tells it.

    Attributes:
        name: Its name.
        memory_gb: Its memory.
        capability: Compute capability, such as 8.6; 0 if unknown.
    """

    name: str
    memory_gb: float
    capability: float = 0.0


@dataclass(frozen=True)
class Cudnn:
    """One cuDNN that was found.

    Attributes:
        version: As far as its name tells: "9", "8.9.7"; "" if not at all.
        place: Its folder.
        package: Whether pip installed it, for this environment alone.
    """

    version: str
    place: str
    package: bool = False


@dataclass(frozen=True)
class DeviceTest:
    """How the device test ended.

    Attributes:
        device: "cpu" or "gpu".
        seconds: Time of each step that was finished, by name: load, product, convolution, training.
        difference: Largest deviation from NumPy's result, by name of the step.
        problem: What went wrong, "" if nothing did: error text, "exit code 1", "signal 11" or "no answer in time".
        step: Where it went wrong.
        failure: What is known about it; None if nothing is.
    """

    device: str
    seconds: Mapping[str, float] = field(default_factory=dict)
    difference: Mapping[str, float] = field(default_factory=dict)
    problem: str = ""
    step: str = ""
    failure: Failure | None = None


@dataclass(frozen=True)
class Facts:
    """What was found. Whatever could not be found out has its default.

    Attributes:
        python: Version.
        bits: 64 or 32.
        executable: The interpreter, for commands that fix something.
        is_own: Whether that interpreter runs this program; of others only what training needs is judged.
        kind: Of environment: "venv", "conda", "bundle" (our own program without an interpreter) or "system".
        prefix: Its folder.
        is_managed: The system's package manager forbids pip in it.
        is_writable: Whether packages can be installed into it.
        packages: Distribution name to version; None or missing: not installed.
        leftovers: What an interrupted pip left behind.
        system: Name and release, such as "Linux 6.1 x86_64".
        cpu: Name of the processor.
        cpu_features: Of AVX, AVX2 and AVX512F, those that are there; None if nobody knows.
        paddle_cuda: CUDA version that Paddle was built for, "" for a CPU build.
        paddle_cudnn: cuDNN version that it was built with.
        paddle_cards: Compute capabilities that it holds code for; empty if it does not say.
        gpus: Cards that the driver knows.
        driver: The driver's version, "" if there is none.
        driver_cuda: Highest CUDA version the driver can run, such as "12.4"; "" if unknown.
        toolkit: Version of nvcc, "" if there is none.
        cudnn: All that were found.
        has_zlib: Windows: whether zlibwapi.dll, which cuDNN 8 needs there, was found; None elsewhere.
        openmp: OpenMP libraries of the environment, as paths below it.
        qt_plugins: Folders with Qt plugins that OpenCV packages brought.
        models: Names of the recognition and detection weights that were found.
        disk_free_gb: Where projects made by the program go.
        shm_gb: Size of /dev/shm; None where there is no such thing.
        memory_gb: Main memory.
        display: What the window would open on: a display's name, "desktop" on Windows and macOS, "" for none.
        encoding: Of file names and texts, such as "utf-8".
        home: The user's folder.
        temporary: Folder for temporary files.
        device_test: How it ended, None if it was not asked for.
    """

    python: tuple[int, int, int]
    bits: int = 64
    executable: str = "python"
    is_own: bool = True
    kind: str = "venv"
    prefix: str = ""
    is_managed: bool = False
    is_writable: bool = True
    packages: Mapping[str, str | None] = field(default_factory=dict)
    leftovers: tuple[str, ...] = ()
    system: str = ""
    cpu: str = ""
    cpu_features: frozenset[str] | None = None
    paddle_cuda: str = ""
    paddle_cudnn: str = ""
    paddle_cards: tuple[float, ...] = ()
    gpus: tuple[Gpu, ...] = ()
    driver: str = ""
    driver_cuda: str = ""
    toolkit: str = ""
    cudnn: tuple[Cudnn, ...] = ()
    has_zlib: bool | None = None
    openmp: tuple[str, ...] = ()
    qt_plugins: tuple[str, ...] = ()
    models: tuple[str, ...] = ()
    disk_free_gb: float = 0.0
    shm_gb: float | None = None
    memory_gb: float = 0.0
    display: str = ""
    encoding: str = "utf-8"
    home: str = ""
    temporary: str = ""
    device_test: DeviceTest | None = None

    @property
    def paddle(self) -> str:
        """Version of Paddle, "" if there is none."""
        return self.packages.get("paddlepaddle-gpu") or self.packages.get("paddlepaddle") or ""

    @property
    def has_both_wheels(self) -> bool:
        """Whether two builds of Paddle overwrite each other."""
        return bool(self.packages.get("paddlepaddle") and self.packages.get("paddlepaddle-gpu"))

    @property
    def is_windows(self) -> bool:
        """Whether this is Windows."""
        return self.system.startswith("Windows")


@dataclass(frozen=True)
class Fix:
    """Commands that mend something, one after the other; each is a list of arguments, the program first."""

    steps: tuple[tuple[str, ...], ...]

    @property
    def text(self) -> str:
        """For a terminal."""
        return " && ".join(_quoted(step) for step in self.steps)


@dataclass(frozen=True)
class Check:
    """One line of the report. All texts are templates of the context "Doctor"; `values` fill them.

    Attributes:
        id: Stable name for tests and scripts.
        group: Where the window shows it.
        status: ok, warning (something works less well) or error (something will not work).
        title: What was looked at.
        found: What is.
        wanted: What should be.
        why: What it matters for.
        advice: What to do, "" if nothing.
        fix: What does it, None if no command can.
        values: For the templates.
    """

    id: str
    group: Group
    status: Status
    title: str
    found: str
    wanted: str
    why: str = ""
    advice: str = ""
    fix: Fix | None = None
    values: Mapping[str, Any] = field(default_factory=dict)

    @property
    def command(self) -> str:
        """The fix for a terminal, "" if there is none. Never translated."""
        return self.fix.text if self.fix is not None else ""

    def text(self, template: str) -> str:
        """One of the templates in English."""
        return template.format(**self.values)

    def as_dict(self) -> dict[str, Any]:
        """For --json, in English; the window takes `templates` and `values` and says it in its own language."""
        templates = {name: getattr(self, name) for name in TEMPLATES}
        english = {name: self.text(template) for name, template in templates.items()}
        return {**asdict(self), **english, "command": self.command, "templates": templates}


def worst(checks: Iterable[Check]) -> Status:
    """error before warning before ok."""
    found = {check.status for check in checks}
    return "error" if "error" in found else "warning" if "warning" in found else "ok"


def pip_install(facts: Facts, *arguments: str) -> tuple[str, ...]:
    """The command that installs packages into the environment that was looked at."""
    return (facts.executable, "-m", "pip", "install", *arguments)


def pip_remove(facts: Facts, *packages: str) -> tuple[str, ...]:
    """The command that removes packages from it."""
    return (facts.executable, "-m", "pip", "uninstall", "-y", *packages)


def _quoted(step: tuple[str, ...]) -> str:
    program, *arguments = step
    # double quotes: the shells of Windows know no others
    quoted = [f'"{one}"' if set(one) & set(" <>=[&;()'") else one for one in arguments]
    return " ".join([f'"{program}"', *quoted])
