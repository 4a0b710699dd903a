"""Model code. Runs in child processes and on the command line only, never in the window's process."""

import os

# ONNX Runtime's wheels send usage data to Microsoft unless this is set before it is loaded (its Privacy.md, 1.29 on).
os.environ["ORT_DISABLE_TELEMETRY"] = "1"
