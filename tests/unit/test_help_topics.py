"""The help's texts: the same in every language, and every link, picture, mark and term leads somewhere."""

from __future__ import annotations

import importlib
import re

import pytest

from ocrstudio.ui import actions as specs
from ocrstudio.ui.help import topics
from ocrstudio.ui.i18n import LANGUAGES, catalogue_path, read_catalogue
from ocrstudio.ui.pages.train.number_tiles import TERMS

LINK = re.compile(r"(!?)\[[^\]\[]*\]\(([^)]*)\)")
PAGES = {spec.id.removeprefix("show").lower() for spec in specs.PAGES}
LIMIT_BYTES = 1_000_000


def _sections(language: str, name: str) -> list[topics.Section]:
    return topics.sections(name, topics.read_topic(language, name))


def _commands() -> set[str]:
    tables = [
        specs,
        *(importlib.import_module(f"ocrstudio.ui.pages.{p}.actions") for p in ("annotate", "train", "test")),
    ]
    return {spec.id for table in tables for spec in table.ACTIONS}


@pytest.mark.parametrize("name", topics.TOPICS)
def test_languages_have_the_same_headings_in_the_same_order(name):
    headings = {lang: [(part.id, part.level) for part in _sections(lang, name)] for lang in LANGUAGES}
    assert headings["zh_CN"] == headings["en"]
    ids = [one for one, _ in headings["en"]]
    assert len(ids) == len(set(ids))
    assert headings["en"][0] == (name, 1)
    for language in LANGUAGES:
        written = re.findall(r"^#{1,3} ", topics.read_topic(language, name), re.MULTILINE)
        assert len(written) == len(ids), f"{language}/{name}: a heading has no id"


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_file_is_left_out(language):
    assert {file.stem for file in topics.folder(language).glob("*.md")} == set(topics.TOPICS)
    assert set(topics.TOPICS) >= PAGES


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", topics.TOPICS)
def test_every_link_and_picture_leads_somewhere(language, name):
    ids = {topic: {part.id for part in _sections(language, topic)} for topic in topics.TOPICS}
    wrong = []
    for is_picture, target in LINK.findall(topics.read_topic(language, name)):
        kind, _, rest = target.partition(":")
        topic, _, anchor = target.partition("#")
        topic = topic.removesuffix(topics.ENDING) or name
        if is_picture:
            good = (topics.pictures().parent / target).is_file()
        elif rest:
            # The window's own commands only: a page's are there after its first visit.
            good = rest in (PAGES if kind == "page" else {spec.id for spec in specs.ACTIONS})
        else:
            good = topic in ids and (not anchor or anchor in ids[topic])
        if not good:
            wrong.append(target)
    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_texts_and_commands_of_the_window_exist(language):
    catalogue = read_catalogue(catalogue_path("zh_CN"))
    texts, known = {text for _, text in catalogue}, _commands()
    for name in topics.TOPICS:
        markdown = topics.read_topic(language, name)
        for context, text in topics.WINDOW_TEXT.findall(markdown):
            assert (context, text) in catalogue if context else text in texts, f"{name}: [[{text}]]"
        assert {found[1] for found in topics.COMMAND.findall(markdown)} <= known, name


@pytest.mark.parametrize("language", LANGUAGES)
def test_emphasis_is_seen_as_such(language):
    """A closing sign between a full stop and a letter is none to Markdown."""
    for name in topics.TOPICS:
        unseen = re.findall(r"(\*+)([^*\n]+[。，：？！；、）”])\1\w", topics.read_topic(language, name))
        assert unseen == [], name


def test_terms_of_the_window_are_in_the_glossary():
    assert set(TERMS.values()) <= {part.id for part in _sections("en", "glossary")}


def test_pictures_are_used_and_small():
    used = {target for lang in LANGUAGES for name in topics.TOPICS for target in _pictures(lang, name)}
    files = list(topics.pictures().iterdir())
    assert {f"pictures/{file.name}" for file in files} == used
    assert sum(file.stat().st_size for file in files) < LIMIT_BYTES


def _pictures(language: str, name: str) -> list[str]:
    return [target for mark, target in LINK.findall(topics.read_topic(language, name)) if mark]


def test_search_puts_headings_first_and_shows_the_words():
    parts = [part for name in topics.TOPICS for part in _sections("en", name)]
    hits = topics.search(parts, "learning RATE")
    assert hits[0].section.id == "learning-rate"
    assert any("learning rate" in hit.around.casefold() for hit in hits)
    assert "](" not in "".join(hit.around for hit in hits)
    assert topics.search(parts, "") == topics.search(parts, "no such word anywhere") == []
