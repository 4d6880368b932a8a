"""What a WordPress export says, one frozen record per thing, and how each is read from its XML element.

Text arrives as it stands in the file, trimmed at both ends; a date that is zero or unreadable is None.
"""

from dataclasses import dataclass
from datetime import datetime, tzinfo

Meta = tuple[tuple[str, str], ...]
PAGE_ORDER_LIMIT = 32_767


@dataclass(frozen=True)
class Site:
    """The site the file was exported from."""

    title: str = ""
    link: str = ""
    description: str = ""
    language: str = ""
    version: str = ""
    network_url: str = ""
    url: str = ""


@dataclass(frozen=True)
class Author:
    """A WordPress user who wrote something. Nothing here is, or may become, a right."""

    id: str
    login: str
    email: str
    display_name: str
    first_name: str
    last_name: str

    def name(self) -> str:
        return self.display_name or f"{self.first_name} {self.last_name}".strip() or self.login


@dataclass(frozen=True)
class Category:
    """`parent` is the slug of the category above, empty at the top; it may come later in the file."""

    id: str
    slug: str
    parent: str
    name: str
    description: str
    meta: Meta = ()


@dataclass(frozen=True)
class Tag:
    id: str
    slug: str
    name: str
    description: str
    meta: Meta = ()


@dataclass(frozen=True)
class Term:
    """A word of any other taxonomy: menus, post formats, guest authors, what plugins add."""

    id: str
    taxonomy: str
    slug: str
    parent: str
    name: str
    description: str
    meta: Meta = ()


@dataclass(frozen=True)
class Label:
    """A term hung on an item; `domain` is its taxonomy. Hand-made files leave out domain and slug."""

    domain: str
    slug: str
    name: str


@dataclass(frozen=True)
class Comment:
    """One comment; `parent` is the id of the comment it answers, "0" when it answers the post."""

    id: str
    author: str
    email: str
    url: str
    ip: str
    date: datetime | None
    date_gmt: datetime | None
    text: str
    approved: str
    type: str
    parent: str
    user: str
    meta: Meta = ()

    def moment(self, zone: tzinfo) -> datetime | None:
        return _moment(self.date_gmt, None, self.date, zone)


@dataclass(frozen=True)
class Post:
    """An item of any type: post, page, attachment, menu entry, reusable block or what a plugin added."""

    id: str
    type: str
    title: str
    link: str
    guid: str
    creator: str
    slug: str
    body: str
    excerpt: str
    date: datetime | None
    date_gmt: datetime | None
    pub_date: datetime | None
    modified: datetime | None
    modified_gmt: datetime | None
    status: str
    parent: str
    menu_order: int
    password: str
    is_sticky: bool
    comment_status: str
    attachment_url: str
    labels: tuple[Label, ...] = ()
    meta: Meta = ()
    comments: tuple[Comment, ...] = ()

    def moment(self, zone: tzinfo) -> datetime | None:
        """When it was, or is to be, published. `zone` is the site's, for files that give no UTC date."""
        return _moment(self.date_gmt, self.pub_date, self.date, zone)

    def last_change(self, zone: tzinfo) -> datetime | None:
        return _moment(self.modified_gmt, None, self.modified, zone)

    def detail(self, key: str) -> str:
        """The value of one piece of post meta, "" when the item has none."""
        return next((value for name, value in self.meta if name == key), "")

    def details(self, key: str) -> list[str]:
        return [value for name, value in self.meta if name == key and value]

    def labelled(self, domain: str) -> list[Label]:
        return [label for label in self.labels if label.domain == domain]


def _moment(
    gmt: datetime | None, pub: datetime | None, local: datetime | None, zone: tzinfo
) -> datetime | None:
    if gmt or pub:
        return gmt or pub
    return local.replace(tzinfo=zone) if local else None
