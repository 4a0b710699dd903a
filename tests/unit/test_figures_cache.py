"""The figures of pages, kept from one session to the next: the same again, or counted anew."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from small_projects import box, labelled, make_folder

from ocrstudio.core.page import PageState
from ocrstudio.formats import figures_cache
from ocrstudio.formats.figures_cache import FiguresCache, cache_file
from ocrstudio.formats.store import ProjectStore
from ocrstudio.services.page_counting import count_pages, source_of

TEXTS = [["Part Ⅻ", "###", " two  spaces "], ["合同\u200b", ""], [], ["long " * 9, "a\tb"]]


@pytest.fixture
def project(tmp_path):
    folder = make_folder(tmp_path, ("p0.png", "p1.png", "p2.png", "p3.png"))
    labelled(folder, TEXTS)
    return folder


def count(project, *, parses=None):
    """Counts a project as a session does, and keeps the figures; `parses` gets the keys that were parsed."""
    store = ProjectStore.open(project)
    cache = FiguresCache(cache_file(project))
    cache.load()
    sources = [source_of(store, key) for key in store.keys]
    if parses is not None:
        sources = [replace(one, load=lambda one=one: parses.append(one.key) or one.load()) for one in sources]
    found = count_pages(sources, cache)
    cache.save(store.keys)
    store.close()
    return found


def test_a_second_session_has_the_same_figures_without_looking_at_a_label_or_picture(project, monkeypatch):
    first = count(project)
    assert cache_file(project).parent.name == ".ocrstudio"
    parses = []
    monkeypatch.setattr("ocrstudio.formats.images.image_size", lambda path: pytest.fail("looked at"))
    again = count(project, parses=parses)
    # a page without boxes is found empty again
    assert parses == ["pages/p2.png"]
    assert again == first
    assert first.totals.readable == 5
    assert [key for key, page in again.pages.items() if page is not None and page.usable] == [
        "pages/p0.png",
        "pages/p1.png",
        "pages/p3.png",
    ]


def test_what_changed_is_counted_again_and_what_is_gone_goes(project):
    count(project)
    store = ProjectStore.open(project)
    store.put(replace(store.page("pages/p1.png"), boxes=(box("new"),), state=PageState.EDITED))
    # edits that are in memory only are counted, but not kept
    source = source_of(store, "pages/p1.png")
    assert source.origin is None
    cache = FiguresCache(cache_file(project))
    cache.load()
    assert count_pages([source], cache).totals.characters["n"] == 1
    store.save()
    store.close()
    (project / "p0.png").unlink()
    (project / "p3.png").write_bytes(b"no picture")
    parses = []
    again = count(project, parses=parses)
    assert "pages/p1.png" in parses
    assert not again.pages["pages/p3.png"].usable
    assert not again.pages["pages/p1.png"].usable
    kept = cache_file(project).read_text(encoding="utf-8")
    assert "p0.png" not in kept
    assert "new" in kept


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: b"another version\n" + data,
        lambda data: data.replace(b'"t":[', b'"t":[7,'),
        lambda data: data.replace(b'"b":"', b'"b":"////'),
        lambda data: data.replace(b'"n":{', b'"n":{"z":"many",'),
        lambda data: data.replace(b'"l":[', b'"l":[99,'),
        lambda data: data.replace(b'{"t"', b'[{"t"'),
        lambda data: data[: len(data) // 2],
        lambda data: data.replace(b"\t", b" "),
        lambda data: b"\xff\xfe\x00" * 100,
        lambda data: b"",
        lambda data: data.replace(b'"r":', b'"r":1e999,"x":'),
        lambda data: data.replace(b'"o":{', b'"o":{"empty":[-5],'),
    ],
)
def test_a_broken_cache_only_costs_time(project, spoil):
    first = count(project)
    file = cache_file(project)
    file.write_bytes(spoil(file.read_bytes()))
    assert count(project) == first
    # and it is whole again
    parses = []
    assert count(project, parses=parses) == first
    assert parses == ["pages/p2.png"]


def test_a_folder_that_nothing_was_written_to_is_left_alone(tmp_path, monkeypatch):
    monkeypatch.setattr(figures_cache.paths, "user_cache", lambda: tmp_path / "cache")
    points = [[1, 2], [31, 2], [31, 12], [1, 12]]
    label = json.dumps([{"transcription": "a", "points": points, "difficult": False}])
    folder = make_folder(tmp_path, ("p1.png",), label=f"pages/p1.png\t{label}\n")
    before = sorted(folder.iterdir())
    first = count(folder)
    assert sorted(folder.iterdir()) == before
    parses = []
    assert count(folder, parses=parses) == first
    assert parses == []


def test_a_cache_that_cannot_be_written_is_no_failure(project):
    count(project)
    cache_file(project).unlink()
    cache_file(project).mkdir()
    assert count(project).totals.readable == 5
