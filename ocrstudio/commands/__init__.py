"""The subcommands of `ocrstudio`, one module each: the headless twin of every page."""
