#!/usr/bin/env python
"""The newsroom's command line: `manage.py demo`, `manage.py migrate`, `manage.py run_due`, …"""

import os
import sys


def main() -> None:
    if sys.version_info < (3, 11):
        sys.exit("Newsroom needs Python 3.11 or newer; this is Python %d.%d." % sys.version_info[:2])
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
