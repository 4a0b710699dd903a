"""How a run's states, stages and numbers read on the screen."""

from __future__ import annotations

from PyQt5.QtCore import QCoreApplication, QDateTime

from ocrstudio.core.run_history import RunHistory, clock_seconds
from ocrstudio.core.run_state import RunState
from ocrstudio.core.run_table import finite
from ocrstudio.ui.i18n import SaysWhat

# Field of `theme.Colors` that goes with a state; the word always stands beside it.
STATE_ROLES = {
    RunState.IDLE: "muted",
    RunState.STARTING: "accent",
    RunState.RUNNING: "accent",
    RunState.STOPPING: "warn",
    RunState.FINISHED: "good",
    RunState.STOPPED: "warn",
    RunState.FAILED: "bad",
    RunState.INTERRUPTED: "warn",
    RunState.QUEUED: "muted",
    RunState.UNKNOWN: "muted",
    RunState.VANISHED: "bad",
}
NOTHING = "–"
# An install command inside a sentence ends with the sentence or before " - ".


def state_word(state: RunState) -> str:
    """One or two words for a state."""
    return {
        RunState.IDLE: QCoreApplication.translate("Train", "Not started"),
        RunState.STARTING: QCoreApplication.translate("Train", "Starting"),
        RunState.RUNNING: QCoreApplication.translate("Train", "Training"),
        RunState.STOPPING: QCoreApplication.translate("Train", "Stopping"),
        RunState.FINISHED: QCoreApplication.translate("Train", "Finished"),
        RunState.STOPPED: QCoreApplication.translate("Train", "Stopped"),
        RunState.FAILED: QCoreApplication.translate("Train", "Failed"),
        RunState.INTERRUPTED: QCoreApplication.translate("Train", "Interrupted"),
        RunState.QUEUED: QCoreApplication.translate("Train", "Waiting"),
        RunState.UNKNOWN: QCoreApplication.translate("Train", "Unknown: on another computer"),
        RunState.VANISHED: QCoreApplication.translate("Train", "Folder is gone"),
    }[state]


def best_words(history: RunHistory) -> str:
    """The best result so far and its epoch; empty if nothing was evaluated."""
    if history.best is None:
        return ""
    text = {
        "acc": QCoreApplication.translate("Train", "best validation accuracy {value} in epoch {epoch}"),
        "hmean": QCoreApplication.translate("Train", "best Hmean {value} in epoch {epoch}"),
    }[history.indicator]
    value = percent(history.best.get(history.indicator))
    return text.format(value=value, epoch=history.best.get("epoch", "?"))


def end_words(state: RunState, history: RunHistory) -> str:
    """How a run ended, for people who look at something else: the state, then the best result if there is one."""
    return " · ".join(part for part in (state_word(state), best_words(history)) if part)


def stage_words(name: str) -> str:
    """What the trainer is doing, for the name of a stage; an unknown name is shown as it is."""
    return {
        "load": QCoreApplication.translate("Train", "Loading the model and the lines"),
        "train": QCoreApplication.translate("Train", "Training"),
        "eval": QCoreApplication.translate("Train", "Checking on the validation lines"),
        "export": QCoreApplication.translate("Train", "Writing the model for use"),
        "parity": QCoreApplication.translate("Train", "Proving that the written model reads the same"),
    }.get(name, name)


def command_of(failure: SaysWhat) -> str:
    """The command that mends a failure (its value `command`); empty if there is none."""
    return str(getattr(failure, "values", {}).get("command") or "")


def percent(value: object) -> str:
    """A share of 0 to 1 as percent with one decimal; a dash for anything else."""
    number = finite(value)
    return NOTHING if number is None else f"{100 * number:.1f} %"


def short(value: object) -> str:
    """A number with four significant digits; a dash for anything else."""
    number = finite(value)
    return NOTHING if number is None else f"{number:.4g}"


def time_left(value: object) -> str:
    """A record's `eta` for people: "about 2 min left". Takes seconds, or PaddleOCR's text such as "0:01:23"."""
    seconds = clock_seconds(value)
    if seconds is None or seconds <= 0:
        return ""
    if seconds < 90:
        return QCoreApplication.translate("Train", "about {seconds} s left").format(seconds=max(1, round(seconds)))
    if seconds < 5400:
        return QCoreApplication.translate("Train", "about {minutes} min left").format(minutes=round(seconds / 60))
    return QCoreApplication.translate("Train", "about {hours} h {minutes} min left").format(
        hours=int(seconds // 3600), minutes=int(seconds % 3600 // 60)
    )


def duration(seconds: float) -> str:
    """A length of time for a table: "1:23:45", hours first."""
    whole = round(seconds)
    return f"{whole // 3600}:{whole % 3600 // 60:02}:{whole % 60:02}" if whole > 0 else NOTHING


def measure_word(name: str) -> str:
    """The heading of a measure in a table."""
    return {
        "acc": QCoreApplication.translate("Train", "Accuracy"),
        "norm_edit_dis": QCoreApplication.translate("Train", "Edit similarity"),
        "cer": QCoreApplication.translate("Train", "CER"),
        "hmean": QCoreApplication.translate("Train", "Hmean"),
        "precision": QCoreApplication.translate("Train", "Precision"),
        "recall": QCoreApplication.translate("Train", "Recall"),
        "retention_acc": QCoreApplication.translate("Train", "Old text"),
    }.get(name, name)


def moment(seconds: float) -> str:
    """A time since the epoch as local date and time, in the one order that every language reads the same."""
    return QDateTime.fromSecsSinceEpoch(int(seconds)).toString("yyyy-MM-dd hh:mm")
