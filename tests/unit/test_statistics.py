"""Figures of labels, against tables counted by hand."""

import json
from collections import Counter

from command_line import command_line
from small_projects import box, labelled, make_folder

from ocrstudio.core.page import Box, Page, PageState
from ocrstudio.core.statistics import (
    EDGES,
    ODDITIES,
    Statistics,
    line_size,
    lines_in_bar,
    lines_with,
    odd_lines,
    page_figures,
)


def rectangle(width, height, left=0.0, top=0.0):
    return ((left, top), (left + width, top), (left + width, top + height), (left, top + height))


def page(*boxes, key="p/a.png"):
    return Page(key, key.partition("/")[2], boxes, PageState.CHECKED)


def test_sizes_of_lines():
    assert line_size(rectangle(30.0, 10.0)) == (30, 10)
    # drawn from another corner, slanted by 3-4-5, and a polygon
    assert line_size(((30.0, 10.0), (0.0, 10.0), (0.0, 0.0), (30.0, 0.0))) == (30, 10)
    slanted = line_size(((0.0, 0.0), (40.0, 30.0), (34.0, 38.0), (-6.0, 8.0)))
    assert (round(slanted[0], 6), round(slanted[1], 6)) == (50, 10)
    assert line_size(((0.0, 0.0), (5.0, 0.0), (9.0, 0.0), (3.0, 0.0))) == (0, 0)


def test_bars_count_each_line_once():
    figures = page_figures(
        page(
            Box(rectangle(30.0, 10.0), "abc", score=0.95),  # 3 characters, aspect 3
            Box(rectangle(300.0, 10.0, top=20), "a" * 30, touched=True),  # aspect 30
            Box(rectangle(10.0, 40.0, top=40), "竖排文字", score=0.2),  # turned: 40 wide, 10 high
            Box(rectangle(30.0, 10.0, top=90), ""),
        )
    )
    bars = {name: [EDGES[name][bar] if bar != 255 else None for bar in values] for name, values in figures.bars.items()}
    assert bars == {
        "length": [2, 26, 4, None],
        "width": [0, 256, 32, 0],
        "height": [8, 8, 8, 8],
        "aspect": [2, 25, 4, 2],
        "score": [0.95, None, 0, None],
    }
    assert figures.odd == {"long": (1,), "turned": (2,), "empty": (3,)}
    assert figures.readable == 3


def test_oddities_and_their_repairs():
    texts = ["", "待识别", "###", " a  b", "a\u200bb", "e\u0301", "Ａ１", "fine"]
    figures = page_figures(page(*(Box(rectangle(50.0, 12.0, top=20.0 * n), text) for n, text in enumerate(texts))))
    assert figures.odd == {
        "empty": (0,),
        "placeholder": (1,),
        "ignored": (2,),
        "spaces": (3,),
        "invisible": (4,),
        "decomposed": (5,),
        "wide": (6,),
    }
    mended = {
        name: ODDITIES[name].rewrite(texts[rows[0]]) for name, rows in figures.odd.items() if ODDITIES[name].rewrite
    }
    assert mended == {"spaces": "a b", "invisible": "ab", "decomposed": "\u00e9", "wide": "A1"}
    twice = page_figures(page(box("x"), box("x"), box("y"), Box(rectangle(50.0, 4.0), "low")))
    assert twice.odd == {"twice": (1,), "small": (3,)}


def test_pages_come_and_go_and_leave_nothing():
    first = page_figures(page(box("ab a"), box("")))
    second = page_figures(page(box("b"), key="p/b.png"))
    statistics = Statistics()
    statistics.add(first)
    statistics.add(second)
    assert statistics.characters == Counter(a=2, b=2)
    assert (statistics.pages, statistics.boxes, statistics.readable) == (2, 3, 2)
    assert statistics.rare(3) == [("a", 2), ("b", 2)]
    statistics.add(first, -1)
    assert statistics.characters == Counter(b=1)
    assert sum(statistics.bars["length"]) == 1
    assert not statistics.odd["empty"]


def test_the_lines_behind_a_figure():
    pages = [page_figures(page(box("ab"), box("###"), box("b"))), page_figures(page(box("a b"), key="p/b.png"))]
    assert [(lines.key, row) for lines, row in lines_with(pages, "a")] == [("p/a.png", 0), ("p/b.png", 0)]
    assert [(lines.key, row) for lines, row in odd_lines(pages, "ignored")] == [("p/a.png", 1)]
    assert [(lines.key, row) for lines, row in lines_in_bar(pages, "length", 1)] == [("p/a.png", 0), ("p/b.png", 0)]


def test_the_command_says_the_same(tmp_path):
    folder = make_folder(tmp_path, ("a.png", "b.png"), folder="页 1")
    labelled(folder, [["Ⅻ ", ""], ["Ⅻ"]])
    done = command_line("stats", folder, "--json", "--look-alikes")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert (told["pages"], told["boxes"], told["lines"]) == (2, 3, 2)
    assert told["characters"] == {"Ⅻ": 2}
    assert told["odd"]["empty"] == {"count": 1, "lines": [["页 1/a.png", 2]]}
    assert told["odd"]["spaces"]["count"] == 1
    assert told["alike"] == [["页 1/a.png", "页 1/b.png"]]
