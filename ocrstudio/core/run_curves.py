"""Which plots a run has, and which curves belong into one: a rule over the names of what it measured."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ocrstudio.core.run_history import KINDS, Kind, RunHistory

Section = Literal["quality", "loss", "speed", "other"]
# Never drawn: they stay the same, or count.
_UNDRAWN = frozenset({"retention_lines", "epochs"})
_SHARED = ("acc", "norm_edit_dis", "cer", "hmean")
_PARTS = "parts"
_PLOT_OF = {
    "loss": "loss",
    "precision": "precision_recall",
    "recall": "precision_recall",
    "char_precision": "characters",
    "char_recall": "characters",
    "retention_acc": "retention",
    "retention_cer": "retention",
    "lr": "lr",
    "ips": "ips",
    "fps": "fps",
    "reader_cost": "batch_time",
    "batch_cost": "batch_time",
    "max_mem_reserved": "memory",
    "max_mem_allocated": "memory",
    "samples": "samples",
}
_SECTION_OF: dict[str, Section] = {
    "loss": "loss",
    _PARTS: "loss",
    "lr": "speed",
    "ips": "speed",
    "fps": "speed",
    "batch_time": "speed",
    "memory": "speed",
    "samples": "speed",
}
_QUALITY = ("acc", "norm_edit_dis", "cer", "hmean", "precision_recall", "characters", "retention")
# In this order the plots stand, whatever the order of the records' fields.
_ORDER = ("loss", _PARTS, *_QUALITY, "lr", "ips", "batch_time", "memory", "samples", "fps")
SECTIONS: tuple[Section, ...] = ("quality", "loss", "speed", "other")
# Plots whose values are shares of a whole.
SHARES = frozenset({"acc", "norm_edit_dis", "hmean", "precision_recall", "characters", "retention"})
# Curves that are only shown on demand: they say nearly the same as another one in their plot.
_HIDDEN_AT_FIRST = frozenset({"acc_ignore_space"})


@dataclass(frozen=True)
class CurveKey:
    """One curve of a run.

    Attributes:
        kind: Training batches or evaluations.
        name: Field of the records.
    """

    kind: Kind
    name: str


@dataclass(frozen=True)
class PlotKey:
    """One plot.

    Attributes:
        name: Of the plot: one of the known ones, else the name of its only curve.
        section: Where a list of plots shows it.
        curves: Training before validation of the same name.
    """

    name: str
    section: Section
    curves: tuple[CurveKey, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The quantities drawn, each once."""
        return tuple(dict.fromkeys(curve.name for curve in self.curves))


def plot_of(name: str) -> str:
    """The plot that a quantity belongs to; unknown ones have a plot of their own.

    The networks of a distillation put their name in front (`Teacher_acc`) and its losses are parts like any other
    (`dml_ctc_0`, `loss_ctc_Student_0`).
    """
    if name in _PLOT_OF:
        return _PLOT_OF[name]
    for shared in _SHARED:
        if name == shared or name.endswith(f"_{shared}") or name.startswith(f"{shared}_"):
            return shared
    if "loss" in name.lower() or name.startswith("dml_"):
        return _PARTS
    return name


def plots_of(history: RunHistory) -> list[PlotKey]:
    """All plots that a run has values for, in the order they are shown."""
    found: dict[str, dict[str, list[CurveKey]]] = {}
    for kind in KINDS:
        for name in history.names(kind):
            if name not in _UNDRAWN:
                found.setdefault(plot_of(name), {}).setdefault(name, []).append(CurveKey(kind, name))
    order = [*(name for name in _ORDER if name in found), *(name for name in found if name not in _ORDER)]
    return [_plot(name, found[name]) for name in order]


def _plot(name: str, curves: dict[str, list[CurveKey]]) -> PlotKey:
    # what the plot is named after comes first and gets the colours of training and validation
    ordered = sorted(curves, key=lambda one: one != name)
    section = "quality" if name in _QUALITY else _SECTION_OF.get(name, "other")
    return PlotKey(name, section, tuple(key for one in ordered for key in curves[one]))


def first_plots(history: RunHistory, plots: list[PlotKey]) -> list[str]:
    """The plots that say at a glance how a run is doing.

    Returns:
        Names out of `plots`: the loss, its parts if there are several, and what the run is judged by.
    """
    wanted = ["loss"]
    parts = next((plot for plot in plots if plot.name == _PARTS), None)
    if parts is not None and len(parts.names) > 1:
        wanted.append(_PARTS)
    if history.indicator == "hmean":
        wanted += ["hmean", "precision_recall"]
    else:
        wanted += ["acc", "norm_edit_dis", "retention"]
    there = {plot.name for plot in plots}
    return [name for name in wanted if name in there] or [plot.name for plot in plots[:3]]


def is_hidden_at_first(key: CurveKey) -> bool:
    """Whether a curve waits until somebody asks for it."""
    return key.name in _HIDDEN_AT_FIRST
