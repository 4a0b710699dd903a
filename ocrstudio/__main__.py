"""`python -m ocrstudio`: the same entry point as the `ocrstudio` command."""

import sys

if __name__ == "__main__":
    try:
        from ocrstudio.cli import main
    except KeyboardInterrupt:
        sys.exit(130)
    sys.exit(main())
