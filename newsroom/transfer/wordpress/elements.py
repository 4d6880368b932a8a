"""How each fact of an export is read from its XML element."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, tzinfo
from email.utils import parsedate_to_datetime
from xml.etree.ElementTree import Element

from newsroom.transfer.wordpress.facts import Author, Category, Comment, Label, Meta, Post, Site, Tag, Term

LARGEST_ORDER = 32_767
BEFORE_CHRIST = re.compile(r"\s-\d+\s+\d\d:")


def site(head: dict[str, str]) -> Site:
    network = head.get("wp:base_site_url") or head.get("link", "")
    return Site(
        title=head.get("title", ""),
        link=head.get("link", ""),
        description=head.get("description", ""),
        language=head.get("language", ""),
        version=head.get("wp:wxr_version", ""),
        network_url=network,
        url=head.get("wp:base_blog_url") or network,
    )


def author(element: Element) -> Author:
    said = _said(element)
    return Author(
        id=said.get("wp:author_id", ""),
        login=said.get("wp:author_login", ""),
        email=said.get("wp:author_email", ""),
        display_name=said.get("wp:author_display_name", ""),
        first_name=said.get("wp:author_first_name", ""),
        last_name=said.get("wp:author_last_name", ""),
    )


def category(element: Element) -> Category:
    said = _said(element)
    return Category(
        id=said.get("wp:term_id", ""),
        slug=said.get("wp:category_nicename", ""),
        parent=said.get("wp:category_parent", ""),
        name=said.get("wp:cat_name", ""),
        description=said.get("wp:category_description", ""),
        meta=_meta(element, "wp:termmeta"),
    )


def tag(element: Element) -> Tag:
    said = _said(element)
    return Tag(
        id=said.get("wp:term_id", ""),
        slug=said.get("wp:tag_slug", ""),
        name=said.get("wp:tag_name", ""),
        description=said.get("wp:tag_description", ""),
        meta=_meta(element, "wp:termmeta"),
    )


def term(element: Element) -> Term:
    said = _said(element)
    return Term(
        id=said.get("wp:term_id", ""),
        taxonomy=said.get("wp:term_taxonomy", ""),
        slug=said.get("wp:term_slug", ""),
        parent=said.get("wp:term_parent", ""),
        name=said.get("wp:term_name", ""),
        description=said.get("wp:term_description", ""),
        meta=_meta(element, "wp:termmeta"),
    )


def post(element: Element) -> Post:
    said = _said(element)
    return Post(
        id=said.get("wp:post_id") or _id_in_url(said.get("guid", "")) or _id_in_url(said.get("link", "")),
        type=said.get("wp:post_type") or "post",
        title=said.get("title", ""),
        link=said.get("link", ""),
        guid=said.get("guid", ""),
        creator=said.get("dc:creator", ""),
        slug=said.get("wp:post_name", ""),
        body=said.get("content:encoded", ""),
        excerpt=said.get("excerpt:encoded", ""),
        date=_date(said.get("wp:post_date", "")),
        date_gmt=_date(said.get("wp:post_date_gmt", ""), UTC),
        pub_date=_pub_date(said.get("pubDate", "")),
        modified=_date(said.get("wp:post_modified", "")),
        modified_gmt=_date(said.get("wp:post_modified_gmt", ""), UTC),
        status=said.get("wp:status", ""),
        parent=said.get("wp:post_parent", "0"),
        menu_order=_order(said.get("wp:menu_order", "")),
        password=said.get("wp:post_password", ""),
        is_sticky=said.get("wp:is_sticky") == "1",
        comment_status=said.get("wp:comment_status", ""),
        attachment_url=said.get("wp:attachment_url", ""),
        labels=tuple(_labels(element)),
        meta=_meta(element, "wp:postmeta"),
        comments=tuple(_comment(child) for child in element if child.tag == "wp:comment"),
    )


def _comment(element: Element) -> Comment:
    said = _said(element)
    return Comment(
        id=said.get("wp:comment_id", ""),
        author=said.get("wp:comment_author", ""),
        email=said.get("wp:comment_author_email", ""),
        url=said.get("wp:comment_author_url", ""),
        ip=said.get("wp:comment_author_IP", ""),
        date=_date(said.get("wp:comment_date", "")),
        date_gmt=_date(said.get("wp:comment_date_gmt", ""), UTC),
        text=said.get("wp:comment_content", ""),
        approved=said.get("wp:comment_approved", ""),
        type=said.get("wp:comment_type", ""),
        parent=said.get("wp:comment_parent", "0"),
        user=said.get("wp:comment_user_id", ""),
        meta=_meta(element, "wp:commentmeta"),
    )


def _labels(element: Element) -> Iterator[Label]:
    for child in element:
        name = (child.text or "").strip()
        if child.tag == "category" and name:
            domain = child.get("domain", "")
            # WXR 1.0 called the taxonomy of tags "tag".
            yield Label("post_tag" if domain == "tag" else domain, child.get("nicename", ""), name)


def _meta(element: Element, name: str) -> Meta:
    pairs = (_said(child) for child in element if child.tag == name)
    return tuple((said.get("wp:meta_key", ""), said.get("wp:meta_value", "")) for said in pairs)


def _said(element: Element) -> dict[str, str]:
    """The texts of an element's children by name; the first wins where a file says a thing twice."""
    said: dict[str, str] = {}
    for child in element:
        said.setdefault(child.tag, "".join(child.itertext()).strip())
    return said


def _date(text: str, zone: tzinfo | None = None) -> datetime | None:
    try:
        return datetime.strptime(text, "%Y-%m-%d %H:%M:%S").replace(tzinfo=zone)
    except ValueError:  # "0000-00-00 00:00:00" stands on every draft
        return None


def _pub_date(text: str) -> datetime | None:
    """Drafts carry "Wed, 30 Nov -0001 00:00:00 +0000", which the standard library takes for the year 2000."""
    if BEFORE_CHRIST.search(text):
        return None
    try:
        when = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return when if when.tzinfo else when.replace(tzinfo=UTC)


def _order(text: str) -> int:
    return min(int(text), LARGEST_ORDER) if text.isascii() and text.isdigit() else 0


def _id_in_url(url: str) -> str:
    """The id in `https://example.org/?p=19`, for hand-made files that leave out wp:post_id."""
    match = re.search(r"[?&](?:p|page_id|attachment_id)=(\d{1,20})\b", url)
    return match[1] if match else ""
