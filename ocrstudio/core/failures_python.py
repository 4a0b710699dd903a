"""Known failures of Python packages and system libraries: missing, too new, or in each other's way."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ocrstudio.core.errors import QT_TRANSLATE_NOOP
from ocrstudio.core.failure_rule import INSTALL, INSTALL_REQUIREMENTS, NOTHING_TO_DO, Rule
from ocrstudio.core.proven import NUMPY_2, WHEEL

# Modules whose package has another name.
PACKAGES = {
    "skimage": "scikit-image",
    "Polygon": "Polygon3",
    "cv2": "opencv-python-headless",
    "yaml": "PyYAML",
    "PIL": "pillow",
    "Levenshtein": "python-Levenshtein",
    "docx": "python-docx",
    "fitz": "PyMuPDF",
    "sklearn": "scikit-learn",
    "attr": "attrs",
}
HEADLESS = (
    "{python} -m pip uninstall -y opencv-python opencv-contrib-python && {python} -m pip install --force-reinstall "
    "opencv-python-headless"
)


def _package(values: Mapping[str, Any]) -> Mapping[str, Any]:
    name = str(values.get("name", "")).split(".")[0]
    return {"name": name, "package": PACKAGES.get(name, name)}


PYTHON_RULES: tuple[Rule, ...] = (
    Rule(
        "numpy_alias",
        ("module 'numpy' has no attribute",),
        r"module 'numpy' has no attribute '(?P<name>int|bool|float|object|str|long|complex|typeDict|unicode)'",
        QT_TRANSLATE_NOOP("Errors", "The interpreter's NumPy is too new: np.{name} is gone since NumPy 1.24."),
        INSTALL,
        command='{python} -m pip install "numpy<1.24"',
        page="setup",
    ),
    Rule(
        "numpy_2",
        ("was removed in the NumPy 2.0 release", "module 'numpy' has no attribute"),
        r"`?np\.(?P<name>\w+)`? was removed in the NumPy 2\.0|module 'numpy' has no attribute '(?P<name2>\w+)'",
        QT_TRANSLATE_NOOP("Errors", "The interpreter's NumPy is too new: np.{name} is gone since NumPy 2."),
        INSTALL,
        command=f'{{python}} -m pip install "{NUMPY_2}"',
        page="setup",
    ),
    Rule(
        "opencv_numpy",
        ("multiarray failed to import", "compiled using NumPy 1.x", "dtype size changed", "_ARRAY_API not found"),
        r"numpy\.core\.multiarray failed to import|compiled using NumPy 1\.x cannot be run|numpy\.dtype size changed"
        r"|_ARRAY_API not found",
        QT_TRANSLATE_NOOP("Errors", "The interpreter's NumPy is too new for its OpenCV or Paddle."),
        INSTALL,
        command=f'{{python}} -m pip install "{NUMPY_2}"',
        page="setup",
    ),
    Rule(
        "protobuf",
        ("Descriptors cannot",),
        r"Descriptors cannot (?:not )?be created directly",
        QT_TRANSLATE_NOOP("Errors", "The package protobuf is too new for this Paddle."),
        INSTALL,
        command='{python} -m pip install "protobuf==3.20.2"',
        page="setup",
    ),
    Rule(
        "libgl",
        ("libGL.so", "libgthread-2.0", "libglib-2.0", "libSM.so", "libXext.so", "libXrender.so"),
        r"(?P<file>lib(?:GL|gthread-2\.0|glib-2\.0|SM|Xext|Xrender)\.so[\w.]*): cannot open shared object",
        QT_TRANSLATE_NOOP("Errors", "OpenCV wants the graphics library {file}, which servers and containers lack."),
        QT_TRANSLATE_NOOP("Errors", "Use the OpenCV that needs none: {command}"),
        command=HEADLESS,
        page="setup",
    ),
    Rule(
        "libgomp",
        ("libgomp.so",),
        r"libgomp\.so[\w.]*: cannot open shared object",
        QT_TRANSLATE_NOOP("Errors", "The system lacks the library libgomp, which Paddle needs."),
        QT_TRANSLATE_NOOP("Errors", "Install it: {command}"),
        command="sudo apt-get install -y libgomp1",
        page="setup",
    ),
    Rule(
        "openssl",
        ("libssl.so.1.1", "libcrypto.so.1.1"),
        r"lib(?:ssl|crypto)\.so\.1\.1: cannot open shared object",
        QT_TRANSLATE_NOOP("Errors", "This old Paddle needs OpenSSL 1.1, which newer systems no longer have."),
        INSTALL,
        command=f'{{python}} -m pip install "{WHEEL}"',
        page="setup",
    ),
    Rule(
        "glibc",
        ("GLIBC",),
        r"version [`'‘](?P<name>GLIBC(?:XX)?_[\d.]+)['’‘] not found",
        QT_TRANSLATE_NOOP("Errors", "The system's C library is older than Paddle needs ({name})."),
        QT_TRANSLATE_NOOP(
            "Errors",
            "In conda, update it with {command}; otherwise use a newer system or container, or an older Paddle.",
        ),
        command="conda install -c conda-forge libstdcxx-ng",
        page="setup",
    ),
    Rule(
        "qt_plugin",
        ("Qt platform plugin",),
        r"Could not load the Qt platform plugin|no Qt platform plugin could be initialized",
        QT_TRANSLATE_NOOP(
            "Errors", "A window could not be opened: OpenCV's copy of Qt gets in the way, or there is no screen."
        ),
        QT_TRANSLATE_NOOP(
            "Errors",
            "Use the OpenCV without windows ({command}); on Ubuntu also: sudo apt-get install -y libxcb-xinerama0",
        ),
        command=HEADLESS,
        page="setup",
    ),
    Rule(
        "imshow",
        ("Rebuild the library with Windows, GTK",),
        r"Rebuild the library with Windows, GTK",
        QT_TRANSLATE_NOOP(
            "Errors", "A script wants to show a window with cv2.imshow, which the headless OpenCV cannot."
        ),
        QT_TRANSLATE_NOOP("Errors", "Write the picture to a file with cv2.imwrite in its place."),
    ),
    Rule(
        "openmp_twice",
        ("OMP: Error #15", "already initialized"),
        r"OMP: Error #15|lib\w*omp\w*\.(?:dll|dylib|so)\S* already initialized",
        QT_TRANSLATE_NOOP(
            "Errors",
            "Two packages, often Paddle and PyTorch or conda's NumPy, each brought their own OpenMP (libiomp5).",
        ),
        QT_TRANSLATE_NOOP(
            "Errors",
            "Give Paddle an interpreter of its own; as a stopgap set the environment variable "
            "KMP_DUPLICATE_LIB_OK=TRUE.",
        ),
        page="setup",
    ),
    Rule(
        "zlib",
        ("inconsistent stream state", "free(): invalid pointer"),
        r"inconsistent stream state|free\(\): invalid pointer",
        QT_TRANSLATE_NOOP("Errors", "This Paddle and the system's zlib get into each other's way."),
        QT_TRANSLATE_NOOP("Errors", "Set LD_PRELOAD to the system's libz.so.1 and start again."),
    ),
    Rule(
        "geos",
        ("geos",),
        r"(?:Could not find module|cannot load library|libgeos\S*: cannot open).*|OSError: .*geos_c",
        QT_TRANSLATE_NOOP("Errors", "The package shapely lacks its library GEOS."),
        INSTALL,
        command="{python} -m pip install --force-reinstall shapely",
        page="setup",
    ),
    Rule(
        "dll_missing",
        ("[WinError 126]", "[WinError 127]", "[WinError 1114]", "[WinError 193]", "DLL load failed"),
        r"\[WinError (?:126|127|1114|193)\]|DLL load failed",
        QT_TRANSLATE_NOOP("Errors", "Windows cannot load a library (DLL) that Paddle or another package needs."),
        QT_TRANSLATE_NOOP(
            "Errors",
            "Install the Microsoft Visual C++ runtime (https://aka.ms/vs/17/release/vc_redist.x64.exe), restart, then "
            "install Paddle anew: {command}",
        ),
        command=f'{{python}} -m pip install --force-reinstall "{WHEEL}"',
        page="setup",
    ),
    Rule(
        "paddle_fluid",
        ("has no attribute 'fluid'", "'paddle.fluid"),
        r"'paddle' has no attribute 'fluid'|No module named 'paddle\.fluid",
        QT_TRANSLATE_NOOP("Errors", "This PaddleOCR is from before 2.8 and does not run with Paddle 2.6 or newer."),
        QT_TRANSLATE_NOOP("Errors", "Choose a newer checkout of PaddleOCR, or install in the interpreter: {command}"),
        command='{python} -m pip install "paddlepaddle==2.5.2"',
        page="setup",
    ),
    Rule(
        "paddle_damaged",
        ("module 'paddle", "partially initialized module 'paddle'", "'libpaddle'", "import paddle core"),
        r"module 'paddle(?:\.[\w.]+)?' has no attribute|partially initialized module 'paddle'|name 'libpaddle' is not"
        r"|Can not import paddle core",
        QT_TRANSLATE_NOOP(
            "Errors",
            "Paddle is installed incompletely: both paddlepaddle and paddlepaddle-gpu, the foreign package “paddle”, "
            "or a version that does not fit.",
        ),
        QT_TRANSLATE_NOOP("Errors", "Remove all of them and install one again: {command}"),
        command=(
            "{python} -m pip uninstall -y paddle paddlepaddle paddlepaddle-gpu && "
            f'{{python}} -m pip install "{WHEEL}"'
        ),
        page="setup",
    ),
    Rule(
        "name_clash",
        ("partially initialized module",),
        r"partially initialized module '(?P<name>[\w.]+)'",
        QT_TRANSLATE_NOOP("Errors", "A file called {name}.py stands in the way of the package of that name."),
        QT_TRANSLATE_NOOP("Errors", "Rename that file, and start from the checkout's root."),
    ),
    Rule(
        "no_paddle",
        ("No module named 'paddle'", "No module named paddle"),
        r"No module named '?paddle'?\s*$",
        QT_TRANSLATE_NOOP("Errors", "Paddle is not installed in this interpreter."),
        INSTALL,
        command=f'{{python}} -m pip install "{WHEEL}"',
        page="setup",
    ),
    Rule(
        "no_checkout",
        ("No module named 'ppocr", "No module named 'tools"),
        r"No module named '(?:ppocr|tools)\b",
        QT_TRANSLATE_NOOP(
            "Errors", "PaddleOCR's own code is not found: the program was not started in the checkout's root."
        ),
        QT_TRANSLATE_NOOP(
            "Errors", "Start it there, or add the folder to PYTHONPATH; uninstall a package called tools."
        ),
    ),
    Rule(
        "no_module",
        ("No module named '",),
        r"(?:ModuleNotFoundError|ImportError): No module named '(?P<name>[^']+)'",
        QT_TRANSLATE_NOOP("Errors", "The interpreter lacks the package {package}."),
        INSTALL,
        command="{python} -m pip install {package}",
        page="setup",
        more=_package,
    ),
    Rule(
        "old_package",
        ("cannot import name",),
        r"cannot import name '(?P<name>\w+)' from '(?P<module>[\w.]+)'",
        QT_TRANSLATE_NOOP("Errors", "The package {module} is of a version without {name}."),
        INSTALL_REQUIREMENTS,
        page="setup",
    ),
    Rule(
        "api_3",
        ("Unknown argument:",),
        r"ValueError: Unknown argument: (?P<name>\w+)",
        QT_TRANSLATE_NOOP("Errors", "The script was written for paddleocr 2: version 3 does not know {name}."),
        QT_TRANSLATE_NOOP("Errors", "Leave the argument out, or install in the interpreter: {command}"),
        command='{python} -m pip install "paddleocr<3"',
        page="setup",
    ),
    Rule(
        "system_library",
        ("cannot open shared object",),
        r"(?P<file>[\w.+-]+\.so[\w.]*): cannot open shared object",
        QT_TRANSLATE_NOOP("Errors", "The system library {file} is missing."),
        QT_TRANSLATE_NOOP("Errors", "Install the system's package that holds it."),
        page="setup",
    ),
    Rule(
        "python_broken",
        ("Fatal Python error: init", "No module named 'encodings'"),
        r"Fatal Python error: init|No module named 'encodings'",
        QT_TRANSLATE_NOOP("Errors", "The interpreter itself does not start: PYTHONHOME or the environment is broken."),
        QT_TRANSLATE_NOOP("Errors", "Unset PYTHONHOME and PYTHONPATH, or make the virtual environment anew."),
        page="setup",
    ),
    Rule(
        "onnx_model",
        ("ONNXRuntimeError",),
        r"\[ONNXRuntimeError\] : \d+ : (?P<code>\w+)",
        QT_TRANSLATE_NOOP("Errors", "ONNX Runtime cannot load or run the model ({code}): it is cut off or another's."),
        QT_TRANSLATE_NOOP("Errors", "Export or download the model again."),
    ),
)
HARMLESS_RULES: tuple[Rule, ...] = (
    Rule(
        "ccache",
        ("No ccache found",),
        r"No ccache found",
        QT_TRANSLATE_NOOP(
            "Errors", "Paddle looks for ccache, which only those need who compile operators of their own."
        ),
        NOTHING_TO_DO,
        "harmless",
    ),
    Rule(
        "list_index",
        ("list index out of range",),
        r"^list index out of range\s*$",
        QT_TRANSLATE_NOOP(
            "Errors", "PaddleOCR 2.8 prints this line in every recognition training; it concerns detection."
        ),
        NOTHING_TO_DO,
        "harmless",
    ),
    Rule(
        "type_promotion",
        ("run type promotion automatically",),
        r"got different data type, run type promotion",
        QT_TRANSLATE_NOOP("Errors", "Paddle notes that it converts a number format."),
        NOTHING_TO_DO,
        "harmless",
    ),
    Rule(
        "visualdl",
        ("You are using VisualDL",),
        r"You are using VisualDL, the VisualDL is deprecated",
        QT_TRANSLATE_NOOP(
            "Errors", "PaddleOCR 3 no longer writes curves for VisualDL; the Train page draws them itself."
        ),
        NOTHING_TO_DO,
        "harmless",
    ),
    Rule(
        "amp_scale",
        ("Found inf or nan, current scale",),
        r"Found inf or nan, current scale",
        QT_TRANSLATE_NOOP(
            "Errors", "Mixed precision skips single steps whose numbers grow too large; a few are normal."
        ),
        QT_TRANSLATE_NOOP("Errors", "If the line comes again and again, set Global.use_amp to false."),
        "harmless",
    ),
)
