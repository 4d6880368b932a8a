"""`manage.py serve`: the site on the production server."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from newsroom import serving


class Command(BaseCommand):
    help = "Serve the site with the production server (after `migrate` and `collectstatic`)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--bind", default="127.0.0.1", help="address to listen on (default 127.0.0.1)")
        parser.add_argument("--port", type=int, default=8000, help="port to listen on (default 8000)")
        parser.add_argument(
            "--workers", type=int, default=0, help="worker processes (default: one a processor, at most 4)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        serving.check_port(options["bind"], options["port"])
        serving.serve(options["bind"], options["port"], workers=options["workers"])
