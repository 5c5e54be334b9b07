"""``python -m cleaner``: the command ``cleaner``."""

from cleaner.cli import main

if __name__ == "__main__":
    main()
