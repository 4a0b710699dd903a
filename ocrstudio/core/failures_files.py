"""Known failures of disks, paths, encodings, downloads and exported models."""

from __future__ import annotations

from ocrstudio.core.errors import QT_TRANSLATE_NOOP
from ocrstudio.core.failure_rule import CORRECT_PATH, Rule

LOCAL_WEIGHTS = QT_TRANSLATE_NOOP(
    "Errors", "Set Global.pretrained_model to weights on this computer, or leave it empty."
)

FILE_RULES: tuple[Rule, ...] = (
    Rule(
        "disk_full",
        # the last one is what this program's own engine says
        ("[Errno 28]", "No space left", "[WinError 112]", "not enough space on the disk", "the disk is full"),
        r"\[Errno 28\]|No space left on device|\[WinError 112\]|not enough space on the disk"
        r"|could not be written: the disk is full",
        QT_TRANSLATE_NOOP("Errors", "The disk is full: a checkpoint could not be written."),
        QT_TRANSLATE_NOOP("Errors", "Make room, then resume the run; what was saved before is kept."),
    ),
    Rule(
        "disk_quota",
        ("[Errno 122]", "Disk quota exceeded", "[WinError 1295]"),
        r"\[Errno 122\]|Disk quota exceeded|\[WinError 1295\]",
        QT_TRANSLATE_NOOP("Errors", "Your share of the disk (quota) is used up: a checkpoint could not be written."),
        QT_TRANSLATE_NOOP("Errors", "Delete old runs, or choose a Global.save_model_dir on another disk; then resume."),
        page="config",
    ),
    Rule(
        "certificate",
        ("CERTIFICATE_VERIFY_FAILED", "SSLCertVerificationError", "certificate has expired"),
        r"CERTIFICATE_VERIFY_FAILED|SSLCertVerificationError|certificate has expired",
        QT_TRANSLATE_NOOP(
            "Errors", "A download was refused: the server's certificate is not trusted here, or has expired."
        ),
        QT_TRANSLATE_NOOP(
            "Errors",
            "Check the computer's clock and the company's certificates; or get the file with a browser and set "
            "Global.pretrained_model to it.",
        ),
        page="config",
    ),
    Rule(
        "proxy",
        ("ProxyError", "Cannot connect to proxy", "proxy"),
        r"ProxyError|[Cc]annot connect to proxy|Tunnel connection failed",
        QT_TRANSLATE_NOOP("Errors", "A download failed at the proxy that the system or HTTPS_PROXY names."),
        QT_TRANSLATE_NOOP(
            "Errors", "Correct or unset HTTPS_PROXY; or set Global.pretrained_model to weights on this computer."
        ),
        page="config",
    ),
    Rule(
        "download",
        ("Download from ", "Downloading from ", "Error downloading"),
        r"Download from (?P<url>\S+) failed|Downloading from (?P<url2>\S+) failed|Error downloading (?P<url3>\S+):",
        QT_TRANSLATE_NOOP("Errors", "The weights {url} could not be downloaded."),
        LOCAL_WEIGHTS,
        page="config",
    ),
    Rule(
        "network",
        (
            "Max retries exceeded",
            "getaddrinfo failed",
            "name resolution",
            "Name or service not known",
            "Network is unreachable",
            "model hosting platforms",
        ),
        r"Max retries exceeded with url|getaddrinfo failed|failure in name resolution|Name or service not known"
        r"|Network is unreachable|No available model hosting platforms",
        QT_TRANSLATE_NOOP("Errors", "Something was to be downloaded, but the network or the server does not answer."),
        LOCAL_WEIGHTS,
        page="config",
    ),
    Rule(
        "file_locked",
        ("[WinError 32]", "[WinError 33]"),
        r"\[WinError 3[23]\].*?'(?P<file>[^']*)'",
        QT_TRANSLATE_NOOP("Errors", "{file} is in use by another program."),
        QT_TRANSLATE_NOOP(
            "Errors",
            "Close what has it open (another training, a virus scanner, a synchronised folder such as OneDrive), then "
            "resume the run.",
        ),
    ),
    Rule(
        "save_dir_is_file",
        ("[Errno 20]", "[Errno 17]"),
        r"(?:NotADirectoryError: \[Errno 20\][^']*|FileExistsError: \[Errno 17\][^']*)'(?P<file>[^']*)'",
        QT_TRANSLATE_NOOP("Errors", "{file} cannot be made: a file is where the run's folder should be."),
        QT_TRANSLATE_NOOP("Errors", "Choose another Global.save_model_dir."),
        page="config",
    ),
    Rule(
        "read_only",
        ("[Errno 30]", "[Errno 13]", "[WinError 5]", "[Errno 1]"),
        r"(?:\[Errno (?:30|13|1)\]|\[WinError 5\])[^']*'(?P<file>[^']*)'",
        QT_TRANSLATE_NOOP("Errors", "{file} may not be written or opened."),
        QT_TRANSLATE_NOOP("Errors", "Choose a folder that you may write to."),
        page="config",
    ),
    Rule(
        "path_too_long",
        ("File name too long", "[WinError 206]", "[Errno 36]"),
        r"File name too long|\[WinError 206\]|\[Errno 36\]",
        QT_TRANSLATE_NOOP("Errors", "A path is longer than the system allows."),
        QT_TRANSLATE_NOOP("Errors", "Keep data and runs in folders with shorter names, nearer to the drive's root."),
    ),
    Rule(
        "windows_path",
        ("[Errno 22]", "[WinError 123]"),
        r"(?:\[Errno 22\] Invalid argument|\[WinError 123\][^']*): '(?P<file>[^']*)'",
        QT_TRANSLATE_NOOP(
            "Errors", "{file} is no path: a backslash before a letter such as t or n was read as a tab or a new line."
        ),
        QT_TRANSLATE_NOOP("Errors", "Write paths with forward slashes, such as D:/data/train.txt."),
        page="config",
    ),
    Rule(
        "no_inference_yml",
        ("inference.yml",),
        r"No such file or directory: '(?P<file>[^']*inference\.yml)'",
        QT_TRANSLATE_NOOP(
            "Errors", "{file} is missing: paddleocr 3 needs it, and PaddleOCR 2's own export does not write it."
        ),
        QT_TRANSLATE_NOOP("Errors", "Export the run again with OCR Studio: {command}"),
        command="ocrstudio export-model RUN",
    ),
    Rule(
        "model_name",
        ("Model name mismatch",),
        r"Model name mismatch",
        QT_TRANSLATE_NOOP("Errors", "paddleocr 3 was given the folder of one model and the name of another."),
        QT_TRANSLATE_NOOP(
            "Errors",
            "Name both: text_recognition_model_name as in the folder's inference.yml, and text_recognition_model_dir "
            "(for a detector text_detection_…).",
        ),
    ),
    Rule(
        "no_model_file",
        ("not find model file path", "annot find model file"),
        r"not find model file path (?P<file>\S+)|[Cc]annot find model file (?:in )?(?P<file2>\S+)",
        QT_TRANSLATE_NOOP("Errors", "{file} holds no exported model."),
        QT_TRANSLATE_NOOP("Errors", "Name the folder with inference.pdiparams, or export the run first: {command}"),
        command="ocrstudio export-model RUN",
    ),
    Rule(
        "script_missing",
        ("can't open file",),
        r"can't open file '(?P<file>[^']*)'",
        QT_TRANSLATE_NOOP("Errors", "Python does not find the program {file}: it was started in the wrong folder."),
        QT_TRANSLATE_NOOP("Errors", "Start it in the root of the PaddleOCR checkout, the folder that holds tools/."),
    ),
    Rule(
        "font",
        ("cannot open resource",),
        r"OSError: cannot open resource",
        QT_TRANSLATE_NOOP("Errors", "The font for drawing the results is missing."),
        QT_TRANSLATE_NOOP("Errors", "Name one with --vis_font_path, or leave the drawing out."),
    ),
    Rule(
        "no_file",
        ("[Errno 2]", "[WinError 2]", "[WinError 3]"),
        r"(?:FileNotFoundError: \[Errno 2\]|\[WinError [23]\])[^']*'(?P<file>[^']*)'",
        QT_TRANSLATE_NOOP("Errors", "{file} does not exist."),
        CORRECT_PATH,
        page="config",
    ),
    Rule(
        "console_encoding",
        ("UnicodeEncodeError",),
        r"UnicodeEncodeError: '(?P<codec>[\w-]+)' codec",
        QT_TRANSLATE_NOOP("Errors", "Text could not be written in the system's old encoding ({codec})."),
        QT_TRANSLATE_NOOP("Errors", "Set the environment variable PYTHONUTF8=1 before the start."),
    ),
    Rule(
        "system_encoding",
        ("UnicodeDecodeError",),
        r"UnicodeDecodeError: '(?P<codec>(?!utf-8)[\w-]+)' codec",
        QT_TRANSLATE_NOOP(
            "Errors", "A file in UTF-8 was read in the system's old encoding ({codec}), as Windows does by default."
        ),
        QT_TRANSLATE_NOOP("Errors", "Set the environment variable PYTHONUTF8=1 before the start."),
    ),
    Rule(
        "file_not_utf8",
        ("UnicodeDecodeError",),
        r"UnicodeDecodeError: 'utf-8' codec",
        QT_TRANSLATE_NOOP("Errors", "A file that must be UTF-8 is not: a label list, a dictionary or the config."),
        QT_TRANSLATE_NOOP("Errors", "Save it as UTF-8."),
        page="dataset",
    ),
)
