"""The whole suite on SQLite and then on a real PostgreSQL: `python -m tests [pytest options]`."""

import os
import subprocess
import sys


def main(options: list[str]) -> int:
    outcomes = {}
    for database in ("sqlite", "postgresql"):
        print(f"\n=== The newsroom's tests on {database} ===\n", flush=True)
        environment = {**os.environ, "TEST_DATABASE": database}
        command = [sys.executable, "-m", "pytest", "-q", "-n", "2", *options]
        outcomes[database] = subprocess.run(command, env=environment, check=False).returncode
    print(
        "\n" + "\n".join(f"{name}: {'passed' if not code else 'FAILED'}" for name, code in outcomes.items())
    )
    return max(outcomes.values())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
