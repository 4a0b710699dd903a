"""Model code. Runs in child processes and on the command line only, never in the window's process."""
