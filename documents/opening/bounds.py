"""How much a received file may hold. Read here by those who open it and by those who say so."""

MEGABYTE = 1024 * 1024

MAX_PIXELS = 60_000_000
MAX_PAGES = 3000
MAX_UNPACKED_BYTES = 200 * MEGABYTE
MAX_RATIO = 200
MAX_MEMBERS = 5000
MAX_DEPTH = 256
MAX_ELEMENTS = 1_000_000
MAX_ROWS = 5000
MAX_COLUMNS = 40
