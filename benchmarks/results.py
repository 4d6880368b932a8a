"""What was measured, one small file a run: results/pages-postgresql-1000000.json. A later run replaces it."""

import json
import os
import platform
import re
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).with_name("results")


def keep(what: str, database: str, articles: int, rows: list[dict[str, Any]], **how: Any) -> Path:
    FOLDER.mkdir(exist_ok=True)
    path = FOLDER / f"{what}-{database.lower()}-{articles}.json"
    told = {"what": what, "database": database, "stories": articles, "taken": _now(), **_where(), **how}
    lines = ",\n".join(f"  {json.dumps(row)}" for row in rows)
    path.write_text(json.dumps(told, indent=1)[:-2] + f',\n "rows": [\n{lines}\n ]\n}}\n')
    return path


def kept(what: str) -> Iterator[dict[str, Any]]:
    """All runs of this kind, by database, the smallest archive first."""
    found = [json.loads(path.read_text()) for path in FOLDER.glob(f"{what}-*.json")]
    yield from sorted(found, key=lambda run: (run["database"], run["stories"]))


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="minutes")


def _where() -> dict[str, Any]:
    """The machine, the commit, and what else was going on: the load average as the run ended."""
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True
    ).stdout.strip()
    known = re.search(r"model name\s*: (.*)", Path("/proc/cpuinfo").read_text())
    return {
        "commit": commit,
        "python": platform.python_version(),
        "processors": os.cpu_count(),
        "cpu": known[1] if known else "",
        "load": os.getloadavg()[1],
    }
