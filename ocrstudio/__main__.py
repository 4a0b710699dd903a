"""`python -m ocrstudio`: the same entry point as the `ocrstudio` command."""

import sys

from ocrstudio.cli import main

if __name__ == "__main__":
    sys.exit(main())
