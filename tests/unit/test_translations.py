"""Every text that a user can see is in the catalogues and translated."""

from __future__ import annotations

import ast
import importlib.util
import re
import shutil
import string
import xml.etree.ElementTree as ET
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]


def _tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("update", ROOT / "resources" / "translations" / "update.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


TOOL = _tool()
CALLS = ("tr", "translate", "QT_TRANSLATE_NOOP")


@pytest.fixture(params=TOOL.LANGUAGES)
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def _messages(path: Path) -> dict[tuple[str, str], ET.Element]:
    found = {}
    for context in ET.parse(path).getroot().iter("context"):
        name = context.findtext("name", "")
        for message in context.iter("message"):
            element = message.find("translation")
            assert element is not None
            found[name, message.findtext("source", "")] = element
    return found


def _literals_in_sources() -> set[str]:
    """Texts given to `tr`, `translate`, `QT_TRANSLATE_NOOP`: from the syntax tree, not by Qt's extractor."""
    texts = set()
    for path in (ROOT / "ocrstudio").rglob("*.py"):
        source = path.read_text(encoding="utf-8")
        if not any(f"{name}(" in source for name in CALLS):
            continue
        for node in ast.walk(ast.parse(source)):
            if not isinstance(node, ast.Call):
                continue
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name == "tr":
                wanted = node.args[:1]
            elif name in CALLS:
                wanted = node.args[1:2]
            else:
                continue
            texts.update(arg.value for arg in wanted if isinstance(arg, ast.Constant) and isinstance(arg.value, str))
    return texts


def test_the_catalogue_is_in_step_with_the_sources(language: str, tmp_path: Path) -> None:
    shutil.copy(TOOL.catalogue(language), TOOL.catalogue(language, tmp_path))
    fresh = TOOL.update(language, tmp_path)
    assert set(_messages(fresh)) == set(_messages(TOOL.catalogue(language)))


def test_the_extractor_misses_no_text(language: str) -> None:
    known = {source for _, source in _messages(TOOL.catalogue(language))}
    assert _literals_in_sources() - known - {""} == set()


def test_every_text_is_translated(language: str) -> None:
    missing = [
        key
        for key, element in _messages(TOOL.catalogue(language)).items()
        if element.get("type") == "unfinished" or not (element.text or "").strip()
    ]
    assert missing == []


def test_translations_keep_the_named_values(language: str) -> None:
    def names(text: str) -> set[str]:
        return {name for _, name, _, _ in string.Formatter().parse(text) if name}

    broken = [
        key
        for key, element in _messages(TOOL.catalogue(language)).items()
        if names(key[1]) != names(element.text or "")
    ]
    assert broken == []


def test_chinese_is_written_with_chinese_punctuation() -> None:
    half_width = re.compile(r"[一-鿿][,;:?!](?:\s|$)")
    wrong = [e.text for e in _messages(TOOL.catalogue("zh_CN")).values() if half_width.search(e.text or "")]
    assert wrong == []
