"""What is doubtful about the pictures of the lists: shapes, repetitions, and what training and validation share."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from ocrstudio.core import line_fixes, picture_rules
from ocrstudio.core import list_rules as rules
from ocrstudio.core.errors import QT_TRANSLATE_NOOP, StudioError
from ocrstudio.core.findings import Cure, Place
from ocrstudio.core.picture_rules import PictureFacts
from ocrstudio.formats.dataset_folder import read_split
from ocrstudio.formats.images import is_image_name
from ocrstudio.formats.picture_facts import look_same
from ocrstudio.formats.preflight import LEAVE_OUT, Look
from ocrstudio.formats.preflight_texts import all_lists

# So many pairs get a closer look; a set that has more is one large repetition.
_MOST_PAIRS = 3000
# Share of lines that look like others before it is worth a word: the same word in the same print is no mistake.
_NEAR_SHARE = 0.02
# Columns of a picture for a time step of the network.
_STRIDE = 8
_HEIGHT = 48
_UNLISTED_SHARE = 0.05

TALL = QT_TRANSLATE_NOOP(
    "Errors",
    "{file}, line {line}: the crop is {size} pixels, so the line stands upright (lines like this: {count}); lines are "
    "learned lying flat.",
)
TURN = QT_TRANSLATE_NOOP("Errors", "Turn the box on the Annotate page and split again, or leave the lines out.")
ODD_SHAPE = QT_TRANSLATE_NOOP(
    "Errors",
    "{file}, line {line}: the crop is {size} pixels (lines like this: {count}); at the height of the network "
    "nothing is left of its text.",
)
CUT_BOX = QT_TRANSLATE_NOOP("Errors", "Split the box, draw it closer, or leave the lines out.")
CROWDED = QT_TRANSLATE_NOOP(
    "Errors",
    "{file}, line {line}: the text {example} has more characters than its picture has places for them (lines "
    "like this: {count}); it cannot be learned.",
)
CHECK_TEXT = QT_TRANSLATE_NOOP("Errors", "Check that picture and text belong together.")
REPEATED = QT_TRANSLATE_NOOP(
    "Errors", "{file}, line {line}: the picture {example} is listed again (lines like this: {count})."
)
CONTRADICTION = QT_TRANSLATE_NOOP(
    "Errors",
    "{file}, line {line}: the same picture has another text elsewhere: {example} (lines like this: {count}); one of "
    "them is wrong.",
)
WHICH = QT_TRANSLATE_NOOP("Errors", "Look which text is right, and correct or leave out the other.")
NEAR = QT_TRANSLATE_NOOP(
    "Errors", "{file}, line {line}: the picture looks like that of another line: {example} (lines like this: {count})."
)
SHARED = QT_TRANSLATE_NOOP(
    "Errors",
    "{file}, line {line}: the picture {example} is also validated on (lines like this: {count}); the score will be "
    "better than the model.",
)
SHARED_PAGES = QT_TRANSLATE_NOOP(
    "Errors",
    "{file}, line {line}: crops of the page {example} are in training and in validation (training lines like this: "
    "{count}); the score will be better than the model.",
)
OUT_OF_TRAINING = QT_TRANSLATE_NOOP("Errors", "Leave these lines out of the training list")
SPLIT_BY_PAGE = QT_TRANSLATE_NOOP("Errors", "Split by page.")
UNLISTED = QT_TRANSLATE_NOOP(
    "Errors", "{folder}: {count} pictures are in no list, so nobody learns from them: {example}."
)
LIST_THEM = QT_TRANSLATE_NOOP("Errors", "Add them to a list, or take no notice.")


@dataclass(frozen=True)
class _Sample:
    """A picture of a line."""

    list: Path
    line: int
    path: Path
    name: str
    facts: PictureFacts
    label: str

    def place(self, beside: str = "") -> Place:
        """Where it is, and what it is to be compared with."""
        text = f"{self.name}  {self.label}"[:200] + (f"  ↔  {beside}"[:200] if beside else "")
        return Place(str(self.list), self.line, text, str(self.path))


def look_at_pictures(look: Look) -> None:
    """Adds what is doubtful about the pictures of the lists.

    Args:
        look: Its lists have been looked through, with every picture decoded.
    """
    train, val = (list(_samples(look, section)) for section in ("Train", "Eval"))
    everything = list({(one.list, one.line, one.name): one for one in (*train, *val)}.values())
    if look.config.task == "rec":
        _shapes(look, everything)
    within = [_repeated(look, part) for part in (train, val)]
    shared = _shared(look, train, val)
    if look.cancelled():
        return
    _near(look, train, val, {*within[0], *within[1], *shared})
    _pages(look, train, val)
    _unlisted(look)


def _samples(look: Look, section: str) -> Iterator[_Sample]:
    for seen in look.lists.get(section, ()):
        for row in seen.rows:
            for name, facts in zip(row.names, row.facts, strict=True):
                if facts.width:
                    yield _Sample(seen.file, row.line, seen.data_dir / name, name, facts, row.label)


def _add(
    look: Look,
    check: str,
    what: str,
    remedy: str,
    samples: Sequence[_Sample],
    drop: str = LEAVE_OUT,
    beside: Mapping[tuple[Path, int], str] = MappingProxyType({}),
    **values: Any,
) -> None:
    """Adds a finding for lines; the same line counts once. `beside` says what each is to be compared with."""
    places = list({(one.list, one.line): one for one in samples}.values())
    first = places[0]
    lines: dict[str, list[int]] = {}
    for one in places:
        lines.setdefault(str(one.list), []).append(one.line)
    cure = (
        Cure(drop, fix=line_fixes.DROP, lines={file: tuple(found) for file, found in lines.items()}) if drop else None
    )
    values = {"file": first.list, "line": first.line, "count": len(places), "example": first.name, **values}
    look.add(
        "warning",
        check,
        what,
        remedy,
        cure=cure,
        places=tuple(one.place(beside.get((one.list, one.line), "")) for one in places),
        **values,
    )


def _shapes(look: Look, samples: Iterable[_Sample]) -> None:
    tall, odd, crowded = [], [], []
    for one in samples:
        width, height = one.facts.width, one.facts.height
        if height > picture_rules.TALL * width and len(one.label.strip()) > 1:
            tall.append(one)
        elif width > picture_rules.WIDEST * height or height < picture_rules.LEAST_HEIGHT:
            odd.append(one)
        elif picture_rules.steps_needed(one.label.strip()) > _places(look, width, height):
            crowded.append(one)
    for check, what, remedy, found in (
        ("tall-crops", TALL, TURN, tall),
        ("crop-shape", ODD_SHAPE, CUT_BOX, odd),
        ("crowded-crops", CROWDED, CHECK_TEXT, crowded),
    ):
        if found:
            size = f"{found[0].facts.width} x {found[0].facts.height}"
            _add(look, check, what, remedy, found, size=size, example=found[0].label[:60])


def _places(look: Look, width: int, height: int) -> int:
    """Time steps that the network has for a line; PaddleOCR's have as many for every line, ours a wider picture."""
    fixed = 320 // _STRIDE
    own = -(-_HEIGHT * width // max(1, height)) // _STRIDE
    return fixed if look.lenient else max(fixed, own)


def _repeated(look: Look, samples: Sequence[_Sample]) -> set[tuple[Path, int]]:
    """Pictures that are byte for byte the same within one part; those with different texts contradict each other."""
    groups: dict[int, list[_Sample]] = {}
    for one in samples:
        groups.setdefault(one.facts.digest, []).append(one)
    again, against = [], []
    others: dict[tuple[Path, int], str] = {}
    for group in groups.values():
        texts = {one.label for one in group}
        if len(texts) > 1 and look.config.task == "rec":
            against += group
            for one in group:
                others[one.list, one.line] = next(text for text in sorted(texts) if text != one.label)
        elif len(group) > 1:
            again += group[1:]
    if again:
        _add(look, "repeated", REPEATED, "", again)
    if against:
        first = against[0]
        example = f"{first.label} / {others[first.list, first.line]}"
        # which of them is right nobody knows: nothing is left out by itself
        _add(look, "contradictions", CONTRADICTION, WHICH, against, drop="", beside=others, example=example)
    return {(one.list, one.line) for one in (*again, *against)}


def _shared(look: Look, train: Sequence[_Sample], val: Sequence[_Sample]) -> set[tuple[Path, int]]:
    digests = {one.facts.digest for one in val}
    found = [one for one in train if one.facts.digest in digests]
    if found:
        _add(look, "shared-pictures", SHARED, "", found, drop=OUT_OF_TRAINING)
    return {(one.list, one.line) for one in found}


def _near(look: Look, train: Sequence[_Sample], val: Sequence[_Sample], done: set[tuple[Path, int]]) -> None:
    """Pictures that look the same though their bytes differ: saved anew, cut twice, made lighter."""
    first_val = len(train)
    everything = [*train, *val]
    inside: dict[int, int] = {}
    across: dict[int, int] = {}
    against: dict[int, int] = {}
    for number, (one, other) in enumerate(picture_rules.near_pairs([sample.facts for sample in everything])):
        if number >= _MOST_PAIRS or look.cancelled():
            break
        first, second = everything[one], everything[other]
        if first.path == second.path or not look_same(first.path, second.path):
            continue
        if one < first_val <= other:
            across.setdefault(one, other)
        elif first.label != second.label and look.config.task == "rec":
            against.setdefault(one, other)
            against.setdefault(other, one)
        else:
            inside.setdefault(other, one)
    if against:
        places = [everything[place] for place in sorted(against)]
        place = min(against)
        example = f"{everything[place].label} / {everything[against[place]].label}"
        beside = {_key(everything[place]): everything[other].label for place, other in against.items()}
        _add(look, "contradictions", CONTRADICTION, WHICH, places, drop="", beside=beside, example=example)
    shared = [place for place in across if (everything[place].list, everything[place].line) not in done]
    if len(shared) > len(val) * _NEAR_SHARE:
        beside = {_key(everything[place]): everything[across[place]].name for place in shared}
        places = [everything[place] for place in sorted(shared)]
        _add(look, "shared-pictures", SHARED, "", places, drop=OUT_OF_TRAINING, beside=beside)
    twins = [place for place in inside if (everything[place].list, everything[place].line) not in done]
    if len(twins) > len(everything) * _NEAR_SHARE:
        places = [everything[place] for place in sorted(twins)]
        example = f"{places[0].name} / {everything[inside[min(twins)]].name}"
        beside = {_key(everything[place]): everything[inside[place]].name for place in twins}
        _add(look, "near-duplicates", NEAR, "", places, beside=beside, example=example)


def _key(sample: _Sample) -> tuple[Path, int]:
    return sample.list, sample.line


def _pages(look: Look, train: Sequence[_Sample], val: Sequence[_Sample]) -> None:
    rec = look.config.task == "rec"
    pages = picture_rules.same_pages([one.name for one in train], [one.name for one in val]) if rec else set()
    found = [one for one in train if picture_rules.page_of(one.name) in pages]
    found = found or list(_strays(train, rec=rec))
    if found:
        example = picture_rules.page_of(found[0].name) or found[0].name
        _add(look, "shared-pages", SHARED_PAGES, SPLIT_BY_PAGE, found, drop=OUT_OF_TRAINING, example=example)


def _strays(train: Sequence[_Sample], *, rec: bool) -> Iterator[_Sample]:
    """Training samples of pages that the dataset's own `split.json` puts into another part."""
    parts: dict[Path, dict[str, str]] = {}
    for one in train:
        if one.list not in parts:
            # <dataset>/rec/train.txt
            parts[one.list] = _part_of_pages(one.list.parent.parent)
        name = one.name.rpartition("/")[2]
        page = picture_rules.page_of(one.name) if rec else name.rpartition(".")[0]
        if parts[one.list].get(page, "train") != "train":
            yield one


def _part_of_pages(dataset: Path) -> dict[str, str]:
    """Page, as crops are named after it, to its part; empty if the dataset does not say, or names pages twice."""
    try:
        told = read_split(dataset).get("parts")
    except StudioError:
        return {}
    found: dict[str, str] = {}
    for part, keys in told.items() if isinstance(told, dict) else ():
        for key in keys if isinstance(keys, list) else ():
            page = str(key).rpartition("/")[2].rpartition(".")[0]
            if found.setdefault(page, part) != part:
                return {}
    return found


def _unlisted(look: Look) -> None:
    """Pictures beside those that the lists name."""
    listed: dict[Path, set[str]] = {}
    broken = ""
    for seen in all_lists(look):
        for rule in (rules.NO_TAB, rules.NOT_UTF8, rules.BACKSLASHES):
            # named, though not in a way that can be read
            broken += "\n".join(text for _, text in seen.tally.everywhere.get(rule, ()))
        named: dict[str, set[str]] = {}
        for row in seen.rows:
            for name in row.names:
                place, _, file = name.rpartition("/")
                named.setdefault(place, set()).add(file)
        for place, files in named.items():
            listed.setdefault(seen.data_dir / place, set()).update(files)
    for folder, names in listed.items():
        try:
            with os.scandir(folder) as entries:
                there = {entry.name for entry in entries if is_image_name(entry.name)}
        except OSError:
            continue
        rest = sorted(name for name in there - names if name not in broken)
        # pages beside the crops of some of them are no rest of a training set
        if names and len(names & there) > len(there) // 2 and len(rest) > len(there) * _UNLISTED_SHARE:
            values: dict[str, Any] = {"folder": folder, "count": len(rest), "example": ", ".join(rest[:3])}
            places = tuple(Place(str(folder), 0, name, str(folder / name)) for name in rest)
            look.add("warning", "unlisted", UNLISTED, LIST_THEM, places=places, **values)
