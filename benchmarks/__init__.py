"""Measures of speed and size, as ratios to something bare of the same run (``./test bench``)."""
