"""One file of the old site has many URLs: with and without www., by http and https, from the root of the host,
through WordPress's own picture servers, and in every size WordPress made of it."""

import re
from unicodedata import normalize
from urllib.parse import unquote, urljoin, urlsplit

from newsroom.transfer.models import ImportRef
from newsroom.transfer.wordpress.bodies import RESIZED
from newsroom.transfer.wordpress.importing.job import Job

LONGEST = 300  # characters of a URL that are looked for
PICTURE_SERVER = re.compile(
    r"i\d\.wp\.com"
)  # i0.wp.com/old.example/wp-content/… shows a picture of old.example


def whole(job: Job, url: str, page: str = "") -> str:
    """The URL as a browser reads it on this page of the old site. "" for what no browser could."""
    try:
        return urljoin(page or f"{job.source}/", url) if url else ""
    except ValueError:
        return ""


def file_key(url: str) -> str:
    """The same for all spellings of a whole URL."""
    try:
        parts = urlsplit(url)
        host, path = (parts.hostname or "").removeprefix("www."), parts.path
    except ValueError:
        return ""
    if PICTURE_SERVER.fullmatch(host):
        host, _slash, path = path.lstrip("/").partition("/")
        host, path = host.removeprefix("www."), f"/{path}"
    return normalize("NFC", host + unquote(path))


def looked_for(key: str) -> str:
    """What an attachment is found by: its key without a size."""
    return RESIZED.sub("", key)[:LONGEST]


def attachment_at(job: Job, url: str, page: str) -> ImportRef | None:
    """The attachment whose file is at this URL, else the one of which a resized copy is. Of two, the newer."""
    for key in dict.fromkeys(file_key(whole(job, url, base)) for base in (page, "")):
        known = ImportRef.objects.filter(source=job.source, kind="attachment", url=looked_for(key))
        refs = {file_key(whole(job, str(ref.facts.get("url", "")))): ref for ref in known.order_by("pk")}
        alike = [ref for other, ref in refs.items() if RESIZED.sub("", other) == RESIZED.sub("", key)]
        if key and (ref := refs.get(key) or (alike[-1] if alike else None)):
            return ref
    return None
