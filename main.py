"""Starts SalesPractice: the window, or with a subcommand the terminal program."""

import multiprocessing

if __name__ == "__main__":
    # First of all: in a frozen program the transcription process starts by running this file again.
    multiprocessing.freeze_support()

    from salespractice.__main__ import main

    raise SystemExit(main())
