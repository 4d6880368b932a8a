"""`manage.py import_wordpress FILE…`: bring in the stories, people, pictures and comments of a WordPress site."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _

from articles.models import Article
from newsroom.transfer.command import ImportCommand, rehearsed
from newsroom.transfer.report import Report
from newsroom.transfer.wordpress import comments as comments
from newsroom.transfer.wordpress import importing, wxr
from newsroom.transfer.wordpress.facts import Post

KINDS = ("authors", "categories", "tags", "terms", "attachments", "pages", "posts", "comments", "others")
PLAIN = {"author": "authors", "category": "categories", "tag": "tags", "term": "terms", "comment": "comments"}
TOLD_EVERY = 500  # items


class Command(ImportCommand):
    help = (
        "Import WordPress export files (WXR, also gzipped). All files are checked first: a broken one changes "
        "nothing. A broken item stops only itself. Running it again brings in only what is new or has changed."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        super().add_arguments(parser)
        parser.add_argument(
            "--media-dir",
            type=Path,
            metavar="DIR",
            help="folder with the old site's uploads; nothing is ever fetched",
        )
        parser.add_argument(
            "--section-for-uncategorised",
            default="uncategorized",
            metavar="PATH",
            help="where stories without a category go (default: uncategorized; made when needed)",
        )

    def handle(self, *args: Any, files: list[Path], dry_run: bool, json: bool, **options: Any) -> None:
        if options["media_dir"] and not options["media_dir"].is_dir():
            raise CommandError(_("%s is not a folder.") % options["media_dir"])
        report = Report()
        jobs = [(path, self._job(path, report, **options)) for path in files]
        with rehearsed(dry_run):
            self._carry(jobs)
        self.tell(report, as_json=json, dry_run=dry_run)

    def _job(self, path: Path, report: Report, **options: Any) -> importing.Job:
        """Check a file, and count what it holds before anything is carried over."""
        try:
            contents = wxr.check(path)
        except wxr.BrokenExport as broken:
            raise CommandError(f"{broken} {_('Nothing was changed.')}") from None
        for kind in KINDS:
            report.expect(kind, 0)
        for sort, number in contents.found.items():
            report.expect(_kind(sort), number)
        for lost in contents.left_out:
            times = f" ×{lost.times}" if lost.times > 1 else ""
            report.note(_kind(lost.sort) if lost.sort else "file", f"{lost.name}{times}", lost.what)
        wanted = importing.Options(
            media_dir=options["media_dir"], uncategorised=options["section_for_uncategorised"].strip("/")
        )
        return importing.Job(contents.site, report, wanted)

    def _carry(self, jobs: list[tuple[Path, importing.Job]]) -> None:
        """Each stage over all files, for a file may point at what another holds."""
        for path, job in jobs:
            importing.carry_terms(job, wxr.read(path))
        for path, job in jobs:
            importing.carry_pictures(job, wxr.read(path))
        for path, job in jobs:
            importing.carry_items(job, wxr.read(path), self._with_comments(path, job))

    def _with_comments(self, path: Path, job: importing.Job) -> importing.ArticleHook:
        items = 0

        def told(post: Post, article: Article | None) -> None:
            nonlocal items
            comments.put_back(post, article, source=job.source, zone=job.zone, report=job.report)
            items += 1
            if items % TOLD_EVERY == 0:
                self.stderr.write(f"{path.name}: {items} items …")

        return told


def _kind(sort: str) -> str:
    """Under which kind the report tells of this sort of part."""
    return PLAIN.get(sort) or importing.kind_of(sort.removeprefix("item:"))
