"""What of a trainer's output belongs together, and how much it matters."""

import pytest

from ocrstudio.core.log_lines import Level, LogLines, clean_line

TEXT = """\
[2026/11/22 06:30:11] ppocr INFO: train with paddle 3.3.1 and device Place(cpu)
W1122 06:30:13.233626 25933 multiply_fwd_func.cc:86] something of Paddle's
/site-packages/x.py:3: UserWarning: old call
  warnings.warn("old call")
[2026/11/22 06:30:17] ppocr WARNING: The shape of model params head.fc.weight differs
[2026/11/22 06:30:18] ppocr ERROR: When parsing line images/7.png, error happened: Traceback (most recent call last):
  File "simple_dataset.py", line 121, in __getitem__
    raise Exception("{} does not exist!".format(img_path))
Exception: images/7.png does not exist!

[2026/11/22 06:30:19] ppocr INFO: epoch: [1/3], global_step: 2, loss: 1.5
Traceback (most recent call last):
  File "tools/train.py", line 200, in <module>
    main()
KeyError: 'Student'

During handling of the above exception, another exception occurred:

Traceback (most recent call last):
  File "tools/train.py", line 205, in <module>
    main()
ValueError: no such model
    with more words
main proc 7 exit, kill process group 7
[2026-11-22 06:33:40,571] [    INFO] optimizer.py:254 - If regularizer
ExternalError: CUDA error(2), out of memory.
  [Hint: 'cudaErrorMemoryAllocation'.] (at gpu_info.cc:87)"""
OUTPUT = TEXT.split("\n")


def fed(*lines, most=1000):
    made = LogLines(most)
    made.add(lines)
    return made


def test_messages_are_counted_once_and_tracebacks_stay_whole():
    lines = fed(*OUTPUT)
    assert lines.texts == OUTPUT
    assert lines.counts[1:] == [3, 3]
    shown = [OUTPUT[place] for place in lines.at_least(Level.ERROR)]
    assert shown[0].startswith("[2026/11/22 06:30:18] ppocr ERROR")
    assert "Exception: images/7.png does not exist!" in shown
    assert "ValueError: no such model" in shown
    assert "    with more words" in shown
    assert "main proc 7 exit, kill process group 7" not in shown
    assert shown[-1].startswith("  [Hint:")
    warned = [OUTPUT[place] for place in lines.at_least(Level.WARNING)]
    assert '  warnings.warn("old call")' in warned
    assert len(warned) == len(shown) + 4


def test_a_traceback_that_comes_in_pieces_is_the_same():
    whole, pieces = fed(*OUTPUT), LogLines(1000)
    for line in OUTPUT:
        pieces.add([line])
    assert (pieces.levels, pieces.counts) == (whole.levels, whole.counts)


def test_a_progress_bar_takes_one_line_however_often_it_moves():
    bar = "eval model:: {:3}%|    | {}/2 [00:00]"
    lines = fed("begin", bar.format(0, 0), bar.format(0, 0) + "\r" + bar.format(50, 1))
    lines.add([bar.format(100, 2), "end", bar.format(0, 0)])
    assert lines.texts == ["begin", bar.format(100, 2), "end", bar.format(0, 0)]


def test_the_oldest_lines_go_and_the_counts_stay():
    lines = LogLines(80)
    dropped = sum(lines.add([f"[2026/11/22 06:30:17] ppocr ERROR: {number}"]) for number in range(200))
    assert len(lines) <= 80
    assert dropped == 200 - len(lines)
    assert lines.texts[-1].endswith("199")
    assert lines.counts[Level.ERROR] == 200
    lines.clear()
    assert (len(lines), lines.counts) == (0, [0, 0, 0])


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("\x1b[31mred\x1b[0m and \x1b]0;title\x07plain\x00", "red and plain"),
        ("  0%|   | 0/2\r 50%|#  | 1/2\r100%|###| 2/2", "100%|###| 2/2"),
        ("done\r", "done"),
        ("\r\r", ""),
        ("tab\tbecomes 中文 Ⅻ", "tab    becomes 中文 Ⅻ"),
    ],
)
def test_a_line_reads_as_on_a_terminal(raw, clean):
    assert clean_line(raw) == clean
