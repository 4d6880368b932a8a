"""Titles, excerpts and bodies, fitted to the fields they go into here without losing a word."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from newsroom.foundations import markup
from newsroom.foundations.markup.figures import Pictures
from newsroom.foundations.markup.from_html.literal import escaped
from newsroom.transfer.report import cut
from newsroom.transfer.wordpress.bodies import Converted, to_markdown, to_words
from newsroom.transfer.wordpress.facts import Post
from newsroom.transfer.wordpress.importing.job import Job
from newsroom.transfer.wordpress.importing.surroundings import OldSite


@dataclass(frozen=True)
class Text:
    """What a post says: headline, standfirst, body. What was too long for its field stands whole in the body."""

    headline: str
    standfirst: str
    body: str


def fitted(
    job: Job,
    kind: str,
    post: Post,
    *,
    longest_title: int,
    longest_standfirst: int = 0,
    pictures: Pictures | None = None,
) -> Text:
    """Raises BodyRefused or MarkupRefused when the text breaks a limit. Lost passages are reported."""
    title, excerpt = to_words(post.title), to_words(post.excerpt)
    what = title or post.slug or post.id
    converted = to_markdown(post.body, OldSite(job, post, shows_pictures=pictures is not None))
    headline, standfirst = cut(title, longest_title), cut(excerpt, longest_standfirst)
    whole = [
        f"**{escaped(title)}**" if headline != title else "",
        escaped(excerpt) if standfirst != excerpt else "",
    ]
    body = "\n\n".join(part for part in [*whole, converted.markdown] if part)
    _look_after_words(job, kind, what, converted, body, pictures)
    if not title:
        headline = _("(untitled)")
        job.report.note(kind, what, "it has no title")
    if headline != title and title:
        job.report.note(kind, what, "its title was too long; the whole of it begins the text")
    return Text(headline, standfirst, body)


def _look_after_words(
    job: Job, kind: str, what: str, converted: Converted, body: str, pictures: Pictures | None
) -> None:
    """Render it once to see that it can be shown, and that every passage of the source is in it."""
    shown = markup.article_html(body, pictures=pictures).text
    for passage in converted.lost(shown):
        job.report.note(kind, what, f"not found again in the text: “{cut(passage, 60)}”")
    for note, times in converted.notes.items():
        job.report.note(kind, f"{what} ×{times}" if times > 1 else what, note)
