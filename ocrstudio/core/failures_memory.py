"""Known failures of memory, of the processes that load data, and of the process as a whole."""

from __future__ import annotations

from ocrstudio.core.errors import QT_TRANSLATE_NOOP
from ocrstudio.core.failure_rule import RESUME, Rule
from ocrstudio.core.proven import NUMPY, WHEEL, WHEEL_2

NO_WORKERS = QT_TRANSLATE_NOOP("Errors", "Set num_workers of Train.loader and Eval.loader to 0 and start again.")

MEMORY_RULES: tuple[Rule, ...] = (
    Rule(
        "shared_memory",
        ("shared storage space", "shared memory", "BUS error", "Bus error"),
        r"insufficient shared storage space|Unexpected BUS error encountered in DataLoader|^Bus error"
        r"|killed by signal: Bus error|out of shared memory",
        QT_TRANSLATE_NOOP("Errors", "The shared memory (/dev/shm) is too small for the loaders."),
        QT_TRANSLATE_NOOP(
            "Errors",
            "Set use_shared_memory of Train.loader and Eval.loader to false, or enlarge /dev/shm (in Docker: start "
            "with --shm-size=8g).",
        ),
        page="config",
    ),
    Rule(
        "gpu_memory",
        ("out of memory on GPU", "Out of memory error on GPU", "CUDA error(2)", "_ALLOC_FAILED", "MemoryAllocation"),
        r"(?i:out of memory (?:error )?on GPU)|CUDA error\(2\)|CU(?:BLAS|DNN)_STATUS_ALLOC_FAILED"
        r"|cudaErrorMemoryAllocation",
        QT_TRANSLATE_NOOP("Errors", "The graphics card's memory is full."),
        QT_TRANSLATE_NOOP(
            "Errors",
            "Set a smaller Train.loader.batch_size_per_card (with a sampler: first_bs), and look with nvidia-smi "
            "whether other programs use the card.",
        ),
        page="config",
    ),
    Rule(
        "page_file",
        ("[WinError 1455]", "os error 1455", "paging file is too small"),
        r"\[WinError 1455\]|os error 1455|paging file is too small",
        QT_TRANSLATE_NOOP("Errors", "Windows' paging file is too small: each loader process loads all libraries anew."),
        QT_TRANSLATE_NOOP(
            "Errors",
            "Set num_workers of Train.loader and Eval.loader to 0, or enlarge the paging file in Windows' system "
            "settings (Advanced, Performance, Virtual memory).",
        ),
        page="config",
    ),
    Rule(
        "killed",
        ("Killed", "oom-kill", "oom_kill", "signal: Killed", "SIGKILL"),
        r"^Killed\b|Out of memory: Killed process|oom[-_]kill|killed by signal: Killed|\bSIGKILL\b",
        QT_TRANSLATE_NOOP("Errors", "The system ended the training, most likely for lack of memory."),
        QT_TRANSLATE_NOOP(
            "Errors", "Set a smaller Train.loader.batch_size_per_card and fewer num_workers, then resume the run."
        ),
        page="config",
    ),
    Rule(
        "memory",
        (
            "ResourceExhausted",
            "Out of memory",
            "bad_alloc",
            "MemoryError",
            "Cannot allocate memory",
            "Unable to allocate",
            "Insufficient memory",
            "alloc memory of",
        ),
        r"ResourceExhausted|Out of memory error|std::bad_alloc|^(?:\w+\.)*_?(?:Array)?MemoryError"
        r"|Cannot allocate memory"
        r"|Unable to allocate [\d.]+ .?i?B|Insufficient memory|Fail to alloc memory of",
        QT_TRANSLATE_NOOP("Errors", "Training ran out of memory."),
        QT_TRANSLATE_NOOP(
            "Errors",
            "Set a smaller Train.loader.batch_size_per_card and fewer num_workers, or close other programs.",
        ),
        page="config",
    ),
    Rule(
        "open_files",
        ("[Errno 24]", "Too many open files"),
        r"\[Errno 24\]|Too many open files",
        QT_TRANSLATE_NOOP("Errors", "Too many files are open at once: the loaders open new ones in every epoch."),
        QT_TRANSLATE_NOOP(
            "Errors",
            "Set num_workers of Train.loader and Eval.loader to 0, or allow more before the start with: {command}",
        ),
        command="ulimit -n 65536",
        page="config",
    ),
    Rule(
        "spawn",
        ("attempt has been made to start a new process", "cannot pickle", "Can't pickle"),
        r"attempt has been made to start a new process before|cannot pickle '[\w.]+' object|Can't pickle local object",
        QT_TRANSLATE_NOOP(
            "Errors", "The loader processes could not be started: on Windows they begin from nothing, which fails here."
        ),
        NO_WORKERS,
        page="config",
    ),
)
# Low in the table: they say that something ended, not why.
ENDED_RULES: tuple[Rule, ...] = (
    Rule(
        "illegal_instruction",
        ("Illegal instruction", "llegal instruction", "SIGILL", "illegal hardware instruction"),
        r"[Ii]llegal (?:hardware )?instruction|\bSIGILL\b",
        QT_TRANSLATE_NOOP(
            "Errors", "The processor lacks instructions that this Paddle uses (AVX); virtual machines often hide them."
        ),
        QT_TRANSLATE_NOOP(
            "Errors",
            "In a virtual machine, pass the host's processor type through; on an old processor try Paddle 2.6: "
            "{command}",
        ),
        command=f'{{python}} -m pip install "{WHEEL_2}"',
        page="setup",
    ),
    Rule(
        "segfault",
        ("Segmentation fault", "SIGSEGV", "Access violation", "access violation", "3221225477"),
        r"Segmentation fault|\bSIGSEGV\b|[Aa]ccess violation|exit code 3221225477",
        QT_TRANSLATE_NOOP("Errors", "Paddle crashed (segmentation fault)."),
        QT_TRANSLATE_NOOP("Errors", "Resume the run; if it happens again, use the proven package versions: {command}"),
        command=f'{{python}} -m pip install "{WHEEL}" "{NUMPY}"',
        page="setup",
    ),
    Rule(
        "aborted",
        ("Process abort signal", "SIGABRT"),
        r"Process abort signal|\bSIGABRT\b",
        QT_TRANSLATE_NOOP("Errors", "Paddle broke off (abort signal); the lines above it in the log say why."),
        RESUME,
    ),
    Rule(
        "loader",
        ("DataLoader", "Blocking queue is killed"),
        r"DataLoader (?:process|worker|\d+ workers).*exit|DataLoader reader thread raised|Blocking queue is killed",
        QT_TRANSLATE_NOOP("Errors", "A loader process ended unexpectedly."),
        NO_WORKERS,
        page="config",
    ),
    Rule(
        "terminated",
        ("Termination signal", "SIGTERM", "exit, kill process group"),
        r"Termination signal.{0,2} is detected|\bSIGTERM\b|^main proc \d+ exit, kill process group",
        QT_TRANSLATE_NOOP("Errors", "The training was ended from outside, by a person or by the system."),
        RESUME,
    ),
    Rule(
        "interrupted",
        ("KeyboardInterrupt",),
        r"^KeyboardInterrupt\b",
        QT_TRANSLATE_NOOP("Errors", "The training was interrupted (Ctrl+C)."),
        RESUME,
    ),
    Rule(
        "no_permission",
        (": Permission denied",),
        r"^(?P<reason>.*\S): Permission denied\s*$",
        QT_TRANSLATE_NOOP("Errors", "The system refuses to open or run something: {reason}."),
        QT_TRANSLATE_NOOP("Errors", "Give yourself the right to it, or choose another interpreter or folder."),
        page="setup",
    ),
)
