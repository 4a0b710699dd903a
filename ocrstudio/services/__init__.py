"""QObjects without widgets: the open project, child processes, runs, settings."""
