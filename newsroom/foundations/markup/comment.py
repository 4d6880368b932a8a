"""A reader's comment: paragraphs, emphasis, lists, quotes and code. Anything else is shown as it was typed, HTML too;
links are made from bare web addresses only, so that nobody can hide where one leads."""

from markdown import Markdown
from markdown.extensions.nl2br import Nl2BrExtension
from markdown.extensions.sane_lists import SaneListExtension

from newsroom.foundations.markup.cleaning import clean_comment, pass_comment
from newsroom.foundations.markup.dialect import FencedCode, convert, measure
from newsroom.foundations.markup.direction import set_directions
from newsroom.foundations.markup.latest import latest_stay
from newsroom.foundations.markup.limits import COMMENT, Effort, check_html
from newsroom.foundations.markup.lists import ListLayout
from newsroom.foundations.markup.rendered import Rendered
from newsroom.foundations.markup.source import receive
from newsroom.foundations.markup.tree import read, write


@latest_stay
def comment_html(text: str) -> Rendered:
    """Render a comment, in some hundredths of a second. Raises MarkupRefused when a limit is broken."""
    effort = Effort(COMMENT)
    html = check_html(convert(comment_markdown(effort), receive(text, COMMENT)), COMMENT)
    root = read(clean_comment(html, effort), COMMENT)
    set_directions(root)
    return Rendered.of(root, pass_comment(write(root)))


def comment_markdown(effort: Effort) -> Markdown:
    """Without HTML, links, pictures and headings. Rules (---) stay, though the cleaner drops them: without them
    `- - -` would be read as lists within lists."""
    markdown = Markdown(extensions=[Nl2BrExtension(), SaneListExtension()])
    markdown.preprocessors.deregister("html_block")
    for name in ("reference", "hashheader", "setextheader"):
        markdown.parser.blockprocessors.deregister(name)
    for name in (
        *("html", "reference", "link", "image_link", "image_reference"),
        *("short_reference", "short_image_ref", "autolink", "automail"),
    ):
        markdown.inlinePatterns.deregister(name)
    markdown.preprocessors.register(FencedCode(markdown), "fenced_code", 25)
    markdown.preprocessors.register(ListLayout(markdown, effort, as_typed=True), "lists", 18)
    return measure(markdown, effort)
