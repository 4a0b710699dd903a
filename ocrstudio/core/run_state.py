"""Where a training run stands, as its files tell it: rules only, whoever reads the files or looks at processes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any, Literal

# The stage of a run whose trainer has been started but has not said anything yet.
START_STAGE = "start"

Process = Literal["alive", "gone", "elsewhere", "none"]


class RunState(Enum):
    """Where a run stands.

    INTERRUPTED: it has no end record and nobody is training it. UNKNOWN: another computer trains or trained it, whose
    processes cannot be seen from here. VANISHED: its folder was removed while it was shown.
    """

    IDLE = "idle"
    QUEUED = "queued"
    STARTING = "starting"
    RUNNING = "running"
    STOPPING = "stopping"
    FINISHED = "finished"
    STOPPED = "stopped"
    FAILED = "failed"
    INTERRUPTED = "interrupted"
    UNKNOWN = "unknown"
    VANISHED = "vanished"

    @property
    def is_active(self) -> bool:
        """Whether a trainer is at work on this computer."""
        return self in (RunState.STARTING, RunState.RUNNING, RunState.STOPPING)

    @property
    def can_wait(self) -> bool:
        """Whether the run may be put into the queue."""
        return self in (RunState.IDLE, RunState.STOPPED, RunState.INTERRUPTED, RunState.FAILED)


@dataclass(frozen=True)
class RunFacts:
    """What the files of a run and the processes of this computer tell.

    Attributes:
        process: Whether the process that last trained it is alive; `elsewhere` if it belongs to another computer,
            `none` if no process ever said that it trains.
        end: The end record of `metrics.jsonl`, or None.
        has_records: Whether anything was measured or logged.
        began: When that process began, seconds since the epoch; 0 if unknown.
        is_over: The process said that it is done.
        stage: What it was doing last.
        has_failed: The process said why it failed.
        has_crashed: It ended without a word, and somebody who watched it says so.
        stop_asked: Somebody asked it to stop.
        was_killed: Somebody ended it by force, and on purpose.
        queued: It waits for its turn.
    """

    process: Process = "none"
    end: Mapping[str, Any] | None = None
    has_records: bool = False
    began: float = 0.0
    is_over: bool = False
    stage: str = ""
    has_failed: bool = False
    has_crashed: bool = False
    stop_asked: bool = False
    was_killed: bool = False
    queued: bool = False


def state_of(facts: RunFacts) -> RunState:
    """Where a run stands; never running without a living process."""
    if facts.process == "alive" and not facts.is_over:
        if facts.stop_asked:
            return RunState.STOPPING
        return RunState.STARTING if facts.stage in ("", START_STAGE) else RunState.RUNNING
    if facts.queued:
        return RunState.QUEUED
    # the end of an earlier training says nothing about the one that began after it
    end = facts.end if facts.end is not None and not is_older(facts.end, facts.began) else None
    if end is not None:
        return state_of_end(end)
    if facts.has_failed:
        return RunState.FAILED
    if facts.has_crashed:
        return RunState.STOPPED if facts.was_killed else RunState.FAILED
    if facts.is_over:
        return RunState.STOPPED if facts.stop_asked else RunState.FINISHED
    if facts.process == "elsewhere":
        return RunState.UNKNOWN
    if facts.process == "none" and not facts.has_records:
        return RunState.IDLE
    if facts.process == "gone" and facts.was_killed:
        return RunState.STOPPED
    return RunState.INTERRUPTED


def state_of_end(end: Mapping[str, Any]) -> RunState:
    """The state that an end record tells."""
    found = {state.value: state for state in (RunState.FINISHED, RunState.STOPPED)}
    return found.get(str(end.get("outcome", "")), RunState.FAILED)


def is_older(end: Mapping[str, Any], began: float) -> bool:
    """Whether an end record is that of a training before the one that `began` then (seconds since the epoch)."""
    when = end.get("time")
    return isinstance(when, (int, float)) and not isinstance(when, bool) and 0 < when < began
