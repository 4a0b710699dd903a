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
MOST_PLACES = 200
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
    Check("keys", QT_TRANSLATE_NOOP("Errors", "Names of the keys"), "config"),
    Check("values", QT_TRANSLATE_NOOP("Errors", "Kinds and limits of the values"), "config"),
    Check(
        "names",
        QT_TRANSLATE_NOOP("Errors", "Transforms and algorithm"),
        "config",
        engines=(PADDLEOCR,),
    ),
    Check("epochs", QT_TRANSLATE_NOOP("Errors", "Number of epochs"), "config"),
    Check("rate-number", QT_TRANSLATE_NOOP("Errors", "Learning rate as a number"), "config"),
    Check("rate", QT_TRANSLATE_NOOP("Errors", "Learning rate for the batch"), "config"),
    Check("warm-up", QT_TRANSLATE_NOOP("Errors", "Warm-up against epochs"), "config"),
    Check("batch", QT_TRANSLATE_NOOP("Errors", "Batch against training set"), "config", engines=(PADDLEOCR,)),
    Check("last-batch", QT_TRANSLATE_NOOP("Errors", "Samples left out by batches"), "config", engines=(PADDLEOCR,)),
    Check("evaluation", QT_TRANSLATE_NOOP("Errors", "Evaluations during the run"), "config"),
    Check("best-model", QT_TRANSLATE_NOOP("Errors", "Choice of the best model"), "config"),
    Check("validation-size", QT_TRANSLATE_NOOP("Errors", "Size of the validation set"), "config"),
    Check("ratios", QT_TRANSLATE_NOOP("Errors", "Shares of the lists"), "config"),
    Check(
        "text-length-copies",
        QT_TRANSLATE_NOOP("Errors", "Copies of max_text_length"),
        "config",
        (REC,),
        (PADDLEOCR,),
    ),
    Check("picture-shape", QT_TRANSLATE_NOOP("Errors", "Picture size in training and evaluation"), "config", (REC,)),
    Check("time", QT_TRANSLATE_NOOP("Errors", "Time that the training takes"), "config"),
    # --- lists --------------------------------------------------------------------------------------------------------
    Check("lists", QT_TRANSLATE_NOOP("Errors", "Lists and their lines"), "lists"),
    Check("encoding", QT_TRANSLATE_NOOP("Errors", "Encoding of the lists"), "lists"),
    Check("byte-order-mark", QT_TRANSLATE_NOOP("Errors", "Byte order mark"), "lists", engines=(PADDLEOCR,)),
    Check("line-ends", QT_TRANSLATE_NOOP("Errors", "Line ends"), "lists", engines=(PADDLEOCR,)),
    Check("blank-lines", QT_TRANSLATE_NOOP("Errors", "Blank lines"), "lists", engines=(PADDLEOCR,)),
    Check("tabs", QT_TRANSLATE_NOOP("Errors", "Tab between picture and label"), "lists"),
    Check("backslashes", QT_TRANSLATE_NOOP("Errors", "Backslashes in paths"), "lists"),
    Check("usable", QT_TRANSLATE_NOOP("Errors", "Lines that cannot be learned"), "lists"),
    Check("old-lines", QT_TRANSLATE_NOOP("Errors", "Lists of old lines"), "lists", (REC,), (BUILTIN,)),
    Check("synthetic-validation", QT_TRANSLATE_NOOP("Errors", "Synthetic samples in validation"), "lists"),
    Check("amount", QT_TRANSLATE_NOOP("Errors", "Number of samples"), "lists"),
    # --- pictures -----------------------------------------------------------------------------------------------------
    Check("missing-pictures", QT_TRANSLATE_NOOP("Errors", "Missing pictures"), "pictures"),
    Check("empty-pictures", QT_TRANSLATE_NOOP("Errors", "Pictures of 0 bytes"), "pictures"),
    Check("broken-pictures", QT_TRANSLATE_NOOP("Errors", "Unreadable pictures"), "pictures"),
    Check("cut-pictures", QT_TRANSLATE_NOOP("Errors", "Pictures that break off"), "pictures"),
    Check("tall-crops", QT_TRANSLATE_NOOP("Errors", "Upright lines"), "pictures", (REC,)),
    Check("crop-shape", QT_TRANSLATE_NOOP("Errors", "Sizes of the lines"), "pictures", (REC,)),
    Check("crowded-crops", QT_TRANSLATE_NOOP("Errors", "Texts too long for their picture"), "pictures", (REC,)),
    Check("repeated", QT_TRANSLATE_NOOP("Errors", "Pictures listed twice"), "pictures"),
    Check("contradictions", QT_TRANSLATE_NOOP("Errors", "Same picture, different texts"), "pictures", (REC,)),
    Check("near-duplicates", QT_TRANSLATE_NOOP("Errors", "Pictures that look the same"), "pictures"),
    Check("shared-pictures", QT_TRANSLATE_NOOP("Errors", "Pictures in training and validation"), "pictures"),
    Check("shared-pages", QT_TRANSLATE_NOOP("Errors", "Pages in training and validation"), "pictures"),
    Check("unlisted", QT_TRANSLATE_NOOP("Errors", "Pictures that no list names"), "pictures"),
    # --- texts --------------------------------------------------------------------------------------------------------
    Check("dictionary", QT_TRANSLATE_NOOP("Errors", "Dictionary"), "texts", (REC,)),
    Check("characters", QT_TRANSLATE_NOOP("Errors", "Characters outside the dictionary"), "texts", (REC,)),
    Check("characters-samples", QT_TRANSLATE_NOOP("Errors", "Lines for new characters"), "texts", (REC,)),
    Check("characters-unused", QT_TRANSLATE_NOOP("Errors", "Characters that no line uses"), "texts", (REC,)),
    Check("empty-texts", QT_TRANSLATE_NOOP("Errors", "Empty texts"), "texts", (REC,)),
    Check("placeholders", QT_TRANSLATE_NOOP("Errors", "Placeholders for texts"), "texts", (REC,)),
    Check("text-length", QT_TRANSLATE_NOOP("Errors", "Length of the texts"), "texts", (REC,), (PADDLEOCR,)),
    Check("spaces", QT_TRANSLATE_NOOP("Errors", "Spaces between words"), "texts", (REC,)),
    Check("edge-spaces", QT_TRANSLATE_NOOP("Errors", "Needless spaces"), "texts", (REC,)),
    Check("invisible", QT_TRANSLATE_NOOP("Errors", "Invisible characters"), "texts", (REC,)),
    Check("composed", QT_TRANSLATE_NOOP("Errors", "Accents as separate characters"), "texts", (REC,)),
    Check("width-forms", QT_TRANSLATE_NOOP("Errors", "Full-width and half-width forms"), "texts", (REC,)),
    Check("look-alikes", QT_TRANSLATE_NOOP("Errors", "Characters that look alike"), "texts", (REC,)),
    # --- boxes --------------------------------------------------------------------------------------------------------
    Check("boxes", QT_TRANSLATE_NOOP("Errors", "Unreadable boxes"), "boxes", (DET,)),
    Check("no-boxes", QT_TRANSLATE_NOOP("Errors", "Pages without boxes"), "boxes", (DET,)),
    Check("ignored-pages", QT_TRANSLATE_NOOP("Errors", "Pages with ignored boxes only"), "boxes", (DET,)),
    Check("outside-boxes", QT_TRANSLATE_NOOP("Errors", "Boxes outside their page"), "boxes", (DET,)),
    # --- weights ------------------------------------------------------------------------------------------------------
    Check("weights", QT_TRANSLATE_NOOP("Errors", "Weights to start from"), "weights"),
    Check("weights-file", QT_TRANSLATE_NOOP("Errors", "Unreadable weights"), "weights", engines=(PADDLEOCR,)),
    Check("weights-network", QT_TRANSLATE_NOOP("Errors", "Network of the weights"), "weights", engines=(PADDLEOCR,)),
    Check(
        "weights-characters",
        QT_TRANSLATE_NOOP("Errors", "Characters of the weights"),
        "weights",
        (REC,),
        (PADDLEOCR,),
    ),
    Check("scratch", QT_TRANSLATE_NOOP("Errors", "Training from nothing"), "weights", engines=(PADDLEOCR,)),
    # --- machine ------------------------------------------------------------------------------------------------------
    Check("paddle", QT_TRANSLATE_NOOP("Errors", "PaddlePaddle"), "machine", engines=(BUILTIN,)),
    Check(
        "packages", QT_TRANSLATE_NOOP("Errors", "Packages of the checkout's Python"), "machine", engines=(PADDLEOCR,)
    ),
    Check("gpu", QT_TRANSLATE_NOOP("Errors", "Graphics card asked for"), "machine"),
    Check("idle-gpu", QT_TRANSLATE_NOOP("Errors", "Idle graphics card"), "machine"),
    Check(
        "shared-memory", QT_TRANSLATE_NOOP("Errors", "Shared memory for the loaders"), "machine", engines=(PADDLEOCR,)
    ),
    Check("workers", QT_TRANSLATE_NOOP("Errors", "Number of loaders"), "machine"),
    Check("memory", QT_TRANSLATE_NOOP("Errors", "Memory for a batch"), "machine", engines=(PADDLEOCR,)),
    Check("output", QT_TRANSLATE_NOOP("Errors", "Folder to write to"), "machine"),
    Check("earlier-run", QT_TRANSLATE_NOOP("Errors", "Earlier training in the folder"), "machine"),
    Check("disk", QT_TRANSLATE_NOOP("Errors", "Disk space for checkpoints"), "machine"),
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
            "places": [[place.file, place.line, place.text, place.picture] for place in self.places[:MOST_PLACES]],
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
