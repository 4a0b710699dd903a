"""Everything that the flight check looks at, and what it makes of the findings.

A check without a finding is fine; one that could not be made is open. The findings come from `formats.preflight`,
which both engines go by too.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from ocrstudio.core.errors import QT_TRANSLATE_NOOP
from ocrstudio.core.findings import Finding, Place

Group = Literal["config", "lists", "pictures", "texts", "boxes", "weights", "machine"]
Verdict = Literal["fail", "poor", "fine", "open"]
VERDICTS: tuple[Verdict, ...] = ("fail", "poor", "open", "fine")
# So many places of a check are handed on; all are counted.
MOST_PLACES = 500
REC, DET, BUILTIN, PADDLEOCR = "rec", "det", "builtin", "paddleocr"


@dataclass(frozen=True)
class Check:
    """One thing that is looked at.

    Attributes:
        id: Stable name.
        title: Template of the Errors context: what is looked at.
        group: What it belongs to.
        tasks: Of the configs that it is about.
        engines: That it is about.
    """

    id: str
    title: str
    group: Group
    tasks: tuple[str, ...] = (REC, DET)
    engines: tuple[str, ...] = (BUILTIN, PADDLEOCR)


CHECKS = (
    # --- the config ---------------------------------------------------------------------------------------------------
    Check("sections", QT_TRANSLATE_NOOP("Errors", "Sections of the config"), "config", engines=(PADDLEOCR,)),
    Check("keys", QT_TRANSLATE_NOOP("Errors", "Names of the config's keys"), "config"),
    Check("values", QT_TRANSLATE_NOOP("Errors", "Kinds and limits of the values"), "config"),
    Check(
        "names",
        QT_TRANSLATE_NOOP("Errors", "Transforms and algorithm known to the code"),
        "config",
        engines=(PADDLEOCR,),
    ),
    Check("epochs", QT_TRANSLATE_NOOP("Errors", "Number of epochs"), "config"),
    Check("rate-number", QT_TRANSLATE_NOOP("Errors", "Learning rate written as a number"), "config"),
    Check("rate", QT_TRANSLATE_NOOP("Errors", "Learning rate for this batch"), "config"),
    Check("warm-up", QT_TRANSLATE_NOOP("Errors", "Warm-up within the epochs"), "config"),
    Check("batch", QT_TRANSLATE_NOOP("Errors", "Training set fills a batch"), "config", engines=(PADDLEOCR,)),
    Check("last-batch", QT_TRANSLATE_NOOP("Errors", "Batches that are left out"), "config", engines=(PADDLEOCR,)),
    Check("evaluation", QT_TRANSLATE_NOOP("Errors", "Evaluations take place"), "config"),
    Check("best-model", QT_TRANSLATE_NOOP("Errors", "A best model can be chosen"), "config"),
    Check("validation-size", QT_TRANSLATE_NOOP("Errors", "Validation set large enough to tell"), "config"),
    Check("ratios", QT_TRANSLATE_NOOP("Errors", "One share for each list"), "config"),
    Check(
        "text-length-copies",
        QT_TRANSLATE_NOOP("Errors", "Copies of max_text_length agree"),
        "config",
        (REC,),
        (PADDLEOCR,),
    ),
    Check(
        "picture-shape", QT_TRANSLATE_NOOP("Errors", "Same picture size in training and evaluation"), "config", (REC,)
    ),
    Check("time", QT_TRANSLATE_NOOP("Errors", "Time that the training takes"), "config"),
    # --- lists --------------------------------------------------------------------------------------------------------
    Check("lists", QT_TRANSLATE_NOOP("Errors", "Lists exist and hold lines"), "lists"),
    Check("encoding", QT_TRANSLATE_NOOP("Errors", "Lists are UTF-8"), "lists"),
    Check("byte-order-mark", QT_TRANSLATE_NOOP("Errors", "No byte order mark"), "lists", engines=(PADDLEOCR,)),
    Check("line-ends", QT_TRANSLATE_NOOP("Errors", "Line ends"), "lists", engines=(PADDLEOCR,)),
    Check("blank-lines", QT_TRANSLATE_NOOP("Errors", "No blank lines"), "lists", engines=(PADDLEOCR,)),
    Check("tabs", QT_TRANSLATE_NOOP("Errors", "A tab between picture and label"), "lists"),
    Check("backslashes", QT_TRANSLATE_NOOP("Errors", "Forward slashes in paths"), "lists"),
    Check("usable", QT_TRANSLATE_NOOP("Errors", "Lines that can be learned"), "lists"),
    Check("old-lines", QT_TRANSLATE_NOOP("Errors", "Lists of old lines exist"), "lists", (REC,), (BUILTIN,)),
    Check("amount", QT_TRANSLATE_NOOP("Errors", "Enough samples for the goal"), "lists"),
    # --- pictures -----------------------------------------------------------------------------------------------------
    Check("missing-pictures", QT_TRANSLATE_NOOP("Errors", "Every picture exists"), "pictures"),
    Check("empty-pictures", QT_TRANSLATE_NOOP("Errors", "No picture of 0 bytes"), "pictures"),
    Check("broken-pictures", QT_TRANSLATE_NOOP("Errors", "Every picture can be read"), "pictures"),
    Check("cut-pictures", QT_TRANSLATE_NOOP("Errors", "No picture breaks off"), "pictures"),
    Check("tall-crops", QT_TRANSLATE_NOOP("Errors", "Lines lie flat"), "pictures", (REC,)),
    Check("crop-shape", QT_TRANSLATE_NOOP("Errors", "Sizes of the lines"), "pictures", (REC,)),
    Check("crowded-crops", QT_TRANSLATE_NOOP("Errors", "Room for every character"), "pictures", (REC,)),
    Check("repeated", QT_TRANSLATE_NOOP("Errors", "No picture listed twice"), "pictures"),
    Check("contradictions", QT_TRANSLATE_NOOP("Errors", "Same picture, same text"), "pictures", (REC,)),
    Check("near-duplicates", QT_TRANSLATE_NOOP("Errors", "Pictures that look the same"), "pictures"),
    Check("shared-pictures", QT_TRANSLATE_NOOP("Errors", "No picture in both training and validation"), "pictures"),
    Check("shared-pages", QT_TRANSLATE_NOOP("Errors", "No page in both training and validation"), "pictures"),
    Check("unlisted", QT_TRANSLATE_NOOP("Errors", "Every picture of the folders is listed"), "pictures"),
    # --- texts --------------------------------------------------------------------------------------------------------
    Check("dictionary", QT_TRANSLATE_NOOP("Errors", "Dictionary"), "texts", (REC,)),
    Check("characters", QT_TRANSLATE_NOOP("Errors", "Characters are in the dictionary"), "texts", (REC,)),
    Check("characters-samples", QT_TRANSLATE_NOOP("Errors", "Lines for every new character"), "texts", (REC,)),
    Check("characters-unused", QT_TRANSLATE_NOOP("Errors", "Characters that no line uses"), "texts", (REC,)),
    Check("empty-texts", QT_TRANSLATE_NOOP("Errors", "No empty text"), "texts", (REC,)),
    Check("placeholders", QT_TRANSLATE_NOOP("Errors", "No placeholder for a text"), "texts", (REC,)),
    Check("text-length", QT_TRANSLATE_NOOP("Errors", "Length of the texts"), "texts", (REC,), (PADDLEOCR,)),
    Check("spaces", QT_TRANSLATE_NOOP("Errors", "Spaces are learned and measured"), "texts", (REC,)),
    Check("edge-spaces", QT_TRANSLATE_NOOP("Errors", "No spaces that nobody sees"), "texts", (REC,)),
    Check("invisible", QT_TRANSLATE_NOOP("Errors", "No invisible characters"), "texts", (REC,)),
    Check("composed", QT_TRANSLATE_NOOP("Errors", "Accents written one way"), "texts", (REC,)),
    Check("width-forms", QT_TRANSLATE_NOOP("Errors", "Full-width and half-width forms"), "texts", (REC,)),
    Check("look-alikes", QT_TRANSLATE_NOOP("Errors", "Characters that look alike"), "texts", (REC,)),
    # --- boxes --------------------------------------------------------------------------------------------------------
    Check("boxes", QT_TRANSLATE_NOOP("Errors", "Boxes can be read"), "boxes", (DET,)),
    Check("no-boxes", QT_TRANSLATE_NOOP("Errors", "Every page has boxes"), "boxes", (DET,)),
    Check("ignored-pages", QT_TRANSLATE_NOOP("Errors", "Boxes that are to be found"), "boxes", (DET,)),
    Check("outside-boxes", QT_TRANSLATE_NOOP("Errors", "Boxes within their page"), "boxes", (DET,)),
    # --- weights ------------------------------------------------------------------------------------------------------
    Check("weights", QT_TRANSLATE_NOOP("Errors", "Weights to start from exist"), "weights"),
    Check("weights-file", QT_TRANSLATE_NOOP("Errors", "Weights can be read"), "weights", engines=(PADDLEOCR,)),
    Check(
        "weights-network", QT_TRANSLATE_NOOP("Errors", "Weights are of this network"), "weights", engines=(PADDLEOCR,)
    ),
    Check(
        "weights-characters",
        QT_TRANSLATE_NOOP("Errors", "Weights know these characters"),
        "weights",
        (REC,),
        (PADDLEOCR,),
    ),
    Check("scratch", QT_TRANSLATE_NOOP("Errors", "Starts from trained weights"), "weights", engines=(PADDLEOCR,)),
    # --- machine ------------------------------------------------------------------------------------------------------
    Check("paddle", QT_TRANSLATE_NOOP("Errors", "PaddlePaddle is installed"), "machine", engines=(BUILTIN,)),
    Check(
        "packages", QT_TRANSLATE_NOOP("Errors", "Packages of the checkout's Python"), "machine", engines=(PADDLEOCR,)
    ),
    Check("gpu", QT_TRANSLATE_NOOP("Errors", "The graphics card that is asked for"), "machine"),
    Check("idle-gpu", QT_TRANSLATE_NOOP("Errors", "No graphics card lies idle"), "machine"),
    Check(
        "shared-memory", QT_TRANSLATE_NOOP("Errors", "Shared memory for the loaders"), "machine", engines=(PADDLEOCR,)
    ),
    Check("workers", QT_TRANSLATE_NOOP("Errors", "Number of loaders"), "machine"),
    Check("memory", QT_TRANSLATE_NOOP("Errors", "Memory for a batch"), "machine", engines=(PADDLEOCR,)),
    Check("output", QT_TRANSLATE_NOOP("Errors", "Folder to write to"), "machine"),
    Check("earlier-run", QT_TRANSLATE_NOOP("Errors", "No earlier training is overwritten"), "machine"),
    Check("disk", QT_TRANSLATE_NOOP("Errors", "Disk space for the checkpoints"), "machine"),
)
BY_ID = {check.id: check for check in CHECKS}
# What cannot be looked at while a list cannot be read.
ABOUT_LISTS = frozenset(
    [
        check.id
        for check in CHECKS
        if check.group in ("lists", "pictures", "texts", "boxes") and check.id != "dictionary"
    ]
    + ["batch", "last-batch", "evaluation", "validation-size", "time"]
)


@dataclass(frozen=True)
class CheckResult:
    """What became of a check.

    Attributes:
        check: Which.
        verdict: `fail`: the run would fail or teach nothing; `poor`: it would be worse than it could be; `fine`;
            `open`: it could not be looked at.
        findings: The worst first.
    """

    check: Check
    verdict: Verdict
    findings: tuple[Finding, ...] = ()

    @property
    def places(self) -> tuple[Place, ...]:
        """Where, in the order of the findings."""
        return tuple(place for finding in self.findings for place in finding.places)

    @property
    def count(self) -> int:
        """Rows that it is about; a finding without places counts once unless it is only a note."""
        return sum(len(one.places) or int(one.severity != "note") for one in self.findings)

    @property
    def curable(self) -> bool:
        """Whether the program can do something about it at once."""
        return any(one.cure is not None and not one.cure.command for one in self.findings)

    def as_dict(self) -> dict[str, Any]:
        """For JSON: sentences in English, and the templates for whoever says them in another language."""
        return {
            "id": self.check.id,
            "title": self.check.title,
            "verdict": self.verdict,
            "rows": self.count,
            "places": [[place.file, place.line, place.text] for place in self.places[:MOST_PLACES]],
            "findings": [_finding_dict(finding) for finding in self.findings],
        }


def _finding_dict(finding: Finding) -> dict[str, Any]:
    values = {name: str(value) for name, value in finding.values.items()}
    told: dict[str, Any] = {
        "severity": finding.severity,
        "text": finding.text(),
        "what": finding.what,
        "remedy": finding.remedy,
        "values": values,
    }
    if finding.cure is not None:
        told["cure"] = {"title": finding.cure.title, "command": list(finding.cure.command)}
    return told


_ORDER = {"fatal": 0, "warning": 1, "note": 2}
_VERDICT_OF: dict[str, Verdict] = {"fatal": "fail", "warning": "poor", "note": "fine"}


def judge(findings: Iterable[Finding], task: str, engine: str, open_ids: Collection[str] = ()) -> list[CheckResult]:
    """Every check that is about a task and an engine, in the order of `CHECKS`.

    Args:
        findings: Of all checks.
        task: `rec` or `det`.
        engine: `builtin` or `paddleocr`.
        open_ids: Checks that could not be made.
    """
    by_check: dict[str, list[Finding]] = {}
    for finding in findings:
        by_check.setdefault(finding.check, []).append(finding)
    results = []
    for check in CHECKS:
        if task not in check.tasks or engine not in check.engines:
            continue
        found = sorted(by_check.get(check.id, ()), key=lambda one: _ORDER[one.severity])
        verdict = _VERDICT_OF[found[0].severity] if found else "fine"
        if verdict == "fine" and check.id in open_ids:
            verdict = "open"
        results.append(CheckResult(check, verdict, tuple(found)))
    return results


def counts(results: Sequence[CheckResult]) -> dict[Verdict, int]:
    """How many checks have each verdict."""
    return {verdict: sum(result.verdict == verdict for result in results) for verdict in VERDICTS}
