"""What the flight check can put right. Nobody's file is changed: lists and dictionaries are written anew beside theirs.

The config then names the new files, so taking back the change of the config takes back the repair.
"""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from ocrstudio.core import line_fixes
from ocrstudio.core.checks import CheckResult
from ocrstudio.core.errors import QT_TRANSLATE_NOOP, DatasetError
from ocrstudio.core.findings import Cure
from ocrstudio.formats.atomic import read_bytes, write_atomic
from ocrstudio.formats.dictionary import write_dictionary
from ocrstudio.formats.free_place import free_place
from ocrstudio.formats.preflight import DICTIONARY_KEY, Look

MARK = ".repaired"
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_NUMBERED = re.compile(r"\.repaired(?:-\d+)?$")
# Pictures are looked for below the lists' folders; a disk of millions of files is not searched.
_MOST_FILES = 500_000

NOTHING_LEFT = QT_TRANSLATE_NOOP("Errors", "{list}: after this repair no line would be left.")
OTHER_WAY = QT_TRANSLATE_NOOP("Errors", "Correct the list by hand, or choose another dataset.")


@dataclass
class Repair:
    """What was done, and what the config has to say from now on.

    Attributes:
        settings: Config key to its new value.
        removed: Config keys that go.
        written: The new files.
        changed: Lines that are different.
        left_out: Lines that are gone.
    """

    settings: dict[str, Any] = field(default_factory=dict)
    removed: list[str] = field(default_factory=list)
    written: list[Path] = field(default_factory=list)
    changed: int = 0
    left_out: int = 0


def curable(results: Sequence[CheckResult], ids: Collection[str]) -> list[Cure]:
    """The cures of some checks; all that the program can do at once if `ids` has "all".

    Args:
        results: Of the flight check.
        ids: Of checks.
    """
    return [
        finding.cure
        for result in results
        if result.check.id in ids or "all" in ids
        for finding in result.findings
        if finding.cure is not None and not finding.cure.command and finding.severity != "note"
    ]


def repair(look: Look, cures: Sequence[Cure]) -> Repair:
    """Does what some cures say.

    Args:
        look: Of the check that found them; the files must not have changed since.
        cures: See `curable`.

    Returns:
        What was written, and the settings that make the config use it; the config itself is not changed.

    Raises:
        StudioError: If a file cannot be read or written, or no line of a list would be left.
    """
    done = Repair()
    for cure in cures:
        for key, value in cure.settings.items():
            # each list asks for the length of its own longest text
            longest = key.endswith("max_text_length") and key in done.settings
            done.settings[key] = max(done.settings[key], value) if longest else value
        done.removed += cure.removed
    fixes = {cure.fix for cure in cures if cure.fix}
    if fixes - {line_fixes.DICTIONARY}:
        dropped: dict[str, set[int]] = {}
        for cure in cures:
            for file, lines in cure.lines.items():
                dropped.setdefault(file, set()).update(lines)
        _repair_lists(look, fixes, dropped, done)
    if line_fixes.DICTIONARY in fixes:
        _extend_dictionary(look, done)
    return done


def _repair_lists(look: Look, fixes: set[str], dropped: Mapping[str, set[int]], done: Repair) -> None:
    renamed: dict[str, str] = {}
    names: dict[Path, dict[str, Path]] = {}
    for section in ("Train", "Eval"):
        key = f"{section}.dataset.label_file_list"
        # another cure may have taken a list out
        named = done.settings.get(key, look.config.get(key))
        lists = [named] if isinstance(named, str) else list(named or [])
        for place, one in enumerate(lists):
            if one in renamed:
                lists[place] = renamed[one]
                continue
            file = look.path(one)
            folder = look.path(str(look.config.get(f"{section}.dataset.data_dir") or "."))
            content = _repaired(file, folder, fixes, dropped.get(str(file), set()), names, done)
            if content is None:
                continue
            target = free_name(file)
            write_atomic(target, content)
            done.written.append(target)
            lists[place] = renamed[one] = PurePosixPath(one.replace("\\", "/")).with_name(target.name).as_posix()
        if lists != ([named] if isinstance(named, str) else named):
            done.settings[key] = lists


def _repaired(
    file: Path, folder: Path, fixes: set[str], dropped: set[int], names: dict[Path, dict[str, Path]], done: Repair
) -> bytes | None:
    """The content of a list after the fixes; None if it needs none."""
    before = read_bytes(file)
    data = before
    if line_fixes.PLAIN in fixes:
        if data.startswith(_UTF16):
            data = data.decode("utf-16", errors="replace").encode("utf-8")
        data = data.removeprefix(b"\xef\xbb\xbf")
    kept: list[bytes] = []
    changed = left_out = 0
    lines = data.split(b"\n")
    if lines and not lines[-1]:
        lines.pop()
    for number, line in enumerate(lines, start=1):
        mended = None if number in dropped else _mended(line, folder, fixes, names)
        if mended is None:
            left_out += 1
            continue
        changed += mended != line
        kept.append(mended)
    after = b"".join(line + b"\n" for line in kept)
    if after == before:
        return None
    if not any(line.strip() for line in kept):
        raise DatasetError(NOTHING_LEFT, OTHER_WAY, list=file)
    done.changed += changed
    done.left_out += left_out
    return after


def _mended(line: bytes, folder: Path, fixes: set[str], names: dict[Path, dict[str, Path]]) -> bytes | None:
    """A line after the fixes; None if it is to be left out."""
    if line_fixes.PLAIN in fixes:
        if not line.strip():
            return None
        plain = line_fixes.plain_text(line)
        line = line if plain is None else plain
    try:
        text = line.decode("utf-8")
    except UnicodeDecodeError:
        return line
    if line_fixes.TAB in fixes:
        tabbed = line_fixes.with_tab(text)
        if tabbed is None:
            return None
        text = tabbed
    if line_fixes.SLASHES in fixes:
        text = line_fixes.with_slashes(text)
    if line_fixes.PATHS in fixes and text.strip():
        found = _with_found_picture(text, folder, names)
        if found is None:
            return None
        text = found
    for name, change in line_fixes.TEXT_FIXES.items():
        if name in fixes:
            text = line_fixes.with_text(text, change)
    return text.encode("utf-8")


def _with_found_picture(text: str, folder: Path, names: dict[Path, dict[str, Path]]) -> str | None:
    """The line with the picture's path corrected, if the picture lies somewhere else below the folder; None if not."""
    image, tab, label = text.partition("\t")
    if not tab or image.startswith("[") or (folder / image).is_file():
        return text
    known = names.get(folder)
    if known is None:
        known = names[folder] = _files_by_name(folder)
    found = known.get(re.split(r"[\\/]", image)[-1])
    if found is None:
        return None
    return f"{found.relative_to(folder).as_posix()}{tab}{label}"


def _files_by_name(folder: Path) -> dict[str, Path]:
    """Files below a folder by their name; names that several have are left out: nobody knows which is meant."""
    found: dict[str, Path] = {}
    twice: set[str] = set()
    seen = 0
    for place, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in files:
            twice.update({name} & found.keys())
            found[name] = Path(place) / name
        seen += len(files)
        if seen > _MOST_FILES:
            return {}
    return {name: path for name, path in found.items() if name not in twice}


def _extend_dictionary(look: Look, done: Repair) -> None:
    """The dictionary in use and the characters that it lacks, the commonest first, in a new file beside the lists."""
    if look.charset is None:
        return
    lacking: dict[str, int] = {}
    for section in ("Train", "Eval"):
        for seen in look.lists.get(section, ()):
            for character, count in seen.tally.unknown.items():
                lacking[character] = lacking.get(character, 0) + count
    if " " in lacking:
        done.settings["Global.use_space_char"] = True
    new = sorted((one for one in lacking if one != " " and one.isprintable()), key=lambda one: (-lacking[one], one))
    if not new:
        return
    named = look.config.get(DICTIONARY_KEY)
    home = look.lists["Train"][0].file.parent if look.lists.get("Train") else look.path(str(named)).parent
    stem = Path(str(named)).stem if named else "dict"
    target = free_name(home / f"{stem}.txt")
    write_dictionary(target, [*look.charset.characters, *new])
    done.written.append(target)
    done.settings[DICTIONARY_KEY] = target.as_posix()


def free_name(file: Path) -> Path:
    """A name beside a file that nobody has: `train.repaired.txt`, then `train.repaired-2.txt`."""
    stem = _NUMBERED.sub("", file.stem)
    return free_place(file.with_name(f"{stem}{MARK}{file.suffix or '.txt'}"), "-{}")
