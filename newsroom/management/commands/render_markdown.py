"""What would readers see? Text in, the site's safe HTML out; needs no database."""

import sys
from argparse import ArgumentParser

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from newsroom.foundations.markup import MarkupRefused, Rendered, article_html, comment_html

RENDERERS = {"article": article_html, "comment": comment_html}


class Command(BaseCommand):
    help = (
        "Read Markdown from standard input and print the HTML readers would see. A text that breaks a limit is "
        "refused with exit code 2. Pictures of the library are left out, for they are in the database."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--as", dest="kind", choices=RENDERERS, required=True, help="what the text is")

    def handle(self, *, kind: str, **options: object) -> None:
        try:
            rendered: Rendered = RENDERERS[kind](sys.stdin.buffer.read().decode("utf-8-sig"))
        except UnicodeDecodeError as error:
            self.refuse(
                _("The text is not UTF-8: byte %(byte)d cannot be read. Please save it as UTF-8.")
                % {"byte": error.start + 1}
            )
        except MarkupRefused as refusal:
            self.refuse(str(refusal))
        else:
            self.stdout.write(rendered.html)
            self.stderr.writelines(f"{warning}\n" for warning in rendered.warnings)

    def refuse(self, sentence: str) -> None:
        self.stderr.write(sentence)
        sys.exit(2)
