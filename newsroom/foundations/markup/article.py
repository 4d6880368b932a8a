"""An article's text: Markdown, some HTML, pictures, notes, tables → HTML a page can show as it is.

What writers may use beside plain Markdown:

    > [!pull]                           the first line of a quote that is shown large, a pull quote
    > Alone, each of us is a market.

    > [!box] What we know               a box with facts, and its title
    > - The port is shut.

    > [!gallery]                        pictures beside each other
    > ![](image:12)
    > ![](image:13)

    > [!related]                        other stories to read
    > [Ports reopen](/world/2026/03/04/ports-reopen/)

    > [!embed]                          a card that leads to a film or a post elsewhere; nothing of it is loaded
    > [The harbour at night](https://video.example/42)

    ![Cranes at dusk](image:12 "Containers wait.")    picture 12 of the library, with a caption of its own

    A claim.[^1]                        a footnote …
    [^1]: Where it comes from.          … and its text

    Tariff                              a definition list
    : A tax on what comes in.

    https://www.example.org/a_b_c       a link, as it stands

    *[OECD]: Organisation for Economic Co-operation and Development      explained wherever it is used

Tables with bars, code between ```, and the HTML listed in cleaning.py. HTML comments are dropped.
"""

from markdown import Markdown
from markdown.extensions.abbr import AbbrExtension
from markdown.extensions.def_list import DefListExtension
from markdown.extensions.footnotes import FootnoteExtension
from markdown.extensions.sane_lists import SaneListExtension
from markdown.extensions.tables import TableExtension

from newsroom.foundations.markup.bare_urls import Abbreviations, link_bare_urls
from newsroom.foundations.markup.cleaning import as_browsers_read, clean_article, pass_article
from newsroom.foundations.markup.dialect import FencedCode, Headings, RawHtml, References, convert, measure
from newsroom.foundations.markup.direction import set_directions
from newsroom.foundations.markup.figures import Pictures, place_pictures
from newsroom.foundations.markup.frames import set_frames
from newsroom.foundations.markup.latest import latest_stay
from newsroom.foundations.markup.limits import ARTICLE, Effort, check_html
from newsroom.foundations.markup.links import mark_links
from newsroom.foundations.markup.lists import ListLayout
from newsroom.foundations.markup.rendered import Rendered
from newsroom.foundations.markup.source import receive
from newsroom.foundations.markup.tree import read, write
from newsroom.foundations.markup.typesetting import typeset
from newsroom.foundations.markup.typography import compose


@latest_stay
def article_html(text: str, *, pictures: Pictures | None = None) -> Rendered:
    """Render an article's text, in a second or so at most, whatever is in it.

    `pictures` finds the pictures the text names by number; without it there are none. `warnings` tell the writer
    what had to be left out. Raises MarkupRefused when a limit is broken."""
    effort = Effort(ARTICLE)
    html = check_html(convert(article_markdown(effort), receive(text, ARTICLE)), ARTICLE)
    html = check_html(as_browsers_read(html), ARTICLE)  # again, for browsers repeat what was left open
    root = read(clean_article(html, effort), ARTICLE)
    set_frames(root)
    warnings = place_pictures(root, pictures)
    typeset(root)
    link_bare_urls(root, effort)
    compose(root)
    warnings += mark_links(root)
    set_directions(root)
    return Rendered.of(root, pass_article(write(root)), warnings)


def article_markdown(effort: Effort) -> Markdown:
    abbreviations = AbbrExtension()
    markdown = Markdown(
        extensions=[
            TableExtension(use_align_attribute=True),
            FootnoteExtension(USE_DEFINITION_ORDER=False, BACKLINK_TEXT="↩"),
            DefListExtension(),
            abbreviations,
            SaneListExtension(),
        ]
    )
    markdown.preprocessors.register(FencedCode(markdown), "fenced_code", 25)
    markdown.preprocessors.register(RawHtml(markdown, effort), "raw_html", 22)
    markdown.preprocessors.register(ListLayout(markdown, effort), "lists", 18)
    markdown.preprocessors.register(References(markdown), "references", 15)
    markdown.parser.blockprocessors.register(Headings(markdown.parser), "hashheader", 70)
    markdown.parser.blockprocessors.deregister("reference")
    markdown.treeprocessors.register(Abbreviations(markdown, abbreviations.abbrs), "abbr", 7)
    markdown.ESCAPED_CHARS += "\"'"
    return measure(markdown, effort, abbreviations.abbrs)
