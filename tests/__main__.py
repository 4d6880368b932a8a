"""The whole suite on SQLite and then on a real PostgreSQL: `python -m tests [pytest options]`.

Browser journeys run where Chromium is found; where it is not, each says that it did not run, and why.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from xml.etree import ElementTree

TITLES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}


def main(options: list[str]) -> int:
    outcomes = {database: run(database, options) for database in TITLES}
    print()
    for database, (_code, counts) in outcomes.items():
        print(f"{database}: {counts}")
    return max(code for code, _counts in outcomes.values())


def run(database: str, options: list[str]) -> tuple[int, str]:
    """Pytest's exit code and its counts in words, on this database."""
    print(f"\n=== The newsroom's tests on {TITLES[database]} ===\n", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        command = [sys.executable, "-m", "pytest", "-q", "-rs", "-n", "2", "--no-loadscope-reorder"]
        outcome = subprocess.run(
            [*command, f"--junitxml={report}", *options], env={**os.environ, "TEST_DATABASE": database}
        )
        return outcome.returncode, counted(report)


def counted(report: Path) -> str:
    """“812 passed, 0 failed”, and how many were skipped if any were."""
    if not report.exists():
        return "0 passed, 1 failed"
    suite = next(ElementTree.parse(report).iter("testsuite")).attrib
    failed, skipped = int(suite["failures"]) + int(suite["errors"]), int(suite["skipped"])
    words = f"{int(suite['tests']) - failed - skipped} passed, {failed} failed"
    return words + (f", {skipped} skipped" if skipped else "")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
