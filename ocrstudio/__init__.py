"""OCR Studio: from a folder of images to a better PaddleOCR model, in one window."""

__version__ = "0.1.0"
