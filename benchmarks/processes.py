"""Processor time of the site as a whole: the server, its workers and the database, read from /proc."""

import os
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")


def cpu_seconds(*roots: int) -> float:
    """User and system time so far of these processes and all below them, those that have ended included."""
    stats = {int(path.name): _stat(path) for path in Path("/proc").iterdir() if path.name.isdigit()}
    return sum(_ticks(stats[pid]) for pid in _family(set(roots), stats)) / TICKS


def family(*roots: int) -> set[int]:
    """These processes and all below them that are alive."""
    stats = {int(path.name): _stat(path) for path in Path("/proc").iterdir() if path.name.isdigit()}
    return {pid for pid in _family(set(roots), stats) if stats[pid]}


def _family(roots: set[int], stats: dict[int, list[str]]) -> set[int]:
    children = {pid for pid, stat in stats.items() if stat and int(stat[1]) in roots} - roots
    return _family(roots | children, stats) if children else roots


def _ticks(stat: list[str]) -> int:
    return sum(int(number) for number in stat[11:15])  # utime, stime and the same of children waited for


def _stat(path: Path) -> list[str]:
    """The fields of /proc/PID/stat from the third on (the second is a name that may hold blanks)."""
    try:
        return (path / "stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return []  # gone since the folder was listed
