"""Run the command line as ``python -m pariscall``."""

from .cli import main

if __name__ == "__main__":
    main(prog_name="pariscall")
