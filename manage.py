#!/usr/bin/env python
"""The newsroom's command line: `manage.py demo`, `manage.py migrate`, `manage.py run_due`, …"""

import os
import sys


def main() -> None:
    if sys.version_info < (3, 11):
        sys.exit("Newsroom needs Python 3.11 or newer; this is Python %d.%d." % sys.version_info[:2])
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
    from django.conf import settings
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    try:
        _ = settings.DEBUG  # what is wrong with the environment is said in one sentence
    except ImproperlyConfigured as problem:
        sys.exit(str(problem))
    try:
        execute_from_command_line(sys.argv)
    except KeyboardInterrupt:
        sys.stderr.write("\nStopped.\n")
        sys.exit(130)  # as shells say it of a command ended by Ctrl-C


if __name__ == "__main__":
    main()
