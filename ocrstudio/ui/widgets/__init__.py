"""Widgets used by two or more pages."""
