"""What HTML may hold, and the two cleaners that see to it. bleach lives here and nowhere else."""

import re
from functools import partial
from typing import Any

import nh3
from bleach.linkifier import LinkifyFilter
from bleach.sanitizer import Cleaner
from django.utils.safestring import SafeString, mark_safe

from newsroom.foundations.markup.bare_urls import BARE_URL
from newsroom.foundations.markup.limits import Effort
from newsroom.foundations.markup.urls import SCHEMES, is_ours, usable

PICTURE_SCHEME = "image"  # image:12, our own shorthand: understood in an article's text, never in a page

# What writers may use in an article, Markdown or raw HTML.
TAGS = set(
    "h1 h2 h3 h4 h5 h6 p div span a em strong b i s u small mark sub sup del ins q cite abbr dfn bdi code kbd samp var "
    "pre br wbr hr blockquote ul ol li dl dt dd figure figcaption img details summary ruby rt rp "
    "table caption colgroup col thead tbody tfoot tr th td".split()
)
ATTRIBUTES = {
    "*": {"lang", "dir", "id", "class"},
    "a": {"href", "title"},
    "abbr": {"title"},
    "dfn": {"title"},
    "details": {"open"},
    "img": {"src", "alt", "title", "width", "height"},
    "ol": {"start", "reversed"},
    "li": {"value"},
    "col": {"span"},
    "colgroup": {"span"},
    "th": {"align", "colspan", "rowspan", "scope", "abbr"},
    "td": {"align", "colspan", "rowspan"},
}
# What typesetting adds afterwards.
ADDED = {
    "a": {"rel", "role", "aria-label"},
    "img": {"srcset", "sizes", "loading", "decoding"},
    "div": {"tabindex", "role", "aria-label"},
}
VALUES = {
    name: re.compile(pattern)
    for names, pattern in {
        "colspan rowspan span": "[1-9][0-9]?",
        "width height": "[1-9][0-9]{0,4}",
        "start value": "-?[0-9]{1,6}",
        "lang": "[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}",
        "dir": "ltr|rtl|auto",
        "align": "left|center|right",
        "scope": "row|col|rowgroup|colgroup",
        "class": "footnote|footnotes|footnote-ref|footnote-backref|table-scroll|align-center|align-right|pull|credit"
        "|bare-url|box|related|gallery|embed|frame-title",
        "tabindex": "0",
        "loading": "lazy",
        "decoding": "async",
    }.items()
    for name in names.split()
}
COMMENT_TAGS = set("p em strong a code pre blockquote ul ol li br".split())


def as_browsers_read(html: str) -> str:
    """The fragment as HTML's own rules read it: scripts gone with all that is in them, what was left open closed."""
    schemes = SCHEMES | {PICTURE_SCHEME}
    return str(nh3.clean(html, tags=TAGS, attributes=ATTRIBUTES, url_schemes=schemes, link_rel=None))


def clean_article(html: str, effort: Effort) -> str:
    effort.spend(bleaching(html), html)
    schemes = SCHEMES | {PICTURE_SCHEME}
    return str(Cleaner(tags=TAGS, attributes=may_carry, protocols=schemes, strip=True).clean(html))


def bleaching(html: str) -> int:
    """The steps bleach takes: it builds a tree of every tag, in Python, looks for each among those beside it, and
    takes text apart at every entity."""
    tags = html.count("<")
    return len(html) + tags * 700 + tags * tags // 64 + html.count("&") * 400


def may_carry(tag: str, name: str, value: str) -> bool:
    """May this tag of an article carry this attribute with this value?"""
    listed = name in ATTRIBUTES["*"] or name in ATTRIBUTES.get(tag, ())
    return listed and (name not in VALUES or bool(VALUES[name].fullmatch(value)))


def clean_comment(html: str, effort: Effort) -> str:
    """Bare web addresses become links, outside of code."""
    effort.spend(bleaching(html), html)
    cleaner = Cleaner(
        tags=COMMENT_TAGS,
        attributes={"a": ["href"]},
        protocols=SCHEMES,
        strip=True,
        filters=[partial(LinkifyFilter, callbacks=[only_usable], skip_tags={"pre", "code"}, url_re=BARE_URL)],
    )
    return str(cleaner.clean(html))


def only_usable(attributes: dict[Any, str], new: bool = False) -> dict[Any, str] | None:
    """bleach asks this before it makes a URL a link; None leaves it in words."""
    href = usable(attributes[(None, "href")])
    return attributes | {(None, "href"): href} if href else None


def pass_article(html: str) -> SafeString:
    """The last gate. Nothing edits what comes out of it."""
    attributes = {tag: ATTRIBUTES.get(tag, set()) | ADDED.get(tag, set()) for tag in ATTRIBUTES | ADDED}
    lists: dict[str, Any] = {
        "tags": TAGS,
        "attributes": attributes,
        "attribute_filter": fitting,
        "url_schemes": SCHEMES,
    }
    return mark_safe(nh3.clean(html, **lists, link_rel=None))  # noqa: S308


def fitting(tag: str, name: str, value: str) -> str | None:
    """The value an attribute may keep. A picture comes from our own media folder, in every one of its sizes."""
    if name in VALUES:
        return value if VALUES[name].fullmatch(value) else None
    if tag == "img" and name in ("src", "srcset"):
        urls = [candidate.split()[0] for candidate in value.split(",") if candidate.strip()]
        return value if urls and all(map(is_ours, urls)) else None
    return value


def pass_comment(html: str) -> SafeString:
    """The last gate, which also tells search engines and browsers that readers, not the paper, chose the links."""
    lists: dict[str, Any] = {
        "tags": COMMENT_TAGS,
        "attributes": {"a": {"href"}, "*": {"dir"}},
        "attribute_filter": fitting,
        "url_schemes": SCHEMES,
    }
    rel = "nofollow ugc noopener"
    return mark_safe(nh3.clean(html, **lists, url_relative="deny", link_rel=rel))  # noqa: S308
