"""What a training says when it fails, and what that means in plain words.

Tables of patterns over lines of output, one for each subject. PaddleOCR answers bad samples by silently taking others,
and hangs when none is good; so the complaints about samples are warnings while training goes on, and the cause once it
does not.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from ocrstudio.core.failure_rule import Failure, Kind, Rule
from ocrstudio.core.failures_files import FILE_RULES
from ocrstudio.core.failures_gpu import GPU_RULES, LAUNCH_RULES
from ocrstudio.core.failures_memory import ENDED_RULES, MEMORY_RULES
from ocrstudio.core.failures_python import HARMLESS_RULES, PYTHON_RULES
from ocrstudio.core.failures_training import (
    CONFIG_RULES,
    OTHER_NETWORK,
    SAMPLE_RULES,
    STUCK_RULES,
    WARNING_RULES,
)

__all__ = ["MACHINE", "RULES", "Diagnosis", "Explanation", "Failure", "Kind", "Rule", "read_log"]

LONGEST_SAMPLE = 120
LONGEST_ERROR = 300
# So many tensors that do not fit are no longer a changed dictionary but another network.
OTHER_NETWORK_FROM = 20
# What so many steps follow did not end the training. Fewer may have been on their way when it ended: output and errors
# come through two pipes.
STEPS_AFTER = 20
# The most telling first: the first rule of the table that any line has met is the one that is told.
RULES: tuple[Rule, ...] = (
    *GPU_RULES,
    *MEMORY_RULES,
    *FILE_RULES,
    *PYTHON_RULES,
    *CONFIG_RULES,
    *ENDED_RULES,
    *LAUNCH_RULES,
    *STUCK_RULES,
    *SAMPLE_RULES,
    *WARNING_RULES,
    *HARMLESS_RULES,
)
# What concerns the machine, not PaddleOCR's own code: true of any program that uses Paddle.
MACHINE = frozenset(rule.id for rule in (*GPU_RULES, *MEMORY_RULES, *FILE_RULES, *PYTHON_RULES))


def _hints(rules: Iterable[Rule]) -> tuple[tuple[str, Rule], ...]:
    return tuple((hint, rule) for rule in rules for hint in rule.hints)


_INFO_HINTS = _hints(rule for rule in RULES if rule.info)
_SAMPLE_HINTS = _hints(rule for rule in RULES if rule.kind in ("sample", "stuck"))
_OTHER_HINTS = _hints(rule for rule in RULES if rule.kind != "sample")
# A sample's traceback ends where the logger speaks again.
_LOGGER = re.compile(r"\[\d{4}/\d\d/\d\d \d\d:\d\d:\d\d\] (?:ppocr|root)\S* (?P<level>[A-Z]+): ?")
_SAMPLE = re.compile(r"When parsing line (?P<sample>.*?)(?:, error happened with msg: .*)?$")
_STEP = re.compile(r"\b(?:global_step|iter): \d")
_RAISED = re.compile(r"(?:[\w.]*(?:Error|Exception)\b|FatalError).*")
_CHAINED = ("During handling of the above exception", "The above exception was the direct cause")
_ANOTHER = ("Traceback (most recent call last)", "Exception in thread")
_BEGINS = re.compile(r" INFO: Architecture : ?$")
# Where a traceback has been: names of files, no messages.
_PLACE = '  File "'
_NUMBERED = "23"


class Diagnosis:
    """Reads the output of one training, line by line, and knows at its end what went wrong.

    Args:
        python: The interpreter that trains, for the commands that mend something.

    Attributes:
        samples: How often each kind of complaint about a sample was met.
        steps: Training steps that the output told of.
        unknown: The last error that no rule knows; "" if there is none, or if training went on after it.
    """

    def __init__(self, python: str = "python") -> None:
        self.samples: Counter[str] = Counter()
        self.steps = 0
        self.unknown = ""
        self._python = f'"{python}"' if " " in python else python
        self._met: dict[str, Failure] = {}
        self._sample: str | None = None
        # whether the sample's own exception has been told
        self._sample_over = False
        self._foreign = 0
        self._error_at = -1

    def feed(self, line: str) -> Failure | None:
        """Takes a line of either stream.

        Returns:
            What the line means, the first time that it is met; None for all others, and for harmless ones.
        """
        logged = _LOGGER.search(line)
        if logged:
            self._sample, self._sample_over = None, False
            if logged.group("level") == "INFO":
                return self._info(line)
            found = _SAMPLE.search(line)
            if found:
                self._sample = found.group("sample").strip()[:LONGEST_SAMPLE]
                return None
            if OTHER_NETWORK.hints[0] in line and OTHER_NETWORK.regex.search(line):
                self._foreign += 1
                return self._meet(OTHER_NETWORK, {}) if self._foreign == OTHER_NETWORK_FROM else None
        elif self._sample is not None:
            self._follow_sample(line)
        return self._search(line, _OTHER_HINTS if self._sample is None else _SAMPLE_HINTS)

    def _info(self, line: str) -> Failure | None:
        """A line of the logger that complains of nothing: nearly all of a log."""
        if _STEP.search(line):
            self.steps += 1
            if 0 <= self._error_at <= self.steps - STEPS_AFTER:
                self._went_on()
        for hint, rule in _INFO_HINTS:
            if hint in line and rule.regex.search(line):
                return self._meet(rule, {})
        return None

    def _follow_sample(self, line: str) -> None:
        """Notices where another traceback begins that is no more about the sample."""
        if line.startswith(_CHAINED):
            self._sample_over = False
        elif self._sample_over and line.startswith(_ANOTHER):
            self._sample = None

    def _search(self, line: str, hints: tuple[tuple[str, Rule], ...]) -> Failure | None:
        if line.startswith(_PLACE):
            return None
        for hint, rule in hints:
            if hint not in line:
                continue
            match = rule.regex.search(line)
            if match is None:
                continue
            if rule.kind == "sample":
                self.samples[rule.id] += 1
                self._sample_over = True
            elif rule.kind == "fatal":
                self._error_at = self.steps
            failure = self._meet(rule, match.groupdict())
            return None if rule.kind == "harmless" else failure
        if self._sample is None and ("Error" in line or "Exception" in line) and _RAISED.match(line):
            self.unknown = line.strip()[:LONGEST_ERROR]
            self._error_at = self.steps
        return None

    def _went_on(self) -> None:
        """So many steps later it is clear that the errors before them ended nothing."""
        self._error_at = -1
        self.unknown = ""
        self._met = {name: failure for name, failure in self._met.items() if failure.kind != "fatal"}

    def _meet(self, rule: Rule, found: Mapping[str, str | None]) -> Failure | None:
        if rule.id in self._met:
            return None
        values: dict[str, Any] = {"sample": self._sample or ""}
        values |= {name.rstrip(_NUMBERED): "?" for name in found}
        values |= {name.rstrip(_NUMBERED): text for name, text in found.items() if text is not None}
        plain = {name: text.strip().rstrip(".") for name, text in values.items()}
        if rule.more is not None:
            plain |= rule.more(plain)
        if rule.command:
            plain["command"] = rule.command.format(python=self._python, **plain)
        self._met[rule.id] = Failure(rule.id, rule.what, rule.remedy, plain, rule.kind, rule.page)
        return self._met[rule.id]

    @property
    def stuck(self) -> bool:
        """Whether the loader has given up: the training will wait for ever."""
        return "no_good_sample" in self._met

    @property
    def cause(self) -> Failure | None:
        """The most telling reason for a training that failed; None if nothing known was met."""
        if self.stuck:
            return self._of_samples() or self._met["no_good_sample"]
        return self.fatal or self._of_samples()

    @property
    def fatal(self) -> Failure | None:
        """The most telling of what ends a training whatever its samples are like."""
        met = (self._met.get(rule.id) for rule in RULES if rule.kind == "fatal")
        return next((failure for failure in met if failure is not None), None)

    def _of_samples(self) -> Failure | None:
        common = [rule_id for rule_id, _ in self.samples.most_common() if rule_id != "other_sample"]
        chosen = common or list(self.samples)
        return self._met[chosen[0]] if chosen else None

    @property
    def warnings(self) -> list[Failure]:
        """What a training that went on did not like."""
        return [failure for failure in self._met.values() if failure.kind in ("warning", "sample")]

    @property
    def harmless(self) -> list[Failure]:
        """What looks like a failure and is none."""
        return [failure for failure in self._met.values() if failure.kind == "harmless"]


@dataclass(frozen=True)
class Explanation:
    """What a whole log says.

    Attributes:
        cause: Why the training that it tells of last failed; None if it did not, or nobody knows.
        warnings: What that training did not like.
        harmless: What looks like a failure and is none.
        unknown: The error that ended it and that no rule knows; "" if there is none.
        steps: Training steps that it tells of.
    """

    cause: Failure | None
    warnings: tuple[Failure, ...]
    harmless: tuple[Failure, ...]
    unknown: str
    steps: int

    @property
    def status(self) -> Literal["good", "explained", "unknown"]:
        """Whether the log shows no failure, one that is known, or one that is not."""
        if self.cause is not None:
            return "explained"
        return "unknown" if self.unknown else "good"


def read_log(lines: Iterable[str], python: str = "python") -> Explanation:
    """Reads a whole output; of several trainings one after the other, as in a run that was resumed, the last counts.

    Args:
        lines: With or without line ends; progress bars may be cut at their carriage returns or not.
        python: The interpreter that trained, for the commands that mend something.
    """
    diagnosis = Diagnosis(python)
    for line in lines:
        text = line.rstrip("\r\n")
        if _BEGINS.search(text) and (diagnosis.steps or diagnosis.fatal or diagnosis.stuck):
            diagnosis = Diagnosis(python)
        diagnosis.feed(text)
    cause = diagnosis.cause if diagnosis.stuck else diagnosis.fatal
    warnings = tuple(failure for failure in diagnosis.warnings if failure is not cause)
    unknown = "" if cause is not None else diagnosis.unknown
    return Explanation(cause, warnings, tuple(diagnosis.harmless), unknown, diagnosis.steps)
