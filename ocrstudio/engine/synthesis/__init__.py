"""Synthetic lines and pages: text set in the fonts at hand, on grounds and with wear like the real ones."""
