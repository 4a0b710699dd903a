"""Words and marks of the flight check, in the language in use."""

from __future__ import annotations

from PyQt5.QtCore import QCoreApplication

from ocrstudio.core.checks import Verdict
from ocrstudio.services.flight_check import Line, Report, Told
from ocrstudio.ui.i18n import in_words, translated

# Role of the style sheet, icon.
MARKS: dict[Verdict, tuple[str, str]] = {
    "fail": ("bad", "fa5s.times-circle"),
    "poor": ("warn", "fa5s.exclamation-triangle"),
    "open": ("muted", "fa5s.question-circle"),
    "fine": ("good", "fa5s.check-circle"),
}


def title_of(line: Line) -> str:
    """What a check looks at."""
    return QCoreApplication.translate("Errors", line.title)


def verdict_word(verdict: Verdict) -> str:
    """The heading over the checks with a verdict."""
    translate = QCoreApplication.translate
    return {
        "fail": translate("FlightCheck", "Would fail"),
        "poor": translate("FlightCheck", "Would be poor"),
        "open": translate("FlightCheck", "Could not be looked at"),
        "fine": translate("FlightCheck", "Fine"),
    }[verdict]


def sentences(told: Told) -> str:
    """What was found and what to do about it."""
    return in_words(told)


def cure_of(told: Told) -> str:
    """What the program can do about it."""
    return translated(Told(told.severity, told.cure, "", told.values))[0]


def summary(report: Report) -> str:
    """One line: how many checks have which verdict."""
    translate = QCoreApplication.translate
    fail, poor, fine = (len(report.of(verdict)) for verdict in ("fail", "poor", "fine"))
    parts = []
    if fail:
        parts.append(translate("FlightCheck", "{count} would fail").format(count=fail))
    if poor:
        parts.append(translate("FlightCheck", "{count} would be poor").format(count=poor))
    parts.append(translate("FlightCheck", "{count} fine").format(count=fine))
    return translate("FlightCheck", ", ").join(parts)


def time_note(report: Report) -> str:
    """How long the training takes; "" if nobody knows."""
    for line in report.lines:
        if line.id == "time" and line.told:
            return str(line.told[0].values.get("time", ""))
    return ""
