"""What is doubtful about the texts of the lists and about the characters they are made of."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any

from ocrstudio.core import line_fixes, text_rules
from ocrstudio.core.charset import SPACE, Charset
from ocrstudio.core.errors import QT_TRANSLATE_NOOP
from ocrstudio.core.findings import Cure, Place
from ocrstudio.core.training_rules import LINES_PER_CHARACTER
from ocrstudio.formats.preflight import LEAVE_OUT, SET_VALUE, Look
from ocrstudio.formats.preflight_lists import ListLook

SPACE_KEY, IGNORE_KEY = "Global.use_space_char", "Metric.ignore_space"
_EXAMPLES = 20
# Share of lines with a space from which a metric that ignores them hides something.
_SPACED_SHARE = 0.02

PLACEHOLDER = QT_TRANSLATE_NOOP(
    "Errors", "{file}, line {line}: the label {example} stands for a text that nobody typed (lines like this: {count})."
)
TYPE_TEXT = QT_TRANSLATE_NOOP("Errors", "Type the text on the Annotate page, or leave the lines out.")
EDGES = QT_TRANSLATE_NOOP(
    "Errors",
    "{file}, line {line}: the text begins or ends with a space, or has two in a row (lines like this: {count}).",
)
TRIM = QT_TRANSLATE_NOOP("Errors", "Take these spaces out")
UNSEEN = QT_TRANSLATE_NOOP(
    "Errors",
    "{file}, line {line}: the text has characters that nobody sees: {example} (lines like this: {count}).",
)
TAKE_UNSEEN = QT_TRANSLATE_NOOP("Errors", "Take them out, and write common spaces")
DECOMPOSED = QT_TRANSLATE_NOOP(
    "Errors",
    "{file}, line {line}: the accents of {example} are characters of their own (lines like this: {count}); the same "
    "letter then has two spellings.",
)
COMPOSE = QT_TRANSLATE_NOOP("Errors", "Write letters and accents as one character (NFC)")
WIDTHS = QT_TRANSLATE_NOOP(
    "Errors",
    "{file}, line {line}: {example} is written in another width than elsewhere (lines like this: {count}).",
)
ONE_WIDTH = QT_TRANSLATE_NOOP("Errors", "Write letters and digits in half width, katakana in full width")
ALPHABETS = QT_TRANSLATE_NOOP(
    "Errors",
    "{file}, line {line}: {example} only looks like what belongs there (lines like this: {count}): letters of another "
    "alphabet, or 0 and O, 1 and l.",
)
SPELLINGS = QT_TRANSLATE_NOOP(
    "Errors",
    "{file}, line {line}: {example} (lines like this: {count}); the same print is spelt in two ways.",
)
CHOOSE_ONE = QT_TRANSLATE_NOOP("Errors", "Choose one spelling and write it everywhere: search and replace on Annotate.")
NO_SPACE = QT_TRANSLATE_NOOP(
    "Errors",
    "{file}, line {line}: {count} lines have spaces, but the model has no character for the space: it learns to drop "
    "them.",
)
SPACE_IGNORED = QT_TRANSLATE_NOOP(
    "Errors",
    "{file}, line {line}: {count} lines have spaces, but the evaluation ignores them: a model that loses every space "
    "counts as perfect.",
)
FEW_SPACES = QT_TRANSLATE_NOOP(
    "Errors",
    "The validation set has spaces in {count} lines, the training set in none: they will be lost.",
)
RARE = QT_TRANSLATE_NOOP(
    "Errors",
    "{count} characters that the model does not know yet are in fewer than {wanted} training lines each: {example}.",
)
MORE_LINES = QT_TRANSLATE_NOOP("Errors", "Label or make more lines with them (synthesis).")
RARE_NOTE = QT_TRANSLATE_NOOP(
    "Errors", "{count} characters are in fewer than {wanted} lines each, but the model knows them already."
)
NEVER_TRAINED = QT_TRANSLATE_NOOP(
    "Errors",
    "{count} characters of the validation set are in no training line, and the model does not know them: {example}.",
)
UNUSED = QT_TRANSLATE_NOOP(
    "Errors", "{count} of the dictionary's {all} characters are in no line; the model keeps what it knows of them."
)
UNUSED_NEW = QT_TRANSLATE_NOOP(
    "Errors", "{count} of the dictionary's {all} characters are in no line, so they cannot be learned: {example}."
)


def look_at_texts(look: Look, known: frozenset[str] | None) -> None:
    """Adds what is doubtful about the texts of a recognition config's lists.

    Args:
        look: Its lists have been looked through, with every line kept.
        known: Characters that the weights to start from know; None if that cannot be told.
    """
    for seen in all_lists(look):
        texts = {row.line: row.label for row in seen.rows}
        _placeholders(look, seen, texts)
        _each(look, seen, texts, "edge-spaces", EDGES, lambda text: text if text_rules.edge_spaces(text) else "")
        _each(look, seen, texts, "invisible", UNSEEN, _code_points)
        _each(look, seen, texts, "composed", DECOMPOSED, lambda text: text if text_rules.is_decomposed(text) else "")
        _some(look, seen, "width-forms", WIDTHS, text_rules.mixed_widths(texts))
        alike = partial(text_rules.mixed_alphabets, codes=text_rules.are_codes(texts.values()))
        _each(look, seen, texts, "look-alikes", ALPHABETS, alike)
        spellings = text_rules.two_spellings(texts)
        shown = {line: f"{texts[line]} / {other}" for line, other in spellings.items()}
        _some(look, seen, "look-alikes", SPELLINGS, shown)
    train, val = _texts(look, "Train"), _texts(look, "Eval")
    if "lists" not in look.open:
        _spaces(look, train, val)
        _rare(look, train, val, known)
        if look.charset is not None:
            _unused(look, look.charset, [*train, *val], known)


def all_lists(look: Look) -> Iterator[ListLook]:
    """The lists of both sections; one that serves both counts once."""
    done = set()
    for section in ("Train", "Eval"):
        for seen in look.lists.get(section, ()):
            if seen.file not in done:
                done.add(seen.file)
                yield seen


def _texts(look: Look, section: str) -> list[str]:
    return [row.label for seen in look.lists.get(section, ()) for row in seen.rows]


_FIXES = {
    "edge-spaces": ("spaces", TRIM),
    "invisible": ("unseen", TAKE_UNSEEN),
    "composed": ("composed", COMPOSE),
    "width-forms": ("width", ONE_WIDTH),
}


def _each(
    look: Look, seen: ListLook, texts: Mapping[int, str], check: str, what: str, example: Callable[[str], str]
) -> None:
    _some(look, seen, check, what, {line: shown for line, text in texts.items() if (shown := example(text))})


def _some(look: Look, seen: ListLook, check: str, what: str, found: Mapping[int, str]) -> None:
    """Adds a finding for lines; `found` says what stands there."""
    if not found:
        return
    line = min(found)
    fix, title = _FIXES.get(check, ("", ""))
    look.add(
        "warning",
        check,
        what,
        "" if fix else CHOOSE_ONE,
        cure=Cure(title, fix=fix) if fix else None,
        places=tuple(seen.place(number, text) for number, text in sorted(found.items())),
        file=seen.file,
        line=line,
        example=found[line],
        count=len(found),
    )


def _code_points(text: str) -> str:
    return " ".join(f"U+{ord(letter):04X}" for letter in text_rules.invisible(text))


def _placeholders(look: Look, seen: ListLook, texts: Mapping[int, str]) -> None:
    found = {line: text for line, text in texts.items() if text.strip() in text_rules.PLACEHOLDERS}
    if not found:
        return
    line = min(found)
    hopeless = len(found) >= len(texts)
    look.add(
        "fatal" if hopeless else "warning",
        "placeholders",
        PLACEHOLDER,
        TYPE_TEXT,
        cure=None if hopeless else Cure(LEAVE_OUT, fix=line_fixes.DROP, lines={str(seen.file): tuple(sorted(found))}),
        places=tuple(seen.place(number, text) for number, text in sorted(found.items())),
        file=seen.file,
        line=line,
        example=found[line],
        count=len(found),
    )


def _spaces(look: Look, train: list[str], val: list[str]) -> None:
    config = look.config
    spaced = sum(SPACE in text.strip() for text in train)
    tested = sum(SPACE in text.strip() for text in val)
    has_space = look.charset is None or look.charset.index(SPACE) is not None
    if spaced and not has_space:
        cure = Cure(SET_VALUE, {SPACE_KEY: True})
        look.add("warning", "spaces", NO_SPACE, "", SPACE_KEY, cure=cure, count=spaced, wanted="true")
    elif tested and not spaced:
        look.add("warning", "spaces", FEW_SPACES, MORE_LINES, count=tested)
    # PaddleOCR's metric ignores spaces unless it is told not to
    ignored = config.get(IGNORE_KEY, look.lenient)
    if ignored and text_rules.spaced_share(val) > _SPACED_SHARE and has_space:
        cure = Cure(SET_VALUE, {IGNORE_KEY: False})
        look.add("warning", "spaces", SPACE_IGNORED, "", IGNORE_KEY, cure=cure, count=tested, wanted="false")


def _rare(look: Look, train: list[str], val: list[str], known: frozenset[str] | None) -> None:
    used = text_rules.lines_per_character(train)
    learnable = (
        used if look.charset is None else {one: n for one, n in used.items() if look.charset.index(one) is not None}
    )
    rare = {one: count for one, count in learnable.items() if count < LINES_PER_CHARACTER}
    new = {one: count for one, count in rare.items() if known is not None and one not in known}
    if known is None and not look.config.get("Global.pretrained_model") and not look.config.get("Global.checkpoints"):
        new = rare
    if new:
        ranked = sorted(new.items(), key=lambda item: (item[1], item[0]))
        values: dict[str, Any] = {"count": len(new), "wanted": LINES_PER_CHARACTER, "example": _shown(ranked)}
        places = tuple(Place("", 0, f"{one} × {count}") for one, count in ranked)
        look.add("warning", "characters-samples", RARE, MORE_LINES, places=places, **values)
    elif rare and known is not None:
        look.add("note", "characters-samples", RARE_NOTE, count=len(rare), wanted=LINES_PER_CHARACTER)
    if known is not None:
        tested = text_rules.lines_per_character(val)
        lost = {one: count for one, count in tested.items() if one not in used and one not in known}
        if lost:
            ranked = sorted(lost.items(), key=lambda item: (-item[1], item[0]))
            values = {"count": len(lost), "example": _shown(ranked)}
            look.add("warning", "characters-samples", NEVER_TRAINED, MORE_LINES, **values)


def _unused(look: Look, charset: Charset, texts: list[str], known: frozenset[str] | None) -> None:
    used = set().union(*texts) if texts else set()
    unused = [one for one in charset.characters if one not in used and one != SPACE]
    if not unused:
        return
    values: dict[str, Any] = {"count": len(unused), "all": len(charset.characters)}
    if known is None or known.issuperset(unused):
        look.add("note", "characters-unused", UNUSED, **values)
        return
    new = [one for one in unused if one not in known]
    values["count"] = len(new)
    places = tuple(Place("", 0, one) for one in new)
    example = _shown([(one, 0) for one in new])
    look.add("warning", "characters-unused", UNUSED_NEW, MORE_LINES, places=places, **values, example=example)


def _shown(ranked: list[tuple[str, int]]) -> str:
    shown = " ".join(f"{one}×{count}" if count else one for one, count in ranked[:_EXAMPLES])
    return shown + (f" +{len(ranked) - _EXAMPLES}" if len(ranked) > _EXAMPLES else "")
