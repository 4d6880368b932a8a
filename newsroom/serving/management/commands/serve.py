"""`manage.py serve`: the site on the production server."""

import argparse
import socket
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from newsroom import serving


class Command(BaseCommand):
    help = "Serve the site with the production server (after `migrate` and `collectstatic`)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--bind", default="127.0.0.1", help="address to listen on (default 127.0.0.1)")
        parser.add_argument("--port", type=int, default=8000, help="port to listen on (default 8000)")
        parser.add_argument(
            "--workers", type=int, default=0, help="worker processes (default: one a processor, at most 8)"
        )
        parser.add_argument(
            "--drain",
            type=float,
            default=serving.DRAIN,
            help=f"seconds a reload leaves to connections that are open (default {serving.DRAIN})",
        )
        for inherited in ("--listener", "--control"):  # from the supervisor
            parser.add_argument(inherited, type=int, help=argparse.SUPPRESS)

    def handle(self, *args: Any, **options: Any) -> None:
        how = {"workers": options["workers"], "drain": options["drain"]}
        if options["control"]:
            ends = [socket.socket(fileno=options[name]) for name in ("listener", "control")]
            serving.Generation(*ends, **how).serve()
        else:
            serving.keep(options["bind"], options["port"], **how)
