"""Small WordPress exports, written here: as a site would write them, or broken on purpose."""

from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

NAMESPACES = (
    'xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" xmlns:content="http://purl.org/rss/1.0/modules/content/" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/"'
)
SITE = "https://old.example"


def export(*parts: str, namespaces: str = NAMESPACES, version: str = "1.2", before: str = "") -> str:
    """A whole file; `before` comes ahead of the root element."""
    head = f"<title>The Old Paper</title><link>{SITE}</link><wp:wxr_version>{version}</wp:wxr_version>"
    head += f"<wp:base_site_url>{SITE}</wp:base_site_url><wp:base_blog_url>{SITE}</wp:base_blog_url>"
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>{before}<rss version="2.0" {namespaces}><channel>{head}'
        + "".join(parts)
        + "</channel></rss>"
    )


def written(path: Path, *parts: str, **how: str) -> Path:
    """The same, in a file."""
    path.write_text(export(*parts, **how))
    return path


def item(number: int = 1, *more: str, **said: str) -> str:
    """A published post; `said` replaces what it says by default, `more` is put in as it is."""
    by_default = {
        "title": f"Story {number}",
        "link": f"{SITE}/2019/03/04/story-{number}/",
        "guid": f"{SITE}/?p={number}",
        "dc:creator": "ana",
        "content:encoded": "First paragraph.\n\nSecond paragraph.",
        "excerpt:encoded": "",
        "wp:post_id": str(number),
        "wp:post_date": "2019-03-04 10:20:30",
        "wp:post_date_gmt": "2019-03-04 09:20:30",
        "wp:comment_status": "open",
        "wp:post_name": f"story-{number}",
        "wp:status": "publish",
        "wp:post_type": "post",
        "wp:post_parent": "0",
    }
    names = {
        name: f"wp:{name}" for name in ("status", "post_name", "post_date", "post_date_gmt", "post_type")
    }
    names |= {"post_password": "wp:post_password", "body": "content:encoded", "excerpt": "excerpt:encoded"}
    names |= {
        name: f"wp:{name}"
        for name in ("comment_status", "attachment_url", "post_parent", "post_id", "is_sticky")
    }
    told = by_default | {names.get(name, name): value for name, value in said.items()}
    return f"<item>{''.join(element(name, value) for name, value in told.items())}{''.join(more)}</item>"


def element(name: str, value: str) -> str:
    return f"<{name}>{escape(value)}</{name}>"


def meta(key: str, value: str) -> str:
    return f"<wp:postmeta>{element('wp:meta_key', key)}{element('wp:meta_value', value)}</wp:postmeta>"


def label(slug: str, name: str = "", domain: str = "category") -> str:
    return f"<category domain={quoteattr(domain)} nicename={quoteattr(slug)}>{escape(name or slug.title())}</category>"


def category(slug: str, parent: str = "", name: str = "", number: int = 0) -> str:
    facts = {
        "term_id": str(number),
        "category_nicename": slug,
        "category_parent": parent,
        "cat_name": name or slug.title(),
    }
    return (
        f"<wp:category>{''.join(element(f'wp:{key}', value) for key, value in facts.items())}</wp:category>"
    )


def tag(slug: str, name: str = "") -> str:
    return f"<wp:tag>{element('wp:tag_slug', slug)}{element('wp:tag_name', name or slug.title())}</wp:tag>"


def author(login: str = "ana", name: str = "Ana Beltrán") -> str:
    facts = {
        "author_id": "7",
        "author_login": login,
        "author_email": f"{login}@old.example",
        "author_display_name": name,
    }
    return f"<wp:author>{''.join(element(f'wp:{key}', value) for key, value in facts.items())}</wp:author>"


def comment(number: int, text: str = "Well said.", **said: str) -> str:
    facts = {
        "comment_id": str(number),
        "comment_author": "Rosa",
        "comment_author_email": "rosa@reader.example",
        "comment_author_IP": "203.0.113.9",
        "comment_date_gmt": f"2019-03-05 08:{number:02d}:00",
        "comment_content": text,
        "comment_approved": "1",
        "comment_type": "",
        "comment_parent": "0",
        **{f"comment_{name}": value for name, value in said.items()},
    }
    return f"<wp:comment>{''.join(element(f'wp:{key}', value) for key, value in facts.items())}</wp:comment>"


def attachment(number: int, file: str, *more: str, **said: str) -> str:
    facts = {
        "post_type": "attachment",
        "status": "inherit",
        "title": "Harbour",
        "attachment_url": f"{SITE}/wp-content/uploads/{file}",
        "guid": f"{SITE}/wp-content/uploads/{file}",
        "link": f"{SITE}/harbour/",
        "body": "",
    }
    return item(number, *more, **(facts | said))
