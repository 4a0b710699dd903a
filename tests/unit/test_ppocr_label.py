"""PPOCRLabel's lines, good and hostile."""

import json
from dataclasses import replace

import pytest
from small_projects import make_folder

from ocrstudio.core.page import Box
from ocrstudio.formats import ppocr_label
from ocrstudio.formats.store import ProjectStore


def payload(*boxes):
    return json.dumps(list(boxes), ensure_ascii=False).encode()


SQUARE = [[1, 2], [31, 2], [31, 12], [1, 12]]


def test_every_byte_of_a_file_is_in_some_line():
    data = b"\xef\xbb\xbfa/1.png\t[]\r\n\n\xff\xfe\tx\na/2.png\t[{}]\n no tab\na/3.png\t[]"
    lines = ppocr_label.read_lines(data)
    assert b"".join(line.raw for line in lines) == data
    assert [line.key for line in lines] == ["a/1.png", None, None, "a/2.png", None, "a/3.png"]


@pytest.mark.parametrize(
    ("raw", "fault"),
    [
        (b"a/1.png [{}]\n", ppocr_label.NO_TAB),
        (b"\n", ppocr_label.EMPTY),
        (b"   \r\n", ppocr_label.EMPTY),
        (b"a/1.png\t[{\n", ppocr_label.NOT_A_LIST),
        (b"a/1.png\t{}\n", ppocr_label.NOT_A_LIST),
        (b"a/1.png\t\n", ppocr_label.NOT_A_LIST),
        ('a/1.png\t["发票"]\n'.encode("gbk"), ppocr_label.NOT_UTF8),
        ("发票.png\t[]\n".encode("gbk"), ppocr_label.NOT_UTF8),
    ],
)
def test_a_line_that_is_broken_at_sight_says_how(raw, fault):
    assert ppocr_label.read_lines(raw)[0].fault == fault


def test_only_line_feeds_end_a_line():
    data = 'a/1.png\t["x\u2028y\x85z\x0c"]\n'.encode()
    assert len(ppocr_label.read_lines(data)) == 1


def test_backslashes_in_keys_become_slashes():
    assert ppocr_label.read_lines(b"a\\1.png\t[]\n")[0].key == "a/1.png"


def test_boxes_are_read_with_their_unknown_keys():
    boxes = ppocr_label.parse_boxes(
        payload({"transcription": "true null", "points": SQUARE, "difficult": True, "key_cls": "date", "id": 7}),
        touched=True,
    )
    assert boxes[0].text == "true null"
    assert boxes[0].points == ((1, 2), (31, 2), (31, 12), (1, 12))
    assert boxes[0].difficult
    assert boxes[0].touched
    assert dict(boxes[0].extra) == {"key_cls": "date", "id": 7}


def test_two_points_are_the_corners_of_a_rectangle():
    boxes = ppocr_label.parse_boxes(payload({"transcription": "a", "points": [[1, 2], [3, 4]]}), touched=False)
    assert boxes[0].points == ((1, 2), (3, 2), (3, 4), (1, 4))


@pytest.mark.parametrize(("item", "text"), [({"transcription": None}, ""), ({}, ""), ({"transcription": 12}, "12")])
def test_a_transcription_that_is_no_text_is_taken_as_well_as_it_can_be(item, text):
    assert ppocr_label.parse_boxes(payload({"points": SQUARE, **item}), touched=False)[0].text == text


@pytest.mark.parametrize(
    "text",
    [
        '[{"transcription": "a"}]',
        '[{"transcription": "a", "points": []}]',
        '[{"transcription": "a", "points": [[1, 2]]}]',
        '[{"transcription": "a", "points": [[1, 2], [3, "x"], [1, 1]]}]',
        '[{"transcription": "a", "points": [[1, 2], [3, NaN], [1, 1]]}]',
        '[{"transcription": "a", "points": [[1, 2], [3, 1e999], [1, 1]]}]',
        '[{"transcription": "a", "points": [[1, 2], [3, true], [1, 1]]}]',
        '[{"transcription": ["a"], "points": [[1, 2], [3, 4], [1, 1]]}]',
        "[1]",
        '{"a": 1}',
        "[__import__('os').system('echo')]",
        "[" * 100_000 + "]" * 100_000,
        "[" + "9" * 5000 + "]",
        '[{"transcription": "a", "points": [[1, 2], [3, ' + "9" * 4000 + "], [1, 1]]}]",
        "",
    ],
)
def test_a_line_that_is_no_list_of_boxes_is_refused_and_never_executed(text):
    with pytest.raises(ppocr_label.LineError):
        ppocr_label.parse_boxes(text.encode(), touched=False)


def test_boxes_are_counted_without_parsing():
    boxes = [
        {"transcription": '"points": [1]', "points": SQUARE},
        {"transcription": "points", "points": SQUARE, "difficult": False},
    ]
    assert ppocr_label.count_boxes(payload(*boxes)) == 2
    assert ppocr_label.count_boxes(payload()) == 0


def test_a_line_is_written_as_ppocrlabel_writes_it():
    box = Box(((19.9, 10.9), (50, 10), (50, 40.5), (-0.9, 40)), 'Ⅻ\t"x"', extra={"key_cls": "None", "linking": []})
    assert ppocr_label.made_line("页/i 0.jpg", ppocr_label.format_payload([box]), b"\n", 1).raw.decode() == (
        '页/i 0.jpg\t[{"transcription": "Ⅻ\\t\\"x\\"", "points": [[19, 10], [50, 10], [50, 40], [0, 40]], '
        '"difficult": false, "key_cls": "None", "linking": []}]\n'
    )


def test_half_a_surrogate_pair_survives_a_round_trip():
    written = ppocr_label.format_payload([Box(((0, 0), (1, 0), (1, 1)), "\ud83d")])
    assert ppocr_label.parse_boxes(written, touched=False)[0].text == "\ud83d"


def test_every_line_of_file_state_means_checked_whatever_its_number():
    lines = ppocr_label.read_states(b"\xef\xbb\xbfa/1.png\t1\r\na/2.png\t0\n\na/3.png\n")
    assert [line.key for line in lines] == ["a/1.png", "a/2.png", None, "a/3.png"]


def test_a_record_holds_everything_about_a_box():
    box = Box(((0.5, 1.25), (9, 1), (9, 5)), "a", score=0.25, touched=True, difficult=True, extra={"id": 3})
    again = ppocr_label.box_from_record(json.loads(json.dumps(ppocr_label.box_record(box))))
    assert (again.points, again.text, again.score, again.touched) == (box.points, box.text, box.score, box.touched)
    assert again.difficult
    assert dict(again.extra) == {"id": 3}


def test_records_are_the_same_whether_a_box_was_met_before_or_not():
    quad = ((0, 0), (9, 0), (9, 5))
    one, other = Box(quad, 'a "b"\n', score=0.5), Box(quad, "页", touched=True, extra={"id": 3})
    texts = ppocr_label.BoxTexts()
    for boxes in ([one, other], [other, one, one], [], [one, replace(other, text="c")]):
        assert json.loads(f"[{texts.of(boxes)}]") == [ppocr_label.box_record(box) for box in boxes]
    with pytest.raises(ValueError, match="Out of range"):
        texts.of([one, Box(((0, 0), (float("inf"), 0), (9, 5)))])


@pytest.mark.parametrize("record", [{}, {"points": [[1, 2], [3, 4], [5, 6]], "score": "high"}, {"points": "x"}])
def test_a_record_that_is_no_box_is_refused(record):
    with pytest.raises(ppocr_label.LineError):
        ppocr_label.box_from_record(record)


def test_a_number_that_is_none_in_an_unknown_key_becomes_null_and_the_page_stays_editable(tmp_path):
    told = '[{"transcription": "a", "points": [[1,2],[3,2],[3,4]], "difficult": false, "score": NaN, "x": [-Infinity]}]'
    folder = make_folder(tmp_path, label=f"pages/p1.png\t{told}\n")
    store = ProjectStore.open(folder)
    page = store.page("pages/p1.png")
    assert dict(page.boxes[0].extra) == {"score": None, "x": [None]}
    store.put(replace(page, boxes=(replace(page.boxes[0], text="b"),)))
    store.save()
    store.close()
    assert '"score": null' in (folder / "Label.txt").read_text()
