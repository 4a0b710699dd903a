"""A dataset as PPOCRLabel's `gen_ocr_train_val_test.py` leaves it, made from a description of what that script does.

Detection and recognition are shuffled by themselves; a picture's place in the shuffled list, as a share of all, is
compared with the ratio's tenths; lists name absolute paths of the copies.
"""

import random
from pathlib import Path


def divide_like_the_script(folder, out, ratio=(6, 2, 2), seed=0):
    """Divides `Label.txt` with its pictures and `rec_gt.txt` with `crop_img/` of a folder."""
    drawn = random.Random(seed)
    for kind, listed, home in (("det", "Label.txt", folder), ("rec", "rec_gt.txt", folder / "crop_img")):
        lines = (folder / listed).read_text(encoding="utf-8").splitlines()
        drawn.shuffle(lines)
        lists = {"train": [], "val": [], "test": []}
        for place, line in enumerate(lines):
            name, label = line.split("\t")
            share = place / len(lines)
            part = "train" if share < ratio[0] / 10 else "val" if share < (ratio[0] + ratio[1]) / 10 else "test"
            copy = out / kind / part / Path(name).name
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes((home / Path(name).name).read_bytes())
            lists[part].append(f"{copy.absolute().as_posix()}\t{label}\n")
        for part, found in lists.items():
            (out / kind / f"{part}.txt").write_text("".join(found), encoding="utf-8")
