"""Files on disk <-> values of `ocrstudio.core`."""
