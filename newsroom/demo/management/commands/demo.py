"""`manage.py demo`: everything set up, the demo newsroom loaded once, and the site served."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import OperationalError
from django.utils.translation import gettext as _

from articles import search
from newsroom import serving
from newsroom.demo import darkroom, loading, logins


def another(*command: str) -> subprocess.Popen[bytes]:
    """Another of our own commands, in a process of its own that Ctrl-C does not reach: we tell it when to stop."""
    return subprocess.Popen([sys.executable, sys.argv[0], *command], process_group=0)


@contextmanager
def alongside(*command: str) -> Iterator[None]:
    """A command that must have succeeded by the end of this block. Raises CommandError if it has not."""
    process = another(*command)
    try:
        yield
    except BaseException:
        process.terminate()
        raise
    finally:
        process.wait()
    if process.returncode:
        raise CommandError(_("“manage.py %s” failed; its own message says why.") % command[0])


@contextmanager
def while_open(*command: str) -> Iterator[None]:
    """A command that runs as long as the site is served."""
    process = another(*command)
    try:
        yield
    finally:
        process.terminate()
        process.wait()


class Command(BaseCommand):
    help = "Set the site up with demo content (once; what people change stays) and serve it."
    requires_system_checks: list[str] = []  # run by migrate

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--bind", default="127.0.0.1", help="address to listen on (default 127.0.0.1)")
        parser.add_argument("--port", type=int, default=8000, help="port to listen on (default 8000)")
        parser.add_argument("--no-serve", action="store_true", help="set up and load, but do not serve")
        parser.add_argument(
            "--empty", action="store_true", help="no demo content: an empty newsroom and one login"
        )
        parser.add_argument(
            "--reset", action="store_true", help="first delete everything here (asks before it does)"
        )
        parser.add_argument("--no-input", action="store_false", dest="interactive", help="do not ask")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["no_serve"]:
            serving.check_port(options["bind"], options["port"])
            self._take_address(options["bind"], options["port"])
        try:
            self._set_up(**options)
        except OperationalError as problem:
            raise CommandError(_("The database cannot be used: %s.") % str(problem).rstrip(".")) from None
        except PermissionError as problem:
            where = {"file": problem.filename, "why": problem.strerror}
            raise CommandError(_("Cannot write %(file)s: %(why)s.") % where) from None
        if not options["no_serve"]:
            self._serve(options["bind"], options["port"])

    def _take_address(self, bind: str, port: int) -> None:
        """The site's address follows --bind and --port unless SITE_ADDRESS names another: start again with it."""
        if "SITE_ADDRESS" not in os.environ:
            host = f"[{bind}]" if ":" in bind else bind
            os.environ["SITE_ADDRESS"] = f"http://{host}:{port}"
            if os.environ["SITE_ADDRESS"] != settings.SITE_ADDRESS:
                os.execv(sys.executable, [sys.executable, *sys.argv])

    def _set_up(self, *, reset: bool, empty: bool, interactive: bool, **options: Any) -> None:
        Path(settings.DATA_DIR).mkdir(parents=True, exist_ok=True)
        self._say(_("Preparing the database …"))
        with alongside("collectstatic", "--no-input", "--verbosity=0"):
            call_command("migrate", verbosity=0, interactive=False)
            if reset:
                self._reset(interactive)
            logins.create(["admin"] if empty else list(logins.STAFF))
            if not empty and not loading.is_loaded():
                self._say(_("Loading the demo newsroom …"))
                loading.load(self._progress(_("stories")))
        darkroom.develop(self._progress(_("pictures")))

    def _reset(self, interactive: bool) -> None:
        if interactive:
            self._confirm()
        call_command("flush", verbosity=0, interactive=False)
        search.forget_all()
        for folder in ("media", "originals"):
            shutil.rmtree(Path(settings.DATA_DIR) / folder, ignore_errors=True)
        logins.password_file().unlink(missing_ok=True)

    def _confirm(self) -> None:
        self._say(_("This deletes every article, comment, picture and login in %s.") % settings.DATA_DIR)
        try:
            answer = input(_("Type “yes” to go on: "))
        except EOFError:
            answer = ""
        if answer.strip() != "yes":
            raise CommandError(_("Nothing was deleted."))

    def _serve(self, bind: str, port: int) -> None:
        self._introduce()
        with while_open("run_due", "--every", "30"):
            serving.serve(bind, port)

    def _introduce(self) -> None:
        address = settings.SITE_ADDRESS
        lines = [
            _("The newsroom is open."),
            "",
            f"  {_('Readers')}   {address}/",
            f"  {_('Desk')}      {address}/admin/",
            "",
        ]
        for username, password in logins.passwords().items():
            lines.append(f"  {username:<10} {password or _('(password changed since)')}")
        self._say("\n".join([*lines, "", _("Stop it with Ctrl-C.")]))

    def _progress(self, what: str) -> Callable[[int, int], None]:
        def say(done: int, every: int) -> None:
            self.stdout.write(f"\r  {what} {done}/{every}", ending="\n" if done == every else "")
            self.stdout.flush()

        return say

    def _say(self, words: str) -> None:
        self.stdout.write(words)
        self.stdout.flush()
