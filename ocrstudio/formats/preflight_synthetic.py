"""Made-up lines and pages where only real ones tell something: in what validates a model."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ocrstudio.core import line_fixes
from ocrstudio.core.errors import QT_TRANSLATE_NOOP, StudioError
from ocrstudio.core.findings import Cure, Finding
from ocrstudio.formats.preflight import LEAVE_OUT, Look
from ocrstudio.formats.preflight_lists import ListLook
from ocrstudio.formats.synthetic import is_synthetic, set_of, took_all_texts

CHECK = "synthetic-validation"
EVAL_LISTS = "Eval.dataset.label_file_list"

ALL_MADE = QT_TRANSLATE_NOOP(
    "Errors", "{list} is a list of synthetic samples, but validates: how well a model reads them says nothing."
)
OTHER_LIST = QT_TRANSLATE_NOOP("Errors", "Validate with the val list of a dataset; {key} names the list.")
SOME_MADE = QT_TRANSLATE_NOOP(
    "Errors", "{file}, line {line}: the sample is synthetic, but validates (lines like this: {count})."
)
TAKE_OUT = QT_TRANSLATE_NOOP("Errors", "Take the lines out of the list, or into the training list.")
NOT_THIS = QT_TRANSLATE_NOOP("Errors", "Validate without this list")
SEEN = QT_TRANSLATE_NOOP(
    "Errors", "{list} was made before there was a dataset: it may say what the pages say that validate now."
)
MAKE_AGAIN = QT_TRANSLATE_NOOP("Errors", "Make the samples again: their texts then come from the training part.")


def look_at_synthetic(look: Look) -> None:
    """Adds what is wrong with synthetic samples in a config's lists.

    Args:
        look: Its lists are looked through, with all of their rows.
    """
    lists = look.lists.get("Eval", [])
    real = [one.file for one in lists if not is_synthetic(one.file)]
    for seen in lists:
        if is_synthetic(seen.file):
            # without any other list there would be no validation at all
            named = look.config.get(EVAL_LISTS)
            left = [one for one in named if look.path(str(one)) in real] if isinstance(named, list) else []
            cure = Cure(NOT_THIS, {EVAL_LISTS: left}) if left else None
            look.add("warning", CHECK, ALL_MADE, OTHER_LIST, EVAL_LISTS, cure=cure, list=seen.file)
        else:
            look.found += _made_rows(seen)
    for seen in look.lists.get("Train", []):
        made = set_of(seen.file)
        if made is None:
            continue
        try:
            if took_all_texts(made):
                look.found.append(
                    Finding("warning", SEEN, MAKE_AGAIN, {"file": seen.file, "line": 1, "list": seen.file}, CHECK)
                )
        except StudioError:
            continue  # the list is good though nobody can tell any more what it was made of


def _made_rows(seen: ListLook) -> Iterator[Finding]:
    known: dict[Path, bool] = {}

    def is_made(name: str) -> bool:
        folder = (seen.data_dir / name).parent
        if folder not in known:
            known[folder] = is_synthetic(folder)
        return known[folder]

    rows = [row for row in seen.rows if any(map(is_made, row.names))]
    if rows:
        cure = Cure(LEAVE_OUT, fix=line_fixes.DROP, lines={str(seen.file): tuple(row.line for row in rows)})
        places = tuple(seen.place(row.line, row.label) for row in rows)
        values = {"file": seen.file, "line": rows[0].line, "count": len(rows)}
        yield Finding("warning", SOME_MADE, TAKE_OUT, values, CHECK, places, cure)
