"""Annotating, ours beside PPOCRLabel: the same folders, the same gestures."""
