"""The proven versions: one place says them to people, and the package asks pip for the same."""

from pathlib import Path

from ocrstudio.core import proven

PROJECT = Path(__file__).parents[2] / "pyproject.toml"


def test_the_package_asks_for_what_the_messages_advise():
    asked = PROJECT.read_text(encoding="utf-8")
    advised = proven.RAPIDOCR_COMMAND.split('"')[1]
    assert advised.startswith("rapidocr>=")
    for requirement in (proven.WHEEL, advised):
        assert f'"{requirement}"' in asked
