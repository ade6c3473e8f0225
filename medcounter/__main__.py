"""Entry point of ``python -m medcounter``: the command line."""

import sys

from medcounter.cli import main

if __name__ == "__main__":
    sys.exit(main())
