"""How much a file may ask of us. Generous for what people send, and far too little for a bomb."""

from typing import Final

MEGABYTE: Final = 1024 * 1024
INPUT: Final = 100 * MEGABYTE  # larger files are kept as they came
OUTPUT: Final = 250 * MEGABYTE  # of the copy and its pictures together
DISK: Final = 700 * MEGABYTE  # in memory, of the whole sandbox: the file, the copy, and what lies between
SHARED: Final = 8 * MEGABYTE  # memory that the programs in there share
MEMORY: Final = 2048 * MEGABYTE  # address space of one program in there
PROCESSES: Final = 64
SECONDS: Final = 40  # by the clock on the wall, for one file
TOGETHER: Final = 60  # for all files of one form: somebody is waiting
QUEUE: Final = 15  # how long a file waits for its turn
AT_ONCE: Final = 2  # sandboxes of one process of the server

PIXELS: Final = 64_000_000  # of one picture; a telephone makes 12 to 50 million
ALL_PIXELS: Final = 256_000_000  # of all frames together
FRAMES: Final = 200
PAGES: Final = 300
SHEETS: Final = 10  # pages of which a picture is made
SHEET_SIDE: Final = 1600  # points of the longer side
ENTRIES: Final = 5_000  # parts of an office document
UNPACKED: Final = 250 * MEGABYTE
RATIO: Final = 150  # how many times larger than packed; looked at above the next figure
RATIO_FROM: Final = 20 * MEGABYTE
