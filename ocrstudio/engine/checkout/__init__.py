"""Training in a PaddleOCR checkout: its own scripts in its own interpreter, watched from outside; no Paddle here."""
