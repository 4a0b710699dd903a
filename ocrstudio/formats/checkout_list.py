"""The checkouts that the user has shown to the program, in the user's data folder."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from ocrstudio.core.errors import ProjectError
from ocrstudio.formats.atomic import make_folder, write_atomic
from ocrstudio.formats.checkout import Checkout, find_checkout
from ocrstudio.formats.json_object import json_object
from ocrstudio.formats.run_folder import PADDLEOCR, Engine
from ocrstudio.paths import user_data

LIST_FILE = "checkouts.json"


@dataclass(frozen=True)
class KnownCheckout:
    """One of them.

    Attributes:
        checkout: As it is now.
        python: Its interpreter; None if none was chosen yet.
    """

    checkout: Checkout
    python: Path | None = None

    @property
    def title(self) -> str:
        """What lists call it: "PaddleOCR 2.8.0 (PaddleOCR-2.8.0)"."""
        return f"PaddleOCR {self.checkout.version} ({self.checkout.path.name})"

    @property
    def engine(self) -> Engine:
        """For `RunFolder.create`."""
        return Engine(PADDLEOCR, self.checkout.path, self.python)


def known_checkouts() -> list[KnownCheckout]:
    """All that are still there, the one added last first. Reads a few small files of each."""
    found = []
    for entry in _read():
        try:
            checkout = find_checkout(Path(entry["path"]))
        except ProjectError:
            continue  # moved away or on a disk that is not there now; it comes back with the disk
        found.append(KnownCheckout(checkout, Path(entry["python"]) if entry.get("python") else None))
    return found


def remember(place: Path, python: Path | None = None) -> KnownCheckout:
    """Adds a checkout, or changes its interpreter.

    Args:
        place: The checkout, or anything inside it.
        python: Its interpreter; None keeps the one that was chosen.

    Raises:
        ProjectError: If there is no checkout, or the list cannot be written.
    """
    checkout = find_checkout(place)
    entries = _read()
    old = next((entry for entry in entries if entry["path"] == str(checkout.path)), {})
    chosen = str(python.absolute()) if python is not None else old.get("python", "")
    kept = [entry for entry in entries if entry["path"] != str(checkout.path)]
    _write([{"path": str(checkout.path), "python": chosen}, *kept])
    return KnownCheckout(checkout, Path(chosen) if chosen else None)


def forget(place: Path) -> None:
    """Takes a checkout off the list; its files stay. `ProjectError` if the list cannot be written."""
    gone = str(Path(place).expanduser().resolve())
    _write([entry for entry in _read() if entry["path"] != gone])


def _file() -> Path:
    return user_data() / LIST_FILE


def _read() -> list[dict[str, str]]:
    try:
        entries = (json_object(_file().read_bytes()) or {}).get("checkouts")
    except OSError:
        entries = None
    if not isinstance(entries, list):
        return []  # none yet, or broken: the checkouts themselves are unharmed
    return [
        {"path": entry["path"], "python": str(entry.get("python") or "")}
        for entry in entries
        if isinstance(entry, dict) and isinstance(entry.get("path"), str)
    ]


def _write(entries: list[dict[str, str]]) -> None:
    make_folder(_file().parent)
    text = json.dumps({"v": 1, "checkouts": entries}, ensure_ascii=False, indent=1)
    write_atomic(_file(), text + "\n")
