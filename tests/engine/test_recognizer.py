"""Reading pictures of every kind, and refusing what is none."""

from __future__ import annotations

import json
import queue
import threading
import time
from pathlib import Path

import numpy as np
import pytest
from lines import crop, render
from PIL import Image, ImageDraw, ImageFont

from ocrstudio import paths
from ocrstudio.core.errors import EngineError, FormatError, ProjectError, StudioError
from ocrstudio.core.page import Orientation
from ocrstudio.engine import recognize_child
from ocrstudio.engine.det.boxes import BoxRules, ResizeRules
from ocrstudio.engine.inference_yml import detection_yml, read_detection_rules
from ocrstudio.engine.picture_reading import read_picture
from ocrstudio.engine.recognizer import MIN_SCORE, PageReader, Region
from ocrstudio.formats import images
from ocrstudio.formats.bundle import write_card
from ocrstudio.formats.crops import read_image
from ocrstudio.protocol import messages

ORIENTATION = 0x0112


@pytest.fixture(scope="module")
def reader():
    return PageReader()


def page(width: int = 420, height: int = 240) -> Image.Image:
    """Two lines of text on a white page."""
    image = Image.new("RGB", (width, height), "white")
    font = ImageFont.truetype(str(paths.resources() / "fonts" / "samples" / "sans-a.ttf"), 34)
    draw = ImageDraw.Draw(image)
    draw.text((40, 40), "Hello 123", font=font, fill="black")
    draw.text((40, 140), "Second line", font=font, fill="black")
    return image


def test_both_lines_of_a_page_are_found_in_order_inside_the_picture(reader):
    lines = reader.read_page(np.ascontiguousarray(np.asarray(page())[:, :, ::-1]))

    assert [line.text for line in lines] == ["Hello 123", "Second line"]
    for line in lines:
        assert len(line.points) == 4
        assert all(0 <= x <= 420 and 0 <= y <= 240 for x, y in line.points)
        assert MIN_SCORE <= line.score <= 1


def test_the_two_ends_of_a_line_that_rises_are_read_from_left_to_right(reader):
    image = Image.new("RGB", (900, 420), "white")
    font = ImageFont.truetype(str(paths.resources() / "fonts" / "samples" / "sans-a.ttf"), 34)
    draw = ImageDraw.Draw(image)
    for number, y in enumerate((120, 220, 320), start=1):
        draw.text((40, y), f"left side {number}", font=font, fill="black")
        draw.text((600, y), f"right {number}", font=font, fill="black")
    tilted = image.rotate(3, fillcolor="white", resample=Image.Resampling.BICUBIC)

    lines = reader.read_page(np.ascontiguousarray(np.asarray(tilted)[:, :, ::-1]))

    said = [line.text.replace(" ", "") for line in lines]
    assert said == ["leftside1", "right1", "leftside2", "right2", "leftside3", "right3"]


def test_a_blank_page_has_no_lines(reader):
    assert reader.read_page(np.full((300, 300, 3), 255, np.uint8)) == []


@pytest.mark.parametrize("size", [(1, 1), (3, 400), (4000, 3)])
def test_tiny_pictures_have_no_lines_and_do_no_harm(reader, size):
    assert reader.read_page(np.full((*size, 3), 200, np.uint8)) == []


@pytest.mark.parametrize("turned", [False, True])
def test_a_strip_with_one_line_is_read_and_its_box_lies_on_the_text(reader, turned):
    strip = Image.new("RGB", (480, 50), "white")
    strip.paste(render("Hello 123", size=30), (300, 2))
    image = np.asarray(strip)[:, :, ::-1]
    image = np.rot90(image) if turned else image

    (line,) = reader.read_page(np.ascontiguousarray(image))

    along = [y if turned else x for x, y in line.points]
    middle = 480 - 375 if turned else 375
    assert line.text == "Hello 123"
    assert min(along) < middle < max(along)
    assert max(along) - min(along) < 200


def test_every_way_a_page_can_lie_is_told_in_a_form_that_can_be_sent(reader):
    for turn in range(4):
        lines = reader.read_page(np.ascontiguousarray(np.rot90(np.array(page()), -turn)))
        sent = json.loads(json.dumps([line.as_dict() for line in lines]))
        assert {line["text"] for line in sent} == {"Hello 123", "Second line"}
        assert {line.get("turn", 0) for line in sent} == {turn}


def test_finding_alone_gives_the_places_of_the_lines(reader):
    found = read_picture(reader, np.array(page()), messages.FIND_ONLY)
    assert [line.text for line in found] == ["", ""]
    assert all(0.5 < line.score <= 1 for line in found)


def test_a_crop_of_one_line_is_read_as_one_and_a_page_never_is(reader):
    image = np.array(page())
    strip = np.ascontiguousarray(image[30:90])
    (whole,) = read_picture(reader, strip, messages.ONE_LINE)
    assert (whole.text, whole.points[2]) == ("Hello 123", (420.0, 60.0))
    assert [line.text for line in read_picture(reader, strip, messages.AUTO)] == ["Hello 123"]
    assert len(read_picture(reader, image, messages.AUTO)) == 2


def test_given_regions_are_read_in_their_order_and_none_is_left_out(reader):
    image = np.ascontiguousarray(np.asarray(page())[:, :, ::-1])
    second = [(30, 135), (260, 135), (260, 185), (30, 185)]
    first = [(30, 35), (220, 35), (220, 85), (30, 85)]
    blank = [(300, 200), (400, 200), (400, 230), (300, 230)]

    lines = reader.read_quads(image, [Region(one) for one in (second, blank, first)])

    assert [line.text for line in lines] == ["Second line", "", "Hello 123"]
    assert lines[0].points == tuple((float(x), float(y)) for x, y in second)


def test_no_regions_are_no_lines(reader):
    assert reader.read_quads(np.zeros((10, 10, 3), np.uint8), []) == []


def standing(text: str, degrees: int = 0, size: int = 90) -> tuple[np.ndarray, list[list[float]]]:
    """A page with one word, turned counter-clockwise, and the tight box around it."""
    font = ImageFont.truetype(str(paths.resources() / "fonts" / "samples" / "sans-a.ttf"), size)
    paper = Image.new("L", (500, 500), 255)
    ImageDraw.Draw(paper).text((250, 250), text, font=font, fill=0, anchor="mm")
    paper = paper.rotate(degrees, fillcolor=255)
    left, top, right, bottom = paper.point(lambda value: 255 - value).getbbox()
    left, top, right, bottom = left - 8, top - 8, right + 8, bottom + 8
    quad = [[left, top], [right, top], [right, bottom], [left, bottom]]
    return np.asarray(paper.convert("RGB")), [[float(x), float(y)] for x, y in quad]


@pytest.mark.parametrize(("text", "degrees"), [("I", 0), ("1", 0), ("Total", -90)])
def test_a_tall_box_is_read_both_ways_and_the_better_reading_counts(reader, text, degrees):
    image, quad = standing(text, degrees)

    [line] = reader.read_quads(image, [Region(quad)])

    assert line.text in ({"I", "l", "|", "1"} if len(text) == 1 else {text})
    assert line.score > 0.5


def test_what_is_known_of_a_box_decides_which_way_it_is_read(reader):
    image, quad = standing("Total", -90)

    regions = [
        Region(quad, orientation=Orientation.DRAWN),
        Region(quad, orientation=Orientation.TURNED),
        Region(quad, text="Tutal"),
        Region(quad, text="I"),
    ]
    drawn, turned, lying, glyph = reader.read_quads(image, regions)

    assert turned.text == lying.text == "Total"
    assert drawn == glyph
    assert drawn.text != "Total"


def test_a_box_that_cannot_be_cut_reads_as_nothing_and_the_others_are_read(reader):
    image, quad = standing("Total")
    bad = [[5.0, 5.0]] * 4
    outside = [[900.0, 900.0], [990.0, 900.0], [990.0, 950.0], [900.0, 950.0]]

    lines = reader.read_quads(image, [Region(bad), Region(quad), Region(outside), Region([[1.0, 1.0]])])

    assert [line.text for line in lines] == ["", "Total", "", ""]
    assert lines[0].score == 0


def test_hints_of_a_request_are_taken_as_far_as_they_make_sense():
    quad = [[0.0, 0.0], [9.0, 0.0], [9.0, 9.0], [0.0, 9.0]]
    request = messages.decode(
        messages.encode(
            messages.RecognizePage(id=1, image="a", quads=[quad] * 3, texts=["I"], orientations=["drawn", "sideways"])
        )
    )

    regions = recognize_child._regions(request)

    assert [(one.text, one.orientation) for one in regions] == [
        ("I", Orientation.DRAWN),
        ("", Orientation.AUTO),
        ("", Orientation.AUTO),
    ]
    assert recognize_child._regions(messages.RecognizePage(id=1, image="a")) is None


def same_look(file: Path, tolerance: float = 3.0) -> bool:
    """Whether a file shows the page of this module."""
    picture, wanted = read_image(file), np.asarray(page())[:, :, ::-1]
    return picture.shape == wanted.shape and np.abs(picture.astype(float) - wanted).mean() < tolerance


def converted(mode: str) -> Image.Image:
    grey = np.asarray(page().convert("L"))
    if mode == "I;16":
        return Image.fromarray(grey.astype(np.uint16) * 257)
    if mode == "F":
        return Image.fromarray(grey.astype(np.float32) * 300)
    return page().convert(mode)


@pytest.mark.parametrize(
    ("mode", "kind"),
    [
        *[(mode, "png") for mode in ("L", "1", "P", "RGBA", "LA", "I;16")],
        *[(mode, "tiff") for mode in ("I;16", "LAB", "F")],
        *[(mode, "jpg") for mode in ("CMYK", "YCbCr")],
    ],
)
def test_every_kind_of_pixels_looks_as_in_a_viewer(tmp_path, mode, kind):
    file = tmp_path / f"seite ⅩⅡ 图.{kind}"
    converted(mode).save(file)

    assert same_look(file)


def test_channels_are_blue_green_red(tmp_path):
    Image.new("RGB", (8, 8), (255, 0, 10)).save(tmp_path / "red.png")

    assert read_image(tmp_path / "red.png")[0, 0].tolist() == [10, 0, 255]


def test_transparent_areas_are_paper(tmp_path):
    pixels = np.array(page().convert("RGBA"))
    pixels[pixels[..., :3].min(axis=2) > 200] = 0
    Image.fromarray(pixels).save(tmp_path / "clear.png")

    assert same_look(tmp_path / "clear.png")


@pytest.mark.parametrize("kind", ["gif", "webp", "bmp", "tiff", "ppm"])
def test_other_formats_are_read_the_first_frame_of_several(tmp_path, kind):
    options = {"save_all": True, "append_images": [Image.new("RGB", (420, 240), "black")]} if kind == "gif" else {}
    page().save(tmp_path / f"page.{kind}", **options)

    assert same_look(tmp_path / f"page.{kind}")


def test_pictures_turned_by_exif_are_shown_as_a_viewer_shows_them(tmp_path):
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    page().rotate(90, expand=True).save(tmp_path / "turned.jpg", exif=exif)

    assert same_look(tmp_path / "turned.jpg")


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("empty.png", b"", r"empty\.png is empty \(0 bytes\)"),
        ("notes.jpg", b"just a text", r"notes\.jpg is not a picture"),
        ("cut.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", r"cut\.png is not a picture"),
    ],
)
def test_what_is_no_picture_is_named_with_a_remedy(tmp_path, name, content, sentence):
    (tmp_path / name).write_bytes(content)

    with pytest.raises(ProjectError, match=sentence) as caught:
        read_image(tmp_path / name)

    assert caught.value.remedy


def test_a_truncated_picture_is_named(tmp_path):
    page().save(tmp_path / "page.png")
    whole = (tmp_path / "page.png").read_bytes()
    (tmp_path / "page.png").write_bytes(whole[: len(whole) // 2])

    with pytest.raises(ProjectError, match=r"page\.png is not a picture that can be read"):
        read_image(tmp_path / "page.png")


def test_a_missing_picture_and_a_folder_are_named(tmp_path):
    with pytest.raises(ProjectError, match=r"gone\.png could not be read"):
        read_image(tmp_path / "gone.png")
    with pytest.raises(ProjectError, match=str(tmp_path.name)):
        read_image(tmp_path)


def test_a_picture_that_would_fill_the_memory_is_refused(tmp_path, monkeypatch):
    page().save(tmp_path / "huge.png")
    monkeypatch.setattr(images, "MAX_PIXELS", 1000)

    with pytest.raises(ProjectError, match=r"huge\.png has too many pixels"):
        read_image(tmp_path / "huge.png")


def test_a_broken_model_is_named_with_a_remedy(tmp_path):
    bundle = tmp_path / "bundle"
    bundle.mkdir()
    (bundle / "card.json").write_text('{"name": "x"}')
    (bundle / "dict.txt").write_text("a\n")
    (bundle / "model.onnx").write_bytes(b"nonsense")

    with pytest.raises(EngineError, match=r"model\.onnx cannot be loaded"):
        PageReader(str(bundle))


def fake_bundle(folder: Path, task: str, inference: str = "") -> str:
    folder.mkdir()
    write_card(folder, {"name": "x", "task": task})
    (folder / "dict.txt").write_text("a\n")
    (folder / "inference.yml").write_text(inference)
    (folder / "model.onnx").write_bytes(b"nonsense")
    return str(folder)


def test_a_detector_is_not_taken_to_read_with_nor_a_reader_to_find_with(tmp_path):
    finds, reads = fake_bundle(tmp_path / "finds", "det"), fake_bundle(tmp_path / "reads", "rec")

    with pytest.raises(EngineError, match="finds lines and cannot read them") as caught:
        PageReader(finds)
    with pytest.raises(EngineError, match="reads lines and cannot find them"):
        PageReader(detector=reads)

    assert caught.value.remedy == "Choose it as the detector, and another model to read with."


def test_a_broken_detector_is_named(tmp_path):
    sound = detection_yml("PP-OCRv6_small_det", BoxRules(), ResizeRules())

    with pytest.raises(EngineError, match=r"model\.onnx cannot be loaded"):
        PageReader(detector=fake_bundle(tmp_path / "no model", "det", sound))
    with pytest.raises(FormatError, match=r"inference\.yml does not say how"):
        PageReader(detector=fake_bundle(tmp_path / "no rules", "det", "PreProcess: 3"))


def test_what_a_detector_was_trained_with_comes_back_from_its_file(tmp_path):
    boxes = BoxRules(thresh=0.2, box_thresh=0.45, max_candidates=500, unclip_ratio=1.4, use_dilation=True)
    resize = ResizeRules(limit_side_len=960, limit_type="max")
    (tmp_path / "inference.yml").write_text(detection_yml("PP-OCRv4_mobile_det", boxes, resize))

    assert read_detection_rules(tmp_path / "inference.yml") == (boxes, resize)


def test_a_folder_that_is_no_bundle_is_an_error(tmp_path):
    with pytest.raises(StudioError, match="holds no model"):
        PageReader(str(tmp_path))
    (tmp_path / "card.json").write_text("[")
    with pytest.raises(StudioError, match=r"card\.json is broken"):
        PageReader(str(tmp_path))


class FakeReader:
    """Reads instantly; the first page waits until the test lets it go on."""

    name, characters = "fake", 3

    def __init__(self, model: str = "bundled", detector: str = "bundled") -> None:
        if model == "broken":
            raise EngineError("{file} is broken.", file=model)
        if model == "worse":
            raise RuntimeError("unexpected")

    go_on = threading.Event()
    busy = threading.Event()

    def read_page(self, image):
        FakeReader.busy.set()
        assert FakeReader.go_on.wait(10)
        return []


@pytest.fixture
def served(monkeypatch, tmp_path):
    """Runs `serve` on lines that the test puts in; gives (put, close, answers)."""
    monkeypatch.setattr(recognize_child, "PageReader", FakeReader)
    FakeReader.go_on, FakeReader.busy = threading.Event(), threading.Event()
    render("x").save(tmp_path / "x.png")
    lines: queue.Queue = queue.Queue()
    answers: list[messages.Message] = []
    server = threading.Thread(target=recognize_child.serve, args=(iter(lines.get, None), answers.append))
    server.start()

    def close(until=lambda: True):
        FakeReader.go_on.set()
        deadline = time.monotonic() + 10
        while not until() and time.monotonic() < deadline:
            time.sleep(0.01)
        lines.put(None)
        server.join(10)
        assert not server.is_alive()
        return answers

    close.answers = answers
    yield lambda message: lines.put(messages.encode(message)), close, str(tmp_path / "x.png")
    close()


def test_cancel_drops_what_waits(served):
    put, close, image = served
    put(messages.RecognizePage(id=1, image=image))
    FakeReader.busy.wait(10)
    for message in (messages.RecognizePage(id=2, image=image), messages.RecognizePage(id=3, image=image)):
        put(message)
    put(messages.Cancel())
    put(messages.LoadModel("after"))

    answers = close(until=lambda: any(getattr(message, "model", "") == "after" for message in answers_of(close)))

    assert [message.id for message in answers if isinstance(message, messages.PageRead)] == [1]


def answers_of(close):
    return close.answers


def test_a_model_that_cannot_be_loaded_leaves_the_one_before_in_use(served):
    put, close, image = served
    FakeReader.go_on.set()
    for model in ("bundled", "broken", "worse"):
        put(messages.LoadModel(model))
    put(messages.RecognizePage(id=7, image=image))
    FakeReader.busy.wait(10)

    answers = close()

    assert [type(message).__name__ for message in answers] == ["ModelReady", "Failed", "Failed", "PageRead"]
    assert [message.id for message in answers[1:]] == [0, 0, 7]
    assert answers[1].values == {"file": "broken"}
    assert "RuntimeError" in answers[2].details


def test_lines_that_are_no_messages_are_ignored(served):
    put, close, image = served
    FakeReader.go_on.set()
    put(messages.RecognizePage(id=1, image=image))
    FakeReader.busy.wait(10)

    answers = close()

    assert [type(message).__name__ for message in answers] == ["ModelReady", "PageRead"]


def test_rendered_roman_numerals_are_known_characters(reader):
    ((text, score),) = reader.read_crops([crop("Hello 123")])

    assert text == "Hello 123"
    assert score > 0.9
