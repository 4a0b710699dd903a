"""Known failures of graphics cards, their driver and their libraries."""

from __future__ import annotations

from ocrstudio.core.doctor_builds import INDEX
from ocrstudio.core.errors import QT_TRANSLATE_NOOP
from ocrstudio.core.failure_rule import Rule

# Wheels for graphics cards come from Paddle's own index, one folder for each version of CUDA. Those of version 3 bring
# their cuDNN along. CUDA 11.8 knows cards from the GTX 10 on, 12.9 those of the RTX 50.
WHEEL = '"paddlepaddle-gpu>=3.2,<3.3"'
INSTALL_CU118 = f"{{python}} -m pip install --force-reinstall {WHEEL} -i {INDEX}/cu118/"
INSTALL_CU126 = f"{{python}} -m pip install --force-reinstall {WHEEL} -i {INDEX}/cu126/"
INSTALL_CU129 = f"{{python}} -m pip install --force-reinstall {WHEEL} -i {INDEX}/cu129/"

GPU_RULES: tuple[Rule, ...] = (
    Rule(
        "gpu",
        ("_device_id'", "use_gpu"),
        r"'ParallelEnv' object has no attribute '_device_id'|use_gpu. cannot be set as true",
        QT_TRANSLATE_NOOP("Errors", "The config asks for a graphics card, but this Paddle is for the processor only."),
        QT_TRANSLATE_NOOP("Errors", "Set Global.use_gpu to false, or choose an interpreter with paddlepaddle-gpu."),
        page="config",
    ),
    Rule(
        "driver_old",
        ("driver version is insufficient", "CUDA error(35)", "Cuda error(35)", "CUDA error(803)", "driver / cuda"),
        r"driver version is insufficient|(?i:CUDA error\((?:35|803)\))|unsupported display driver / cuda driver",
        QT_TRANSLATE_NOOP("Errors", "The graphics card's driver is older than the CUDA that Paddle was built for."),
        QT_TRANSLATE_NOOP(
            "Errors", "Update the NVIDIA driver and restart, or install the build for an older CUDA: {command}"
        ),
        command=INSTALL_CU118,
        page="setup",
    ),
    Rule(
        "gpu_missing",
        ("no CUDA-capable device", "CUDA error(100)", "no GPU detected", "cudaErrorNoDevice"),
        r"no CUDA-capable device is detected|CUDA error\(100\)|there is no GPU detected|cudaErrorNoDevice",
        QT_TRANSLATE_NOOP("Errors", "Paddle finds no graphics card."),
        QT_TRANSLATE_NOOP(
            "Errors",
            "Check that nvidia-smi lists the card and that CUDA_VISIBLE_DEVICES does not hide it (in Docker: start "
            "with --gpus all), or set Global.use_gpu to false.",
        ),
        page="setup",
    ),
    Rule(
        "gpu_number",
        ("Device id must be less than", "invalid device ordinal", "CUDA error(101)"),
        r"Device id must be less than GPU count|invalid device ordinal|CUDA error\(101\)",
        QT_TRANSLATE_NOOP("Errors", "The config or command names a graphics card that is not there."),
        QT_TRANSLATE_NOOP("Errors", "Cards are counted from 0: name only those that nvidia-smi lists."),
        page="config",
    ),
    Rule(
        "gpu_too_new",
        ("Mismatched GPU Architecture",),
        r"Mismatched GPU Architecture.*current GPU is 1[0-9]{2}\b",
        QT_TRANSLATE_NOOP(
            "Errors", "The graphics card is newer than this build of Paddle knows (RTX 50 and the like)."
        ),
        QT_TRANSLATE_NOOP("Errors", "Install the build for CUDA 12.9: {command}"),
        command=INSTALL_CU129,
        page="setup",
    ),
    Rule(
        "gpu_architecture",
        ("GPU Architecture", "GPU architecture", "no kernel image", "CUDA error(209)", "NoKernelImage"),
        r"Mismatched GPU Architecture|Unsupported GPU architecture|no kernel image is available|CUDA error\(209\)"
        r"|cudaErrorNoKernelImageForDevice",
        QT_TRANSLATE_NOOP("Errors", "This build of Paddle holds no code for the graphics card's generation."),
        QT_TRANSLATE_NOOP(
            "Errors",
            "Install the build for CUDA 11.8 (cards from GTX 10 on; RTX 50 needs cu129 in its place): {command}",
        ),
        command=INSTALL_CU118,
        page="setup",
    ),
    Rule(
        "zlibwapi",
        ("zlibwapi.dll",),
        r"Could not (?:locate|load library) zlibwapi\.dll",
        QT_TRANSLATE_NOOP("Errors", "cuDNN 8 on Windows needs the library zlibwapi.dll, which is not there."),
        QT_TRANSLATE_NOOP(
            "Errors",
            "Copy the 64-bit zlibwapi.dll into CUDA's bin folder as NVIDIA's cuDNN guide describes, or use Paddle 3, "
            "which does without: {command}",
        ),
        command=INSTALL_CU118,
        page="setup",
    ),
    Rule(
        "cudnn_clash",
        ("[WinError 127]",),
        r"\[WinError 127\].*?(?P<file>[\w.-]+\.dll)",
        QT_TRANSLATE_NOOP(
            "Errors",
            "{file} does not fit the rest of cuDNN: another package, often PyTorch, brought a different version.",
        ),
        QT_TRANSLATE_NOOP(
            "Errors", "Give Paddle an interpreter of its own, without PyTorch, and install it there: {command}"
        ),
        command=INSTALL_CU126,
        page="setup",
    ),
    Rule(
        "cudnn_missing",
        ("cudnn",),
        r"dynamic library \((?P<file>(?:lib)?cudnn[\w.]*)\) that Paddle depends on is not configured"
        r"|Could not locate (?P<file2>cudnn\w*\.dll)|(?P<file3>libcudnn[\w.]*): cannot open shared object",
        QT_TRANSLATE_NOOP(
            "Errors", "Paddle does not find cuDNN ({file}): it is not installed, or of another version than it needs."
        ),
        QT_TRANSLATE_NOOP("Errors", "Paddle 3 brings the right one along. Install it: {command}"),
        command=INSTALL_CU126,
        page="setup",
    ),
    Rule(
        "cudnn_not_loaded",
        ("Cannot load cudnn", "cudnn_dso_handle"),
        r"Cannot load cudnn shared library|cudnn_dso_handle should not be null",
        QT_TRANSLATE_NOOP("Errors", "Paddle does not find cuDNN, NVIDIA's library for neural networks."),
        QT_TRANSLATE_NOOP("Errors", "Paddle 3 brings the right one along. Install it: {command}"),
        command=INSTALL_CU126,
        page="setup",
    ),
    Rule(
        "cuda_library",
        ("dynamic library (", "cannot open shared object"),
        r"dynamic library \((?P<file>[\w.]+)\) that Paddle depends on is not configured"
        r"|(?P<file2>lib(?:cuda|cublas|cudart|cufft|curand|cusolver|cusparse|nvrtc|nvjpeg|cupti)[\w.]*)"
        r": cannot open shared object",
        QT_TRANSLATE_NOOP("Errors", "A library of CUDA is missing or of another version: {file}."),
        QT_TRANSLATE_NOOP("Errors", "Paddle 3 brings its CUDA along. Install it: {command}"),
        command=INSTALL_CU126,
        page="setup",
    ),
    Rule(
        "nccl",
        ("NCCL error", "Nccl error", "libnccl", "nccl_helper", "install 'nccl2'", "ncclSystemError"),
        r"N(?:CCL|ccl) error|libnccl[\w.]*: cannot open|nccl_helper\.h|need to install 'nccl2'|ncclSystemError",
        QT_TRANSLATE_NOOP("Errors", "The graphics cards cannot talk to each other (NCCL)."),
        QT_TRANSLATE_NOOP(
            "Errors",
            "Train with one card; or set NCCL_P2P_DISABLE=1, and in Docker start with --shm-size=8g, then try again.",
        ),
        page="config",
    ),
    Rule(
        "ctc_on_gpu",
        ("warp-ctc",),
        r"warp-ctc \[version \d+\] Error",
        QT_TRANSLATE_NOOP("Errors", "The graphics card cannot compute the CTC loss with this build of Paddle."),
        QT_TRANSLATE_NOOP(
            "Errors",
            "Install the build that fits the card's generation (RTX 50: CUDA 12.9), or train on the processor: "
            "{command}",
        ),
        command=INSTALL_CU129,
        page="setup",
    ),
    Rule(
        "label_out_of_range",
        ("Please check label value", "label should not out of bound", "label value should less than"),
        r"value of label expected >= 0 and < (?P<classes>\d+).*but got (?P<got>\d+)"
        r"|label should not out of bound.*?(?P<got2>\d+)\]?$"
        r"|label value should less than .*label value\s*\((?P<got3>\d+)\)",
        QT_TRANSLATE_NOOP(
            "Errors", "A label has class {got}, more than the model has: its list of classes is too short."
        ),
        QT_TRANSLATE_NOOP(
            "Errors", "Make the config's dictionary or class list and the model's number of classes fit the labels."
        ),
        page="config",
    ),
    Rule(
        "card_broke_off",
        ("CUDA error(7", "Cuda error(7", "CUDA error(999)", "CUDA error(46)", "unspecified launch", "illegal memory"),
        r"(?i:CUDA error\((?:700|702|710|716|717|718|719|999|46)\))|unspecified launch failure"
        r"|an illegal memory access was encountered",
        QT_TRANSLATE_NOOP(
            "Errors",
            "The graphics card broke off in the middle of the work: too hot, too much memory in use, a fault of its "
            "driver or labels outside the dictionary.",
        ),
        QT_TRANSLATE_NOOP("Errors", "Resume the run with a smaller batch; if it comes again, update the driver."),
        page="config",
    ),
    Rule(
        "cublas",
        ("CUBLAS_STATUS_", "CUDNN_STATUS_"),
        r"(?P<code>CU(?:BLAS|DNN)_STATUS_(?!ALLOC)(?!SUCCESS)\w+)",
        QT_TRANSLATE_NOOP(
            "Errors",
            "A library of the graphics card failed ({code}): its memory is full, or driver and CUDA do not fit.",
        ),
        QT_TRANSLATE_NOOP(
            "Errors",
            "Close other programs that use the card and try a smaller batch; else install Paddle anew: {command}",
        ),
        command=INSTALL_CU126,
        page="setup",
    ),
    Rule(
        "gpu_ignored",
        ("CUDA device is not set properly", "no GPU found in runtime"),
        r"your CUDA device is not set properly|no GPU found in runtime",
        QT_TRANSLATE_NOOP("Errors", "Paddle can use graphics cards, but finds none: the processor does the work."),
        QT_TRANSLATE_NOOP("Errors", "Check the driver with nvidia-smi, and that CUDA_VISIBLE_DEVICES names a card."),
        "warning",
        page="setup",
    ),
    Rule(
        "gpu_generation",
        ("not compatible with Paddle installation",),
        r"GPU architecture in your current machine is (?P<card>\w+), which is not compatible",
        QT_TRANSLATE_NOOP(
            "Errors", "This build of Paddle was not made for cards of the generation {card}; it may fail."
        ),
        QT_TRANSLATE_NOOP("Errors", "If it does, install the build for CUDA 11.8: {command}"),
        "warning",
        command=INSTALL_CU118,
        page="setup",
    ),
    Rule(
        "onnx_gpu",
        ("CUDAExecutionProvider", "onnxruntime_providers_cuda"),
        r"Failed to create CUDAExecutionProvider|onnxruntime_providers_cuda\S*.*(?:error 126|cannot open"
        r"|which is missing)",
        QT_TRANSLATE_NOOP("Errors", "ONNX Runtime cannot use the graphics card: reading goes on with the processor."),
        QT_TRANSLATE_NOOP("Errors", "It needs CUDA 12 and cuDNN 9; without them it works, only slower."),
        "warning",
        page="setup",
    ),
    Rule(
        "tensorrt",
        ("TensorRT dynamic library",),
        r"TensorRT dynamic library \(?.*(?:is not found|not configured)",
        QT_TRANSLATE_NOOP("Errors", "TensorRT is not installed; training does not use it."),
        "",
        "harmless",
    ),
)
# Low in the table: what the launcher says about a process that has said more itself.
LAUNCH_RULES: tuple[Rule, ...] = (
    Rule(
        "port_taken",
        ("Address already in use", "[Errno 98]", "EADDRINUSE", "[WinError 10048]"),
        r"Address already in use|\[Errno 98\]|EADDRINUSE|\[WinError 10048\]",
        QT_TRANSLATE_NOOP("Errors", "The network port of the training is taken: an earlier one may still be running."),
        QT_TRANSLATE_NOOP("Errors", "End the earlier training, or wait a minute, then start again."),
    ),
    Rule(
        "worker_aborted",
        ("ABORT!!!",),
        r"ABORT!!! Out of all \d+ trainers",
        QT_TRANSLATE_NOOP("Errors", "One of the processes that train together ended with an error."),
        QT_TRANSLATE_NOOP(
            "Errors", "The log of that process (workerlog.0, workerlog.1 …) says which; read its last lines."
        ),
    ),
)
