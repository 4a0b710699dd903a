"""What a benchmark hands back, and how it is judged."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal


@dataclass(frozen=True)
class Measure:
    """One figure beside a peer's, held to a bar.

    Attributes:
        name: What was measured.
        ours: Median of several runs.
        unit: Of both figures.
        better: Whether a good figure is a low or a high one.
        bar: The worst figure that still passes; None if nothing is promised.
        bar_on: Whether the bar is for our figure or for the ratio to the peer's.
        peer: The peer's figure.
        peer_name: Who the peer is.
        peer_recorded: The peer's figure was measured earlier, not in this run.
    """

    name: str
    ours: float
    unit: str
    better: Literal["lower", "higher"] = "lower"
    bar: float | None = None
    bar_on: Literal["ours", "ratio"] = "ours"
    peer: float | None = None
    peer_name: str = ""
    peer_recorded: bool = False

    @property
    def ratio(self) -> float | None:
        """Ours divided by the peer's."""
        return self.ours / self.peer if self.peer else None

    @property
    def passed(self) -> bool:
        """Whether the bar is held; true where there is none."""
        judged = self.ours if self.bar_on == "ours" else self.ratio
        if self.bar is None or judged is None:
            return True
        return judged <= self.bar if self.better == "lower" else judged >= self.bar

    def as_dict(self) -> dict[str, Any]:
        """All fields, ratio and verdict, for JSON."""
        return {**asdict(self), "ratio": self.ratio, "passed": self.passed}

    def line(self) -> str:
        """One line for people; a star marks a figure that was recorded earlier."""
        parts = [f"{self.name:<62} {self.ours:>9.4g} {self.unit:<8}"]
        if self.peer is not None and self.ratio is not None:
            star = "*" if self.peer_recorded else " "
            parts.append(f"{self.peer_name} {self.peer:.4g}{star} ratio {self.ratio:.2f}")
        if self.bar is not None:
            sign = "<=" if self.better == "lower" else ">="
            what = "" if self.bar_on == "ours" else "ratio "
            parts.append(f"bar {what}{sign} {self.bar:g} {'ok' if self.passed else 'MISSED'}")
        return "  ".join(parts)


@dataclass(frozen=True)
class Surroundings:
    """Where a benchmark may work.

    Attributes:
        scratch: An empty folder, deleted afterwards; home and caches lie in it too.
        peer: Environment folder whose Python runs the peer; None for this one's.
        long: Whether to take as much as users do, where a benchmark takes less otherwise.
    """

    scratch: Path
    peer: Path | None = None
    long: bool = False


Benchmark = Callable[[Surroundings], list[Measure]]


def median_seconds(action: Callable[[], object], runs: int, warm_up: int = 1) -> float:
    """Median duration of an action.

    Args:
        action: What is timed.
        runs: How often it is timed.
        warm_up: How often it runs before, untimed.
    """
    for _ in range(warm_up):
        action()
    durations = []
    for _ in range(runs):
        started = time.perf_counter()
        action()
        durations.append(time.perf_counter() - started)
    return statistics.median(durations)
