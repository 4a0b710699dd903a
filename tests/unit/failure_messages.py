"""Real messages of failures: where they were met, the line, the rule, and what it tells.

The first column is a thread (`PaddleOCR#11230`: that issue of PaddlePaddle/PaddleOCR; `Paddle`, `PaddleX` and others
likewise), or `measured` for one that was provoked with PaddleOCR itself.
"""

from __future__ import annotations

MISMATCH = (
    "E0628 11:38:05.609311 27896 gpu_resources.cc:98] Mismatched GPU Architecture: The installed PaddlePaddle package "
    "was compiled for 75 80 86 89 ,but your current GPU is 120 Solution: Install the correct wheel package built for "
    "your GPU"
)
DLL_7 = (
    "RuntimeError: (PreconditionNotMet) The third-party dynamic library (cudnn64_7.dll) that Paddle depends on is not "
    "configured correctly. (error code is 126)"
)
WIN_127 = (
    'OSError: [WinError 127] 找不到指定的程序。 Error loading "D:\\envs\\site-packages\\paddle\\..\\n'
    'vidia\\cudnn\\bin\\cudnn_cnn64_9.dll" or one of its dependencies.'
)
OMP = "OMP: Error #15: Initializing libiomp5md.dll, but found libiomp5md.dll already initialized."
XCB = (
    'qt.qpa.plugin: Could not load the Qt platform plugin "xcb" in "/x/site-packages/cv2/qt/plugins" '
    "even though it was found."
)
IMSHOW = (
    "cv2.error: OpenCV(4.5.4) window.cpp:1274: error: (-2:Unspecified error) The function is not implemented. Rebuild "
    "the library with Windows, GTK+ 2.x or Cocoa support."
)
BUS = "ERROR: Unexpected BUS error encountered in DataLoader worker. This might be caused by insufficient "
"shared memory (shm)"
SSL = (
    "(Caused by SSLError(SSLCertVerificationError(1, '[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: "
    "unable to get local issuer certificate (_ssl.c:1131)')))"
)
PROXY = (
    "requests.exceptions.ProxyError: HTTPSConnectionPool(host='paddleocr.bj.bcebos.com', port=443): Max retries "
    "exceeded with url: /x.tar"
)
LABEL = (
    "Error: /paddle/paddle/phi/kernels/gpu/cross_entropy_kernel.cu:1008 Assertion `false` failed. The value of label "
    "expected >= 0 and < 13, or == 255, but got 13. Please check label value."
)
WARPCTC = "RuntimeError: (PreconditionNotMet) warp-ctc [version 2] Error in get_workspace_size: execution failed"
PASCAL = (
    "W0616 17:16:24.460505  2840 gpu_resources.cc:96] The GPU architecture in your current machine is Pascal, which "
    "is not compatible with Paddle installation with arch: 70 75 80 86 , it is recommended to install the "
    "corresponding wheel"
)
GLIBCXX = (
    "ImportError: /usr/local/gcc-5.2.0/lib64/libstdc++.so.6: version `GLIBCXX_3.4.22' not found (required by "
    "/x/site-packages/paddle/base/libpaddle.so)"
)
INFERENCE_YML = "FileNotFoundError: [Errno 2] No such file or directory: '/models/ch_PP-OCRv3_mobile_det/inference.yml'"
SET_PROPERLY = (
    "UserWarning: You are using GPU version Paddle, but your CUDA device is not set properly. CPU device will be used "
    "by default."
)

# (thread, line, rule, values that it tells)
FATAL: list[tuple[str, str, str, dict[str, str]]] = [
    # --- graphics card, driver, CUDA, cuDNN
    (
        "measured",
        "AttributeError: 'ParallelEnv' object has no attribute '_device_id'. Did you mean: 'device_id'?",
        "gpu",
        {},
    ),
    (
        "Paddle#50747",
        "OSError: (External) CUDA error(35), CUDA driver version is insufficient for CUDA runtime version.",
        "driver_old",
        {},
    ),
    (
        "PaddleOCR#2144",
        "OSError: (External)  Cuda error(35), CUDA driver version is insufficient for CUDA runtime version.",
        "driver_old",
        {},
    ),
    ("Paddle#47874", "OSError: (External) CUDA error(100), no CUDA-capable device is detected.", "gpu_missing", {}),
    (
        "PaddleOCR#685",
        "E0908 03:01:56.636876   487 pybind.cc:1261] Cannot use GPU because there is no GPU detected on your machine.",
        "gpu_missing",
        {},
    ),
    ("PaddleMIX#836", "CUDA error 101 [util_device.cuh, 102]: invalid device ordinal", "gpu_number", {}),
    ("Paddle#73687", MISMATCH, "gpu_too_new", {}),
    ("PaddleX#4473", "RuntimeError: Unsupported GPU architecture", "gpu_architecture", {}),
    (
        "PaddleOCR#13119",
        "OSError: (External) CUDA error(209), no kernel image is available for execution on the device.",
        "gpu_architecture",
        {},
    ),
    ("PaddleOCR#8400", "Could not locate zlibwapi.dll. Please make sure it is in your library path!", "zlibwapi", {}),
    ("PaddleOCR#9913", DLL_7, "cudnn_missing", {"file": "cudnn64_7.dll"}),
    ("PaddleOCR#11230", DLL_7.replace("_7", "_8"), "cudnn_missing", {"file": "cudnn64_8.dll"}),
    (
        "PaddleOCR#10199",
        "Could not locate cudnn_ops_infer64_8.dll. Please make sure it is in your library path!",
        "cudnn_missing",
        {"file": "cudnn_ops_infer64_8.dll"},
    ),
    ("Paddle#68673", WIN_127, "cudnn_clash", {"file": "cudnn_cnn64_9.dll"}),
    (
        "PaddleOCR#7300",
        "RuntimeError: (PreconditionNotMet) Cannot load cudnn shared library. Cannot invoke method cudnnGetVersion.",
        "cudnn_not_loaded",
        {},
    ),
    (
        "Paddle#55377",
        "ImportError: libcudart.so.11.0: cannot open shared object file: No such file or directory",
        "cuda_library",
        {"file": "libcudart.so.11.0"},
    ),
    ("Paddle#48181", "OSError: (External) NCCL error(2), unhandled system error.", "nccl", {}),
    (
        "PaddleDetection#4139",
        "OSError: (External) Nccl error, unhandled cuda error (at /paddle/collective_helper.cc:100)",
        "nccl",
        {},
    ),
    (
        "PaddleOCR#3327",
        "W0713 15:35:20 dynamic_loader.cc:207] You may need to install 'nccl2' from NVIDIA official website",
        "nccl",
        {},
    ),
    ("Paddle#76037", WARPCTC, "ctc_on_gpu", {}),
    ("PaddleOCR#8635", LABEL, "label_out_of_range", {"classes": "13", "got": "13"}),
    ("Paddle#57411", "OSError: (External) CUDA error(719), unspecified launch failure.", "card_broke_off", {}),
    (
        "PaddleDetection#8711",
        "OSError: (External) CUDA error(700), an illegal memory access was encountered.",
        "card_broke_off",
        {},
    ),
    (
        "PaddleOCR#9258",
        "OSError: (External) CUDNN error(8), CUDNN_STATUS_EXECUTION_FAILED.",
        "cublas",
        {"code": "CUDNN_STATUS_EXECUTION_FAILED"},
    ),
    (
        "PaddleOCR#11603",
        "ExternalError: CUDNN error(1), CUDNN_STATUS_NOT_INITIALIZED.",
        "cublas",
        {"code": "CUDNN_STATUS_NOT_INITIALIZED"},
    ),
    # --- memory, loaders, shared memory
    (
        "PaddleOCR#11989",
        "Out of memory error on GPU 0. Cannot allocate 129.394531MB memory on GPU 0, 23.611938GB memory has been "
        "allocated",
        "gpu_memory",
        {},
    ),
    ("PaddleOCR#3139", "ResourceExhaustedError: Out of memory error on GPU 0.", "gpu_memory", {}),
    ("measured", "ResourceExhaustedError:", "memory", {}),
    ("measured", "MemoryError: Unable to allocate 1.50 GiB for an array with shape (20, 3, 4480, 1500)", "memory", {}),
    ("measured", "numpy.core._exceptions._ArrayMemoryError: Unable to allocate 5.93 MiB for an array", "memory", {}),
    ("measured", "terminate called after throwing an instance of 'std::bad_alloc'", "memory", {}),
    ("measured", "Killed", "killed", {}),
    ("measured", "[1234.5] Out of memory: Killed process 4242 (python) total-vm:9000000kB", "killed", {}),
    (
        "WeCLIP#5",
        'OSError: [WinError 1455] 页面文件太小，无法完成操作。 Error loading "D:\\cudnn_cnn_infer64_8.dll" or one of '
        "its dependencies.",
        "page_file",
        {},
    ),
    ("PaddleOCR#6530", BUS, "shared_memory", {}),
    (
        "Paddle#24708",
        "RuntimeError: DataLoader worker (pid 3002) is killed by signal: Bus error. It is possible that dataloader's "
        "workers are out of shared memory.",
        "shared_memory",
        {},
    ),
    ("measured", "  It may be caused by insufficient shared storage space. This problem usually", "shared_memory", {}),
    ("PaddleOCR#3256", "OSError: [Errno 24] Too many open files", "open_files", {"command": "ulimit -n 65536"}),
    (
        "PaddleOCR#1911",
        "RuntimeError: DataLoader 8 workers exit unexpectedly, pids: 245, 246, 247, 248, 249, 250, 251, 252",
        "loader",
        {},
    ),
    ("PaddleOCR#2946", "ERROR:root:DataLoader reader thread raised an exception!", "loader", {}),
    (
        "measured",
        "SystemError: (Fatal) Blocking queue is killed because the data reader raises an exception.",
        "loader",
        {},
    ),
    ("PaddleOCR#11901", "        An attempt has been made to start a new process before the", "spawn", {}),
    ("measured", "TypeError: cannot pickle 'Environment' object", "spawn", {}),
    # --- disks, paths, encodings, downloads
    ("measured", "OSError: [Errno 28] No space left on device", "disk_full", {}),
    ("measured", "OSError: [Errno 122] Disk quota exceeded", "disk_quota", {}),
    ("PaddleOCR#4129", SSL, "certificate", {}),
    ("PaddleWebOCR#15", PROXY, "proxy", {}),
    (
        "measured",
        "RuntimeError: Download from https://x.com/MobileNetV3.pdparams failed. Retry limit reached",
        "download",
        {"url": "https://x.com/MobileNetV3.pdparams"},
    ),
    (
        "PaddleX#5159",
        "[Download] Error downloading /data/x/generation_config.json: None: gateway",
        "download",
        {"url": "/data/x/generation_config.json"},
    ),
    ("measured", "socket.gaierror: [Errno -3] Temporary failure in name resolution", "network", {}),
    (
        "ComfyUI-UniRig#5",
        "PermissionError: [WinError 32] The process cannot access the file because it is being used by another "
        "process: 'C:\\\\runs\\\\latest.pdopt'",
        "file_locked",
        {"file": "C:\\\\runs\\\\latest.pdopt"},
    ),
    (
        "measured",
        "NotADirectoryError: [Errno 20] Not a directory: 'fdata/t8.txt/out'",
        "save_dir_is_file",
        {"file": "fdata/t8.txt/out"},
    ),
    ("measured", "OSError: [Errno 30] Read-only file system: 'romnt/out'", "read_only", {"file": "romnt/out"}),
    (
        "deep-text-recognition-benchmark#420",
        "PermissionError: [Errno 13] Permission denied: 'D:/test6Training/labels'",
        "read_only",
        {"file": "D:/test6Training/labels"},
    ),
    ("measured", "env: ‘venv/bin/python’: Permission denied", "no_permission", {"reason": "env: ‘venv/bin/python’"}),
    ("measured", "OSError: [Errno 36] File name too long: 'a'", "path_too_long", {}),
    (
        "measured",
        "OSError: [Errno 22] Invalid argument: 'D:\\\\data\\train.txt'",
        "windows_path",
        {"file": "D:\\\\data\\train.txt"},
    ),
    ("PaddleOCR#15684", INFERENCE_YML, "no_inference_yml", {"file": "/models/ch_PP-OCRv3_mobile_det/inference.yml"}),
    (
        "measured",
        "ValueError: Model name mismatch: expected 'PP-OCRv6_medium_rec' but config has 'PP-OCRv5_mobile_rec'",
        "model_name",
        {},
    ),
    ("PaddleOCR#15707", "AssertionError: Model name mismatch，please input the correct model dir.", "model_name", {}),
    (
        "PaddleOCR#1030",
        "2020-10-28 10:08:59,071-INFO: not find model file path ./inference/ch_ppocr_mobile_rec_infer//model",
        "no_model_file",
        {"file": "./inference/ch_ppocr_mobile_rec_infer//model"},
    ),
    (
        "measured",
        "python: can't open file '/home/x/tools/train.py': [Errno 2] No such file or directory",
        "script_missing",
        {"file": "/home/x/tools/train.py"},
    ),
    ("measured", "OSError: cannot open resource", "font", {}),
    (
        "measured",
        "FileNotFoundError: [Errno 2] No such file or directory: '/nope/train.txt'",
        "no_file",
        {"file": "/nope/train.txt"},
    ),
    (
        "PaddleX#2464",
        "UnicodeEncodeError: 'gbk' codec can't encode character '\\xcb' in position 0: illegal multibyte sequence",
        "console_encoding",
        {"codec": "gbk"},
    ),
    (
        "PaddleOCR#7601",
        "UnicodeDecodeError: 'gbk' codec can't decode byte 0xaf in position 6: illegal multibyte sequence",
        "system_encoding",
        {"codec": "gbk"},
    ),
    (
        "PaddleOCR#5922",
        "UnicodeDecodeError: 'utf-8' codec can't decode byte 0xa8 in position 51: invalid start byte",
        "file_not_utf8",
        {},
    ),
    # --- packages and system libraries
    ("PaddleOCR#8718", "AttributeError: module 'numpy' has no attribute 'int'", "numpy_alias", {"name": "int"}),
    (
        "PaddleOCR#14842",
        "AttributeError: `np.sctypes` was removed in the NumPy 2.0 release. Access dtypes explicitly instead.",
        "numpy_2",
        {"name": "sctypes"},
    ),
    ("measured", "ImportError: numpy.core.multiarray failed to import", "opencv_numpy", {}),
    ("spyder#24981", "A module that was compiled using NumPy 1.x cannot be run in", "opencv_numpy", {}),
    (
        "valis#165",
        "ValueError: numpy.dtype size changed, may indicate binary incompatibility. Expected 96 from C header",
        "opencv_numpy",
        {},
    ),
    ("Paddle#70562", "TypeError: Descriptors cannot be created directly.", "protobuf", {}),
    ("PaddleSpeech#1970", "TypeError: Descriptors cannot not be created directly.", "protobuf", {}),
    (
        "PaddleOCR#12102",
        "ImportError: libGL.so.1: cannot open shared object file: No such file or directory",
        "libgl",
        {"file": "libGL.so.1"},
    ),
    ("measured", "ImportError: libgomp.so.1: cannot open shared object file: No such file or directory", "libgomp", {}),
    (
        "measured",
        "ImportError: libssl.so.1.1: cannot open shared object file: No such file or directory",
        "openssl",
        {},
    ),
    ("PaddleOCR#11667", GLIBCXX, "glibc", {"name": "GLIBCXX_3.4.22"}),
    ("Paddle#35657", "ImportError: /lib64/libc.so.6: version `GLIBC_2.14' not found", "glibc", {"name": "GLIBC_2.14"}),
    ("PPOCRLabel#26", XCB, "qt_plugin", {}),
    ("mmocr#953", IMSHOW, "imshow", {}),
    ("PaddleOCR#3481", OMP, "openmp_twice", {}),
    ("measured", "zlib.error: Error -2 while decompressing data: inconsistent stream state", "zlib", {}),
    ("PaddleOCR#986", "OSError: [WinError 126] 找不到指定的模块。", "dll_missing", {}),
    (
        "PARL#1168",
        "ImportError: DLL load failed while importing libpaddle: 动态链接库(DLL)初始化例程失败。",
        "dll_missing",
        {},
    ),
    (
        "PaddleOCR#13280",
        "AttributeError: module 'paddle' has no attribute 'fluid'. Did you mean: 'flip'?",
        "paddle_fluid",
        {},
    ),
    ("PaddleOCR#17115", "AttributeError: module 'paddle' has no attribute 'device'", "paddle_damaged", {}),
    (
        "Paddle#52106",
        "Error: Can not import paddle core while this file exists: "
        "/usr/local/lib64/python3.6/site-packages/paddle/fluid/libpaddle.so",
        "paddle_damaged",
        {},
    ),
    (
        "PaddleOCR#1125",
        "ImportError: cannot import name 'PaddleOCR' from partially initialized module 'paddleocr' (most likely due "
        "to a circular import)",
        "name_clash",
        {"name": "paddleocr"},
    ),
    ("measured", "ModuleNotFoundError: No module named 'paddle'", "no_paddle", {}),
    ("measured", "ModuleNotFoundError: No module named 'ppocr.utils'", "no_checkout", {}),
    (
        "PaddleOCR#8543",
        "ModuleNotFoundError: No module named 'Polygon'",
        "no_module",
        {"name": "Polygon", "package": "Polygon3", "command": "python -m pip install Polygon3"},
    ),
    (
        "PaddleOCR#14345",
        "ModuleNotFoundError: No module named 'skimage'",
        "no_module",
        {"name": "skimage", "package": "scikit-image", "command": "python -m pip install scikit-image"},
    ),
    ("measured", "ModuleNotFoundError: No module named 'lmdb'", "no_module", {"name": "lmdb", "package": "lmdb"}),
    ("measured", "ModuleNotFoundError: No module named 'imgaug.augmenters'", "no_module", {"package": "imgaug"}),
    (
        "measured",
        "ImportError: cannot import name 'broadcast_to' from 'numpy.lib.stride_tricks' (/x.py)",
        "old_package",
        {"name": "broadcast_to"},
    ),
    ("measured", "ValueError: Unknown argument: show_log", "api_3", {"name": "show_log"}),
    (
        "Paddle#48904",
        "ImportError: libpython3.7m.so.1.0: cannot open shared object file: No such file or directory",
        "system_library",
        {"file": "libpython3.7m.so.1.0"},
    ),
    (
        "measured",
        "Fatal Python error: init_fs_encoding: failed to get the Python codec of the filesystem encoding",
        "python_broken",
        {},
    ),
    (
        "measured",
        "[ONNXRuntimeError] : 7 : INVALID_PROTOBUF : Load model from x.onnx failed:Protobuf parsing failed.",
        "onnx_model",
        {"code": "INVALID_PROTOBUF"},
    ),
    # --- config, weights, training
    (
        "PaddleOCR#2273",
        "[2026/11/22 07:13:32] ppocr ERROR: No Images in train dataset, please ensure",
        "no_training_lines",
        {},
    ),
    (
        "measured",
        "AssertionError: The /nope/best_accuracy.pdparams does not exists!",
        "no_weights",
        {"file": "/nope/best_accuracy.pdparams"},
    ),
    ("measured", "EOFError: Ran out of input", "cut_weights", {}),
    ("measured", "ValueError: `paddle.load` can not parse the file:fdata/trunc.pdparams.", "cut_weights", {}),
    ("measured", "_pickle.UnpicklingError: pickle data was truncated", "cut_weights", {}),
    (
        "measured",
        "AssertionError: Variable Shape not match, Variable [ linear_8.w_0_moment1_0 ]",
        "other_dictionary",
        {},
    ),
    ("measured", "TypeError: The type of learning rate must be float, but received <class 'str'>", "learning_rate", {}),
    ("measured", "TypeError: object of type 'NoneType' has no len()", "no_eval_set", {}),
    ("measured", "AssertionError:  'T_max' must be a positive integer.", "no_epochs", {}),
    ("measured", "AssertionError: The length of ratio_list should be the same as the file_list.", "ratio_list", {}),
    ("measured", "AssertionError: only support yaml files for now", "yaml_extension", {}),
    (
        "measured",
        "yaml.parser.ParserError: while parsing a flow sequence",
        "yaml",
        {"reason": "while parsing a flow sequence"},
    ),
    ("measured", "TypeError: list indices must be integers or slices, not str", "option_list", {}),
    (
        "PaddleOCR#3327",
        "train.py: error: unrecognized arguments: --gpus [2,3,4,6]",
        "arguments",
        {"reason": "unrecognized arguments: --gpus [2,3,4,6]"},
    ),
    ("measured", "NameError: name 'RecAugg' is not defined", "unknown_name", {"name": "RecAugg"}),
    ("measured", "AssertionError", "unknown_algorithm", {}),
    ("measured", "KeyError: 'transforms'", "missing_key", {"name": "transforms"}),
    (
        "measured",
        "lmdb.Error: /data/rec: No such file or directory",
        "lmdb",
        {"reason": "/data/rec: No such file or directory"},
    ),
    (
        "measured",
        "shapely.errors.TopologicalError: The operation 'GEOSIntersection_r' could not be performed.",
        "bad_polygon",
        {},
    ),
    ("LSTR#67", "AttributeError: 'NoneType' object has no attribute 'shape'", "unreadable_image", {}),
    (
        "measured",
        "NotImplementedError: (Unimplemented) ConvertPirAttribute2RuntimeAttribute not support",
        "paddle_3_3",
        {},
    ),
    ("measured", "ValueError: (InvalidArgument) Type of attribute: scale is not right.", "newer_export", {}),
    # --- how it ended
    ("Paddle#69003", "Illegal instruction (core dumped)", "illegal_instruction", {}),
    ("measured", "FatalError: `Segmentation fault` is detected by the operating system.", "segfault", {}),
    ("PaddleOCR#3305", "FatalError: `Process abort signal` is detected by the operating system.", "aborted", {}),
    ("measured", "FatalError: `Termination signal` is detected by the operating system.", "terminated", {}),
    ("measured", "main proc 9905 exit, kill process group 9905", "terminated", {}),
    ("measured", "KeyboardInterrupt", "interrupted", {}),
    ("measured", "RuntimeError: Address already in use", "port_taken", {}),
    (
        "PaddleOCR#3327",
        "ERROR 2021-07-13 launch_utils.py:545] ABORT!!! Out of all 8 trainers, the trainer process with rank=[0] was "
        "aborted.",
        "worker_aborted",
        {},
    ),
]
# Complaints that let a training go on.
WARNINGS: list[tuple[str, str, str]] = [
    ("MonkeyOCR#242", SET_PROPERLY, "gpu_ignored"),
    ("Paddle#54713", PASCAL, "gpu_generation"),
    (
        "measured",
        "2026-01-01 [W:onnxruntime] Failed to create CUDAExecutionProvider. Require cuDNN 9.* and CUDA 12.*",
        "onnx_gpu",
    ),
    (
        "PaddleOCR#10042",
        "[2023/05/26 21:49:05] ppocr INFO: epoch: [1/2000], global_step: 174, lr: 0.000013, acc: 0.000000, loss: "
        "nanxxx, avg_reader_cost: 0.01 s",
        "nan",
    ),
    (
        "measured",
        "[2026/11/22 07:13:32] ppocr INFO: No Images in eval dataset, evaluation during training will be disabled",
        "no_eval_lines",
    ),
]
# What only looks like a failure.
HARMLESS: list[tuple[str, str, str]] = [
    ("measured", "list index out of range", "list_index"),
    (
        "PaddleOCR#14904",
        "site-packages/paddle/utils/cpp_extension/extension_utils.py:712: UserWarning: No ccache found.",
        "ccache",
    ),
    (
        "measured",
        "W1122 07:07:28.021835  1864 multiply_fwd_func.cc:86] got different data type, run type promotion "
        "automatically",
        "type_promotion",
    ),
    ("PaddleOCR#8065", "Found inf or nan, current scale is: 1024.0, decrease to: 1024.0*0.5", "amp_scale"),
    (
        "Paddle#43181",
        "W0602 tensorrt.cc:56] You are using Paddle compiled with TensorRT, but TensorRT dynamic library is not found.",
        "tensorrt",
    ),
    (
        "measured",
        "[2026/11/22 07:13:32] ppocr WARNING: You are using VisualDL, the VisualDL is deprecated and removed in ppocr!",
        "visualdl",
    ),
]
SILENT: list[str] = [
    "Skipping import of the encryption module.",
    "[2026-11-22 07:22:18,619] [    INFO] optimizer.py:254 - If regularizer of a Parameter has been set",
    "[2026/11/22 07:07:28] ppocr INFO: epoch: [1/1], global_step: 1, lr: 0.0, loss: 1.0",
    "[2026/11/22 07:07:28] ppocr INFO:         data_dir : /data/out of memory on GPU/Killed",
    "eval model:: 100%|██████████| 2/2 [00:00<00:00,  2.04it/s]",
    '  File "tools/train.py", line 269, in <module>',
]
