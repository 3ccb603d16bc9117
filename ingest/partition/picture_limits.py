"""Which pictures are read."""

SMALL = 60_000  # pixels; logos have fewer, pictures of pages and screens many more
MOST_PIXELS = 120_000_000  # a square metre at 300 dpi
