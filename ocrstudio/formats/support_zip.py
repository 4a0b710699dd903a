"""One file to send to somebody who is to help with a run: what they need to see, without secrets.

    report.txt      what failed, the program's version, the system
    train.log       the end of the log; metrics.jsonl, config.yml, manifest.json of the run
    doctor.json     what is installed, if it was looked at
    labels/ …       label lists and dictionary, pictures/ …: some of the pictures; only if they are asked for

Everything is scrubbed (`core.scrub`) before it is shown or written; nothing else goes in, no environment, no weights.
"""

from __future__ import annotations

import getpass
import io
import json
import os
import platform
import re
import socket
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ocrstudio import __version__
from ocrstudio.core.errors import QT_TRANSLATE_NOOP, StudioError
from ocrstudio.core.scrub import Scrubber
from ocrstudio.formats.atomic import write_atomic
from ocrstudio.formats.images import is_image_name
from ocrstudio.formats.run_failure import explain_log, explain_run
from ocrstudio.formats.run_folder import CONFIG_FILE, MANIFEST_FILE, METRICS_FILE, RunFolder
from ocrstudio.formats.run_state import CONSOLE_FILE
from ocrstudio.paths import STATE_DIR

LOG_BYTES, OTHER_LOG_BYTES, LIST_BYTES = 400_000, 60_000, 200_000
FIRST_RECORDS, LAST_RECORDS = 50, 2000
PICTURES, PICTURE_BYTES = 12, 4_000_000
_SECRET_VARIABLE = re.compile(r"KEY|TOKEN|SECRET|PASS|CREDENTIAL|AUTH|COOKIE", re.IGNORECASE)
# The manifest's note is the user's own, and nobody else's.
_NOT_SENT = ("note",)
_FOLDERS = ("Train.dataset.data_dir", "Eval.dataset.data_dir")
_LISTS = ("Train.dataset.label_file_list", "Eval.dataset.label_file_list", "Global.character_dict_path")

REPORT = QT_TRANSLATE_NOOP("Support", "What failed, versions, the system")
LOG = QT_TRANSLATE_NOOP("Support", "The end of the run's log; labels that it quotes are taken out")
PROCESS_LOG = QT_TRANSLATE_NOOP("Support", "The end of what one process of the training said")
CONFIG = QT_TRANSLATE_NOOP("Support", "The settings of the run")
MANIFEST = QT_TRANSLATE_NOOP("Support", "When and with what the run was made, without your note")
METRICS = QT_TRANSLATE_NOOP("Support", "The numbers of the run")
DOCTOR = QT_TRANSLATE_NOOP("Support", "What is installed: packages, driver, memory, disk")
LABELS = QT_TRANSLATE_NOOP("Support", "Your labels or dictionary, the beginning of the file")
PICTURE = QT_TRANSLATE_NOOP("Support", "One of your pictures")


@dataclass(frozen=True)
class Entry:
    """A file of the report, as it will be written.

    Attributes:
        name: In the zip, forward slashes.
        what: Template of the context "Support": what it is.
        data: Its content, scrubbed.
    """

    name: str
    what: str
    data: bytes

    @property
    def text(self) -> str:
        """Its content for people; empty for a picture."""
        return "" if self.what == PICTURE else self.data.decode("utf-8", errors="replace")


def scrubber_for(run: RunFolder) -> Scrubber:
    """Knows the places of a run, the users and names of this machine, and the keys in its environment."""
    places = {str(run.path): "<run>"}
    if run.path.parent.parent.name == STATE_DIR:
        places[str(run.path.parent.parent.parent)] = "<project>"
    engine = run.engine
    if engine.checkout is not None:
        places[str(engine.checkout)] = "<checkout>"
    for path in _paths(run, (*_LISTS, *_FOLDERS)):
        folder = path if path.suffix == "" else path.parent
        inside = any(Path(place) in (folder, *folder.parents) for place in places)
        if folder.is_absolute() and len(folder.parts) > 2 and not inside:
            places[str(folder)] = "<data>"
    return machine_scrubber(places)


def machine_scrubber(places: Mapping[str, str] | None = None) -> Scrubber:
    """Knows the users and names of this machine and the keys in its environment.

    Args:
        places: Further folders and what stands in their place.
    """
    secrets = [value for name, value in os.environ.items() if _SECRET_VARIABLE.search(name) and not _is_path(value)]
    users = [os.environ.get(name, "") for name in ("USER", "USERNAME", "LOGNAME", "SUDO_USER")]
    users.append(Path.home().name)
    try:
        users.append(getpass.getuser())
    except (KeyError, OSError):
        # nobody has this number's name
        users.append("")
    hosts = [platform.node(), socket.gethostname(), platform.node().split(".")[0], os.environ.get("COMPUTERNAME", "")]
    return Scrubber({**(places or {}), str(Path.home()): "~"}, secrets, users, hosts)


def _is_path(value: str) -> bool:
    return value.startswith(("/", "~", ".")) or value[1:3] in (":\\", ":/")


def collect(
    run: RunFolder,
    *,
    installed: Mapping[str, Any] | None = None,
    labels: bool = False,
    pictures: bool = False,
) -> list[Entry]:
    """What a report on a run consists of. Reads files; writes nothing.

    Args:
        run: The run.
        installed: What a look at the machine found, as JSON can say it.
        labels: Whether label lists and the dictionary go along.
        pictures: Whether some pictures go along.

    Returns:
        The files, the most telling first; what cannot be read is left out.
    """
    scrub = scrubber_for(run)
    entries = [*_logs(run, scrub), *_files(run, scrub)]
    if installed is not None:
        text = json.dumps(installed, ensure_ascii=False, indent=1, default=str)
        entries.append(_entry("doctor.json", DOCTOR, text, scrub))
    if labels:
        entries.extend(_lists(run, scrub))
    if pictures:
        entries.extend(_pictures(run))
    return [_summary(run, entries, scrub), *entries]


def write_report(entries: Iterable[Entry], out: Path) -> None:
    """Writes the zip in one step.

    Raises:
        ProjectError: If it cannot be written; an earlier file of that name stays then.
    """
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for entry in entries:
            archive.writestr(entry.name, entry.data)
    write_atomic(out, buffer.getvalue())


def _entry(name: str, what: str, text: str, scrub: Scrubber, *, labels: bool = True) -> Entry:
    return Entry(name, what, scrub.text(text, labels=labels).encode("utf-8", errors="replace"))


def _summary(run: RunFolder, entries: list[Entry], scrub: Scrubber) -> Entry:
    lines = [
        f"OCR Studio {__version__}: report on a training run",
        f"Python {platform.python_version()}, {platform.system()} {platform.release()} {platform.machine()}",
        f"engine: {run.engine.kind}",
        "",
    ]
    try:
        cause = explain_run(run)
        found = explain_log(run.log_path) if run.log_path.is_file() else None
    except StudioError as error:
        cause, found = None, None
        lines.append(f"the log cannot be read: {error}")
    lines.append(f"failure: {cause.text() if cause is not None else 'none that is known'}")
    if found is not None:
        lines.append(f"last error in the log: {found.unknown or '-'}")
        lines += [f"warning: {warning.text()}" for warning in found.warnings]
        lines.append(f"training steps in the log: {found.steps}")
    lines += ["", "files:", *(f"  {entry.name} ({len(entry.data)} bytes): {entry.what}" for entry in entries)]
    return _entry("report.txt", REPORT, "\n".join(lines) + "\n", scrub)


def _logs(run: RunFolder, scrub: Scrubber) -> Iterator[Entry]:
    text = _tail(run.log_path, LOG_BYTES)
    if text:
        yield _entry("train.log", LOG, text, scrub)
    others = [run.path / CONSOLE_FILE, run.path / "output.log", *sorted((run.path / "workers").glob("workerlog.*"))]
    for path in others:
        text = _tail(path, OTHER_LOG_BYTES)
        if text:
            yield _entry(path.relative_to(run.path).as_posix(), PROCESS_LOG, text, scrub)


def _files(run: RunFolder, scrub: Scrubber) -> Iterator[Entry]:
    config = _head(run.config_path, LIST_BYTES)
    if config:
        yield _entry(CONFIG_FILE, CONFIG, config, scrub)
    manifest = {name: value for name, value in run.manifest.items() if name not in _NOT_SENT}
    if manifest:
        yield _entry(MANIFEST_FILE, MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1), scrub)
    try:
        records = run.records()
    except StudioError:
        records = []
    if len(records) > FIRST_RECORDS + LAST_RECORDS:
        records = records[:FIRST_RECORDS] + records[-LAST_RECORDS:]
    if records:
        lines = "".join(json.dumps(_plain(record), ensure_ascii=False, default=str) + "\n" for record in records)
        yield _entry(METRICS_FILE, METRICS, lines, scrub)


def _plain(record: Mapping[str, Any]) -> dict[str, Any]:
    """Numbers and words; lists may hold what was read from pictures."""
    return {name: value for name, value in record.items() if not isinstance(value, list)}


def _paths(run: RunFolder, keys: Iterable[str]) -> list[Path]:
    """Files that the config names."""
    try:
        config = run.config()
    except StudioError:
        return []
    found: list[Path] = []
    for key in keys:
        value = config.get(key)
        for name in value if isinstance(value, list) else [value]:
            if isinstance(name, str) and name:
                found.append((run.engine.checkout or Path()) / name)
    return found


def _lists(run: RunFolder, scrub: Scrubber) -> Iterator[Entry]:
    for number, path in enumerate(_paths(run, _LISTS), start=1):
        text = _head(path, LIST_BYTES)
        if text:
            yield _entry(f"labels/{number}-{path.name}", LABELS, text, scrub, labels=False)


def _pictures(run: RunFolder) -> Iterator[Entry]:
    """The first pictures of the training list; their names are not told."""
    folders = _paths(run, _FOLDERS[:1]) or [Path()]
    sent = 0
    for path in _paths(run, _LISTS[:1]):
        for line in _head(path, LIST_BYTES).splitlines():
            picture = folders[0] / line.partition("\t")[0].strip()
            if sent == PICTURES:
                return
            if not is_image_name(picture.name):
                continue
            try:
                data = picture.read_bytes()
            except OSError:
                continue
            if len(data) <= PICTURE_BYTES:
                sent += 1
                yield Entry(f"pictures/{sent:02d}{picture.suffix.lower()}", PICTURE, data)


def _head(path: Path, size: int) -> str:
    try:
        with path.open("rb") as file:
            data = file.read(size)
    except OSError:
        return ""
    whole = data if len(data) < size else data.rpartition(b"\n")[0] + b"\n"
    return whole.decode("utf-8", errors="replace")


def _tail(path: Path, size: int) -> str:
    try:
        with path.open("rb") as file:
            end = file.seek(0, 2)
            file.seek(max(0, end - size))
            data = file.read()
    except OSError:
        return ""
    if end > size:
        data = data.partition(b"\n")[2]
    return data.replace(b"\0", b"").decode("utf-8", errors="replace")
