"""``python -m tendereval`` is the command line."""

import sys

from tendereval.cli import main

if __name__ == "__main__":
    sys.exit(main())
