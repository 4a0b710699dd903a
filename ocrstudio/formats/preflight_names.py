"""Names in a config that a checkout's code must have: transforms and the algorithm."""

from __future__ import annotations

import re
from pathlib import Path

from ocrstudio.core.errors import QT_TRANSLATE_NOOP
from ocrstudio.core.findings import Finding
from ocrstudio.formats.checkout import Checkout
from ocrstudio.formats.config import TrainConfig

_DEFINED = re.compile(r"^(?:class|def)\s+(\w+)", re.MULTILINE)
_QUOTED = re.compile(r"""["']([\w.+-]+)["']""")

UNKNOWN_TRANSFORM = QT_TRANSLATE_NOOP("Errors", "{file}, line {line}: the checkout knows no transform {name}.")
UNKNOWN_ALGORITHM = QT_TRANSLATE_NOOP("Errors", "{file}, line {line}: the checkout knows no algorithm {name}.")
CORRECT_NAME = QT_TRANSLATE_NOOP("Errors", "Correct the name, or take a config of this checkout.")


def name_findings(config: TrainConfig, checkout: Checkout) -> list[Finding]:
    """Names that the checkout's code does not have; PaddleOCR ends with a bare NameError or AssertionError for them.

    Args:
        config: The config.
        checkout: Its sources are searched, never run.
    """
    found = []
    sources = [_text(path) for path in sorted((checkout.path / "ppocr" / "data" / "imaug").rglob("*.py"))]
    known = {name for text in sources for name in _DEFINED.findall(text)}
    for section in ("Train", "Eval") if known else ():
        key = f"{section}.dataset.transforms"
        transforms = config.get(key)
        for number, transform in enumerate(transforms if isinstance(transforms, list) else []):
            for name in transform if isinstance(transform, dict) else [str(transform)]:
                if name not in known:
                    found.append(_finding(config, UNKNOWN_TRANSFORM, f"{key}.{number}.{name}", name))
    algorithms = set(_QUOTED.findall(_text(checkout.path / "tools" / "program.py")))
    algorithm = config.get("Architecture.algorithm")
    if algorithms and isinstance(algorithm, str) and algorithm not in algorithms:
        found.append(_finding(config, UNKNOWN_ALGORITHM, "Architecture.algorithm", algorithm))
    return found


def _finding(config: TrainConfig, what: str, key: str, name: str) -> Finding:
    place = {"file": config.source, "line": config.line_of(key), "name": name}
    return Finding("fatal", what, CORRECT_NAME, place, "names")


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
