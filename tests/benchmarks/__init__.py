"""How fast it is: `python -m tests.benchmarks list`, `python -m tests.benchmarks run NAME… [--json] [--peer DIR]`."""
