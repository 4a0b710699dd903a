"""Says what a bundle weighs, and whether that is little enough.

    python installer/bundle/weigh.py BUNDLE [--quick]

Exit code 1: it is too heavy. A quick bundle has the whole OpenCV and is judged as if it had the small one.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from pathlib import Path

LIMIT_MB = 350
# what `opencv.py` makes, rounded up
SMALL_OPENCV_MB = 25
OPENCV = re.compile(r"cv2|opencv_python_headless")
LARGEST = 8


def main(arguments: list[str]) -> None:
    """Weighs one bundle."""
    quick = "--quick" in arguments
    weights: Counter[str] = Counter()
    bundle = Path(next(one for one in arguments if one != "--quick"))
    for file in bundle.rglob("*"):
        if file.is_file() and not file.is_symlink():
            weights[part(file.relative_to(bundle))] += file.stat().st_size
    opencv = weights["OpenCV"] / 1e6
    others = sum(weights.values()) / 1e6 - opencv
    largest = ", ".join(f"{name} {size / 1e6:.0f}" for name, size in weights.most_common(LARGEST))
    sys.stdout.write(
        f"The bundle has {opencv + others:.0f} MB: OpenCV {opencv:.0f}, all else {others:.0f} (limit: {LIMIT_MB}).\n"
        f"Largest: {largest}\n"
    )
    if others + (SMALL_OPENCV_MB if quick else opencv) > LIMIT_MB:
        sys.exit("It is too heavy. A small OPenCV for it is made by installer/bundle/opencv.py.")


def part(file: Path) -> str:
    """The package that a file of the bundle belongs to."""
    name = file.parts[1] if len(file.parts) > 1 else file.name
    return "OpenCV" if OPENCV.match(name) else re.split(r"\.libs|-\d", name)[0]


if __name__ == "__main__":
    main(sys.argv[1:])
