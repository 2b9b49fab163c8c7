"""Faults and rushes: what the portal must stand, tried on processes of its own (``./test chaos``)."""
