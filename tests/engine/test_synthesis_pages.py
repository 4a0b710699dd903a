"""Synthetic pages: boxes that hold the ink exactly, projects and lists that open, never in validation or test."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest

from ocrstudio.core import synthesis_pages
from ocrstudio.core.errors import DatasetError
from ocrstudio.core.page import Box, Page, PageState
from ocrstudio.core.split_plan import SplitOptions
from ocrstudio.core.synthesis import PRESETS, Recipe
from ocrstudio.core.synthesis_pages import LAYOUTS, PAGE_LOOKS, PageWishes
from ocrstudio.core.synthesis_texts import LONGEST, Listed, Several, Template, Words
from ocrstudio.engine.fonts import program_fonts
from ocrstudio.engine.synthesis import run
from ocrstudio.engine.synthesis.labels import read_labels
from ocrstudio.engine.synthesis.line import NO_FONT, LineMaker
from ocrstudio.engine.synthesis.pages import PageMaker, paper_of_page
from ocrstudio.engine.synthesis.setting import faces_of
from ocrstudio.formats.crops import crop_box, read_image
from ocrstudio.formats.dataset_plan import options_of, plan_split
from ocrstudio.formats.dataset_sources import close_sources, open_sources
from ocrstudio.formats.dataset_writing import write_split
from ocrstudio.formats.det_list import read_det_list
from ocrstudio.formats.rec_list import read_rec_list
from ocrstudio.formats.store import ProjectStore
from ocrstudio.formats.synthetic import is_synthetic, read_synthetic

SOURCE = Several(
    (Words.of(["合同", "编号", "Ⅻ", "total", "amount", "due", "日期", "gypsum", "No."]), Template.of("[0-9]{3,6}"))
)
# How far ink is from its ground, grey levels; less than any contrast that is written with.
INK = 45


def maker(count=3, source=SOURCE, papers=(), **wishes) -> PageMaker:
    wishes = {"page": PageWishes(), **wishes}
    return PageMaker(LineMaker(Recipe(count, **wishes), source, faces_of(program_fonts(), source.characters())), papers)


def quiet(_done: int, _total: int) -> None:
    """Nobody listens."""


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def plain(monkeypatch):
    """Every preset on ground of one colour, with the layout that is asked for."""

    def choose(preset: str, layout: str) -> None:
        monkeypatch.setitem(PRESETS, preset, replace(PRESETS[preset], backgrounds=("plain",)))
        monkeypatch.setitem(synthesis_pages.PAGE_LOOKS, preset, replace(PAGE_LOOKS[preset], layouts=(layout,)))

    return choose


@pytest.mark.parametrize("layout", [*LAYOUTS, "down"])
@pytest.mark.parametrize(("preset", "skew"), [("document", 0.0), ("photo", 7.0)])
def test_boxes_hold_all_of_the_ink_and_nothing_else(plain, layout, preset, skew):
    plain(preset, layout)
    # wear 0: the picture is sharp, so that its ink can be measured; the page is turned all the same
    pages = maker(preset=preset, wear=0, seed=11, vertical=float(layout == "down"), page=PageWishes(skew=skew))
    boxes = 0
    for number in range(3):
        made = pages.make(number)
        grey = made.image.astype(np.float32).mean(axis=2)
        ink = np.abs(grey - np.median(grey)) > INK
        covered = np.zeros(grey.shape, np.uint8)
        for line in made.lines:
            quad = np.rint(line.quad).astype(np.int32)
            assert (quad >= 0).all()
            assert (quad <= (grey.shape[1], grey.shape[0])).all()
            assert cv2.contourArea(quad) > 30
            once = np.zeros_like(covered)
            cv2.fillPoly(once, [quad], 1)
            assert not (covered & once).any(), "boxes overlap"
            covered |= once
            # tight: ink comes near all four sides
            crop = crop_box((255 * ink[..., None].repeat(3, axis=2)).astype(np.uint8), Box(_points(quad), line.text))
            rows, columns = np.flatnonzero(crop.any(axis=(1, 2))), np.flatnonzero(crop.any(axis=(0, 2)))
            room = max(6, round(0.3 * min(crop.shape[:2])))
            assert rows[0] <= room
            assert rows[-1] >= crop.shape[0] - 1 - room
            assert columns[0] <= room
            assert columns[-1] >= crop.shape[1] - 1 - room
            boxes += 1
        if layout != "table":  # whose rules are outside of all boxes on purpose
            assert not (ink & (cv2.dilate(covered, np.ones((3, 3), np.uint8)) == 0)).any()
    assert boxes > 10


def _points(quad):
    return tuple((float(x), float(y)) for x, y in quad)


@pytest.mark.parametrize("preset", list(PRESETS))
def test_a_seed_gives_the_same_page_and_another_seed_another(preset):
    pages = maker(preset=preset, seed=5, wear=2)
    first, again = pages.make(1), pages.make(1)
    assert np.array_equal(first.image, again.image)
    assert [line.text for line in first.lines] == [line.text for line in again.lines]
    assert first.lines
    other = maker(preset=preset, seed=6).make(1)
    assert other.image.shape != first.image.shape or not np.array_equal(other.image, first.image)


def test_what_is_said_is_what_is_drawn_and_what_no_font_has_is_left_out():
    made = maker(source=Listed.of(["ab ba", "a㋿b"]), preset="document").make(0)
    assert made.lines
    assert set("".join(line.text for line in made.lines)) <= set("ab ")
    assert {one.reason for one in made.refused} == {NO_FONT}
    nothing = maker(source=Listed.of(["㋿"])).make(0)
    assert nothing.lines == ()


@pytest.fixture(scope="module")
def made_set(tmp_path_factory):
    folder = tmp_path_factory.mktemp("synthetic 页") / "set"
    told = run.write_set(maker(10, seed=3, preset="form"), folder, quiet, workers=1)
    return folder, told


def test_a_set_opens_as_project_and_as_lists_and_is_the_same_from_two_processes(made_set, tmp_path):
    folder, told = made_set
    run.write_set(maker(10, seed=3, preset="form"), tmp_path / "set", quiet, workers=2)
    assert files(folder) == files(tmp_path / "set")
    assert read_synthetic(folder).pages == told["pages"] == 10
    store = ProjectStore.open(folder / "pages")
    pages = [store.page(key) for key in store.keys]
    assert [page.state for page in pages] == [PageState.CHECKED] * 10
    assert sum(len(page.boxes) for page in pages) == told["boxes"]
    assert store.problems == []
    store.close()
    listed = read_det_list(read_synthetic(folder).page_list, folder)
    assert [sample.polygons for sample in listed] == [tuple(box.points for box in page.boxes) for page in pages]
    lines = read_rec_list(folder / "rec" / "train.txt", folder / "rec")
    assert len(lines) == told["lines"] == sum(len(box.text) <= LONGEST for page in pages for box in page.boxes)
    assert all(read_image(line.image).size for line in lines[:5])
    assert is_synthetic(folder / "pages" / "000000.jpg")


@pytest.mark.parametrize("part", ["", "pages"])
def test_pages_of_a_set_are_only_ever_trained_on_and_a_split_with_them_can_be_made_again(made_set, tmp_path, part):
    real = tmp_path / "real"
    real.mkdir()
    random = np.random.default_rng(0)
    for number in range(6):
        cv2.imwrite(str(real / f"{number}.png"), random.integers(0, 255, (40, 40, 3), np.uint8))
    store = ProjectStore.open(real)
    for key in store.keys:
        box = Box(((1, 1), (30, 1), (30, 12), (1, 12)), "a", touched=True)
        store.put(replace(store.page(key), boxes=(box,), state=PageState.CHECKED))
    store.save()
    store.close()
    sources = open_sources([real, made_set[0] / part])
    plan = plan_split(sources, SplitOptions("2:1:1", seed=1))
    assert sum(key.startswith("set/") for key in plan.parts["train"]) == 10
    assert not any(key.startswith("set/") for key in plan.parts["val"] + plan.parts["test"])
    out = write_split(plan, tmp_path / "out", quiet)
    close_sources(sources)
    listed = (out / "det" / "train.txt").read_text(encoding="utf-8")
    assert listed.count("\n") == len(plan.parts["train"])
    options, folders = options_of(out)
    again = open_sources(folders)
    assert plan_split(again, options).parts == plan.parts
    close_sources(again)


def test_paper_is_a_page_without_its_texts_and_only_of_checked_pages(tmp_path):
    image = np.full((300, 400, 3), (150, 200, 230), np.uint8)
    cv2.putText(image, "some text", (60, 120), cv2.FONT_HERSHEY_SIMPLEX, 1.5, (20, 20, 20), 3)
    corners = ((50.0, 75.0), (320.0, 75.0), (320.0, 135.0), (50.0, 135.0))
    paper = paper_of_page(image, Page("p/a.png", "a.png", (Box(corners, "some text"),), PageState.CHECKED))
    assert np.abs(paper.ground.astype(int) - (150, 200, 230)).max() < 25
    assert 40 < paper.size < 90
    assert paper_of_page(image, Page("p/a.png", "a.png", (), PageState.CHECKED)) is None
    project = tmp_path / "project"
    project.mkdir()
    for name in ("a.png", "b.png"):
        cv2.imwrite(str(project / name), image)
    store = ProjectStore.open(project)
    for key, state in zip(store.keys, (PageState.CHECKED, PageState.EDITED), strict=True):
        store.put(replace(store.page(key), boxes=(Box(corners, "some text", touched=True),), state=state))
    store.save()
    store.close()
    labels = read_labels(project, looks=4, papers=9)
    assert len(labels.papers) == 1
    made = maker(papers=tuple(labels.papers), seed=2, preset="screen")
    shapes = {made.make(number).image.shape for number in range(4)}
    assert paper.ground.shape in shapes


@pytest.mark.parametrize("wrong", [{"columns": (0, 2)}, {"columns": (1, 99)}, {"skew": -1.0}, {"skew": float("nan")}])
def test_pages_that_cannot_be_are_refused(wrong):
    with pytest.raises(DatasetError):
        PageWishes(**wrong)
