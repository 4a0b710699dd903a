"""The doctor's report: rules that turn facts about a machine into lines a person can act on. Gathers no fact."""

from __future__ import annotations

from collections.abc import Iterable

from ocrstudio.core.doctor_data import check_data
from ocrstudio.core.doctor_facts import Check, Facts, worst
from ocrstudio.core.doctor_graphics import check_graphics
from ocrstudio.core.doctor_program import check_program
from ocrstudio.core.doctor_training import check_training

MARKS = {"ok": "ok     ", "warning": "warning", "error": "error  "}


def check_all(facts: Facts) -> list[Check]:
    """Every line of the report, group by group."""
    return [*check_program(facts), *check_training(facts), *check_graphics(facts), *check_data(facts)]


def report_lines(checks: Iterable[Check]) -> list[str]:
    """The report in English for a terminal or an issue: one line a check, its fix below it if one is needed."""
    lines = []
    for check in checks:
        title, found, wanted = (check.text(text) for text in (check.title, check.found, check.wanted))
        lines.append(f"{MARKS[check.status]}  {title}: {found} (wanted: {wanted})")
        if check.status != "ok" and check.why:
            lines.append(f"         {check.text(check.why)}")
        if check.advice:
            lines.append(f"         {check.text(check.advice)}")
        if check.command:
            lines.append(f"         {check.command}")
    return lines


__all__ = ["check_all", "report_lines", "worst"]
