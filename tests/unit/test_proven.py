"""The proven versions: one place says them to people, and the package asks pip for the same."""

import tomllib
from pathlib import Path

from ocrstudio.core import proven

PROJECT = Path(__file__).parents[2] / "pyproject.toml"


def test_the_package_asks_for_what_the_messages_advise():
    project = tomllib.loads(PROJECT.read_text(encoding="utf-8"))["project"]
    assert proven.WHEEL in project["optional-dependencies"]["cpu"]
    rapidocr = next(one for one in project["dependencies"] if one.startswith("rapidocr"))
    assert f'"{rapidocr}"' in proven.RAPIDOCR_COMMAND
