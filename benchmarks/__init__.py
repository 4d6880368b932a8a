"""How fast the newsroom answers, measured by hand: `python -m benchmarks`. README.md beside this file explains it."""
