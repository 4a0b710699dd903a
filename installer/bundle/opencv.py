"""Makes an OpenCV for the bundle on Linux that has only what the program and its reader use.

    python installer/bundle/opencv.py OUT

The folder OUT gets what the installed package has, with a library that is made from the source of the same version: put
it before the environment (PYTHONPATH). Name and version stay, so what is added to the bundle later still fits. It takes
cmake, nasm and a C++ compiler, and ten minutes of two processors. What is in the making lies in OUT.build, so that
another try goes on where one was cut off.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import tarfile
from importlib.metadata import distribution
from pathlib import Path

PACKAGE = "opencv-python-headless"
# `photo` fills the holes of synthetic grounds; the reader needs no more than the others
MODULES = ("core", "geometry", "imgproc", "imgcodecs", "photo", "python3")
# from the sources that lie within
BUILT = ("JPEG", "PNG", "TIFF", "WEBP", "ZLIB")
# what would link to libraries of the system, or be fetched from the network while it is made
WITHOUT = (
    "AVIF", "EIGEN", "FFMPEG", "FLATBUFFERS", "GSTREAMER", "GTK", "IPP", "ITT", "JASPER", "JPEGXL", "LAPACK",
    "OBSENSOR", "OPENCL", "OPENEXR", "OPENJPEG", "PROTOBUF", "UNIFONT", "V4L", "VA", "VTK", "WEBNN",
)  # fmt: skip
# processors of the last ten years take the second, others the first or none
DISPATCH = "SSE4_1;AVX2"
LIBRARY = ".so"


def main(arguments: list[str]) -> None:
    """Makes the folder that is named."""
    if len(arguments) != 1:
        sys.exit(__doc__)
    # without nasm, JPEG files would be read slowly
    missing = [tool for tool in ("cmake", "nasm") if shutil.which(tool) is None]
    if missing:
        sys.exit(f"It takes {' and '.join(missing)}, which are not on PATH (Debian: apt-get install cmake nasm g++).")
    out = Path(arguments[0]).resolve()
    work = out.with_name(f"{out.name}.build")
    made = compiled(source(work), work / "made")
    lay_out(made, out)
    shutil.rmtree(work)


def source(work: Path) -> Path:
    """Fetches and unpacks the source."""
    name = f"{PACKAGE.replace('-', '_')}-{distribution(PACKAGE).version}"
    folder = work / name
    if not folder.is_dir():
        pip = [sys.executable, "-m", "pip", "download", "--no-deps", "--no-binary", PACKAGE, "--dest", str(work)]
        run(*pip, f"{PACKAGE}=={distribution(PACKAGE).version}")
        with tarfile.open(work / f"{name}.tar.gz") as archive:
            archive.extractall(work, filter="data")
    return folder / "opencv"


def compiled(folder: Path, made: Path) -> Path:
    """The library."""
    options = {
        "CMAKE_BUILD_TYPE": "Release",
        "BUILD_LIST": ",".join(MODULES),
        "BUILD_SHARED_LIBS": "OFF",
        "BUILD_JAVA": "OFF",
        "BUILD_TESTS": "OFF",
        "BUILD_PERF_TESTS": "OFF",
        "BUILD_opencv_apps": "OFF",
        "BUILD_opencv_python2": "OFF",
        "BUILD_opencv_python3": "ON",
        "PYTHON_DEFAULT_EXECUTABLE": sys.executable,
        "PYTHON3_EXECUTABLE": sys.executable,
        "PYTHON3_INCLUDE_DIR": sysconfig.get_path("include"),
        # asked for, not linked to
        "PYTHON3_LIBRARY": str(Path(sys.base_prefix) / "libs" / "python3.lib"),
        "PYTHON3_LIMITED_API": "ON",
        "CPU_DISPATCH": DISPATCH,
        "CV_TRACE": "OFF",
        **{f"BUILD_{name}": "ON" for name in BUILT},
        **{f"WITH_{name}": "OFF" for name in WITHOUT},
    }
    run("cmake", "-S", str(folder), "-B", str(made), *(f"-D{name}={value}" for name, value in options.items()))
    parallel = str(os.cpu_count() or 1)
    run("cmake", "--build", str(made), "--config", "Release", "--target", "opencv_python3", "--parallel", parallel)
    return next(file for file in (made / "lib").rglob("cv2*") if file.suffix == LIBRARY)


def lay_out(library: Path, out: Path) -> None:
    """Copies the installed package, with another library and without those that it is linked to."""
    shutil.rmtree(out, ignore_errors=True)
    package = distribution(PACKAGE)
    for file in package.files or []:
        name = file.as_posix()
        # `typing` speaks of modules that are not there
        if not name.startswith(("cv2/", f"{PACKAGE.replace('-', '_')}-")) or name.startswith("cv2/typing/"):
            continue
        if file.suffix in (".pyi", ".pyc") or file.name == "RECORD":
            continue
        target = out / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(library if file.suffix == LIBRARY else str(package.locate_file(file)), target)


def run(*command: str) -> None:
    """Runs a command; if it fails, so do we."""
    ended = subprocess.run(command, check=False).returncode
    if ended:
        sys.exit(f"{command[0]} ended with exit code {ended}.")


if __name__ == "__main__":
    main(sys.argv[1:])
