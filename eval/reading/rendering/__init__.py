"""Documents as files of each format, written by the programs that firms write them with."""
