"""What leaks in a dataset that somebody divided: this program, PPOCRLabel's script, a person. Nothing is changed."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

from ocrstudio.core.errors import QT_TRANSLATE_NOOP, DatasetError
from ocrstudio.core.split import PARTS
from ocrstudio.core.split_leaks import Leaks, PartFiles, leaks_by_name
from ocrstudio.formats.atomic import read_bytes
from ocrstudio.formats.picture_facts import PictureStore

# Where the lists are looked for, by what they train: PaddleOCR's layout, then a folder of one kind alone.
_HOMES = {"det": ("det", "."), "rec": ("rec", ".")}


@dataclass(frozen=True)
class CheckedSplit:
    """What a divided dataset is like.

    Attributes:
        leaks: What is in several parts.
        problems: Lines of lists that could not be read: (list, line from 1, reason in English).
        missing: Pictures that the lists name and that are not there.
    """

    leaks: Leaks
    problems: tuple[tuple[Path, int, str], ...]
    missing: tuple[str, ...]


@dataclass(frozen=True)
class _Listed:
    name: str
    path: Path
    part: str


def check_split(
    dataset: Path,
    cache: Path | None = None,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> CheckedSplit:
    """Finds what leaks between the parts of a dataset.

    Args:
        dataset: The folder with `det/train.txt`, `rec/train.txt` and the like, or with `train.txt` itself.
        cache: Folder for what is known of pictures; None keeps nothing.
        progress: Called with (pictures looked at, pictures in all); may raise to stop.

    Raises:
        DatasetError: If there are no such lists.
        ProjectError: If a list cannot be read.
    """
    problems: list[tuple[Path, int, str]] = []
    listed: dict[str, list[_Listed]] = {"det": [], "rec": []}
    for kind in listed:
        for part in PARTS:
            file = _list_file(dataset, kind, part)
            if file is not None:
                listed[kind] += _read(file, kind, part, problems)
    if not any(listed.values()):
        raise DatasetError(
            QT_TRANSLATE_NOOP("Errors", "{folder} has no lists of a divided dataset (det/train.txt, rec/train.txt)."),
            QT_TRANSLATE_NOOP("Errors", "Choose the folder that holds det and rec."),
            folder=dataset,
        )
    names = {
        kind: {part: [one.name for one in found if one.part == part] for part in PARTS}
        for kind, found in listed.items()
    }
    leaks = leaks_by_name(PartFiles(names["det"], names["rec"]))
    same, missing = _same_pictures([*listed["det"], *listed["rec"]], PictureStore(cache), progress)
    return CheckedSplit(replace(leaks, same_pictures=tuple(same)), tuple(problems), tuple(missing))


def _list_file(dataset: Path, kind: str, part: str) -> Path | None:
    for home in _HOMES[kind]:
        file = dataset / home / f"{part}.txt"
        if file.is_file() and (home != "." or _is_kind(file, kind)):
            return file
    return None


def _is_kind(file: Path, kind: str) -> bool:
    """Whether a list that lies by itself is one of detection or of recognition, by its first line."""
    with file.open("rb") as opened:
        first = opened.readline(4096)
    return (first.partition(b"\t")[2].lstrip()[:2] in (b"[{", b"[]")) == (kind == "det")


def _read(file: Path, kind: str, part: str, problems: list[tuple[Path, int, str]]) -> list[_Listed]:
    found = []
    for number, raw in enumerate(read_bytes(file).split(b"\n"), start=1):
        if not raw.strip():
            continue
        try:
            line = raw.decode("utf-8-sig" if number == 1 else "utf-8")
        except UnicodeDecodeError:
            problems.append((file, number, "the line is not UTF-8 text"))
            continue
        name, tab, label = line.partition("\t")
        if not tab or not name.strip():
            problems.append((file, number, "there is no tab between picture and text"))
            continue
        if kind == "rec" and "\t" in label:
            problems.append((file, number, "there is more than one tab"))
        name = name.strip().replace("\\", "/")
        path = Path(name) if _is_absolute(name) else file.parent / name
        if _is_absolute(name) and not path.is_file():
            # PPOCRLabel's script writes absolute paths, which are others once the folder was moved
            path = file.parent / part / name.rpartition("/")[2]
        found.append(_Listed(name, path, part))
    return found


def _is_absolute(name: str) -> bool:
    return name.startswith("/") or name[1:3] == ":/"


def _same_pictures(
    listed: list[_Listed], pictures: PictureStore, progress: Callable[[int, int], None]
) -> tuple[list[tuple[str, str]], list[str]]:
    """Pairs of the same bytes in different parts, and what is not there."""
    pairs: list[tuple[str, str]] = []
    missing: list[str] = []
    first_of: dict[int, _Listed] = {}
    with ThreadPoolExecutor(max_workers=os.cpu_count() or 1) as pool:
        for done, (one, facts) in enumerate(
            zip(listed, pool.map(lambda each: pictures.look(each.path), listed), strict=True), start=1
        ):
            progress(done, len(listed))
            if facts.fault == "missing-pictures":
                missing.append(one.name)
                continue
            if facts.is_flat or facts.fault:
                continue
            first = first_of.setdefault(facts.digest, one)
            if first.part != one.part:
                pairs.append((f"{first.part}: {first.name}", f"{one.part}: {one.name}"))
    pictures.save()
    return pairs, missing
