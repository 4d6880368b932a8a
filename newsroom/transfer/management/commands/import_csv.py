"""`manage.py import_csv FILE`: bring in a table of stories."""

import tomllib
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _

from newsroom.transfer.command import ImportCommand, rehearsed
from newsroom.transfer.csv import importing, reading
from newsroom.transfer.csv.attribution import Attribution
from newsroom.transfer.report import Report


class Command(ImportCommand):
    help = (
        "Import a CSV table of stories. Its first line names the columns: headline (or title), body (or text) and "
        "date; if there are any also url, standfirst, section, bylines, tags, kicker, kind, slug, state, dateline. "
        "A broken table changes nothing, a broken row stops only itself, and a second run brings nothing twice."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument(
            "--section", default="news", metavar="PATH", help="where the stories go (default: news)"
        )
        parser.add_argument(
            "--sections-by-word",
            type=Path,
            metavar="TOML",
            help='lines like "world/europe" = ["Russia", "Spain"]',
        )
        parser.add_argument(
            "--map",
            action="append",
            default=[],
            metavar="COLUMN=FIELD",
            help="what a column means; may be repeated",
        )
        parser.add_argument("--markdown", action="store_true", help="the texts are Markdown, not plain text")
        parser.add_argument(
            "--source-name", default="", metavar="NAME", help="whom to name at the end of each story"
        )
        parser.add_argument(
            "--licence", default="", metavar="NAME", help="the licence the stories come under"
        )
        parser.add_argument("--licence-url", default="", metavar="URL", help="where that licence is written")
        parser.add_argument(
            "--credit", default="", metavar="TEXT", help="further words for the end of each story"
        )
        super().add_arguments(parser)

    def handle(self, *args: Any, file: Path, dry_run: bool, json: bool, **options: Any) -> None:
        report, wishes, renamed = Report(), _wishes(**options), _renamed(options["map"])
        try:
            report.expect(importing.KIND, reading.check(file, renamed))
            with rehearsed(dry_run):
                for row in reading.read(file, renamed):
                    importing.carry(row, wishes, report)
        except reading.BrokenTable as broken:
            raise CommandError(f"{broken} {_('Nothing was changed.')}") from None
        self.tell(report, as_json=json, dry_run=dry_run)


def _wishes(**options: Any) -> importing.Wishes:
    said = {name: options[name] for name in ("licence", "licence_url", "credit")}
    return importing.Wishes(
        section=options["section"].strip("/"),
        by_word=_by_word(options["sections_by_word"]),
        attribution=Attribution(source=options["source_name"], **said),
        is_markdown=options["markdown"],
    )


def _by_word(path: Path | None) -> dict[str, list[str]]:
    """Sections and the words that point at them. Raises CommandError when the file is not such a list."""
    if path is None:
        return {}
    try:
        table = tomllib.loads(path.read_text())
    except (OSError, ValueError) as error:
        raise CommandError(f"{path}: {error}") from None
    for section, words in table.items():
        if not (isinstance(words, list) and words and all(isinstance(word, str) and word for word in words)):
            raise CommandError(
                _("%(file)s: “%(section)s” needs a list of words.") % {"file": path, "section": section}
            )
    return {section.strip("/"): words for section, words in table.items()}


def _renamed(pairs: list[str]) -> dict[str, str]:
    """`--map Überschrift=headline` → {"überschrift": "headline"}. Raises CommandError."""
    renamed = {}
    for pair in pairs:
        column, equals, name = pair.rpartition("=")
        if not equals or name.strip() not in reading.NAMES:
            fields = ", ".join(reading.NAMES)
            raise CommandError(
                _("--map %(pair)s: say COLUMN=FIELD, where FIELD is one of %(fields)s.")
                % {"pair": pair, "fields": fields}
            )
        renamed[column.strip().lower()] = name.strip()
    return renamed
