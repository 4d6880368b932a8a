"""Links as they were meant: not through the page of a program that counts who follows them."""

from urllib.parse import parse_qs, urlsplit

from bs4 import BeautifulSoup
from django.conf import settings

from newsroom.foundations.markup.from_html.soup import attribute

WHOLE = ("https://", "http://", "mailto:")
# The end of the host, the path, and where in the query the true URL stands.
COUNTING = [
    ("google.com", "/url", ("q", "url")),
    ("safelinks.protection.outlook.com", "/", ("url",)),
    ("l.facebook.com", "/l.php", ("u",)),
]


def settle(soup: BeautifulSoup) -> None:
    for link in soup.find_all("a"):
        target = unwrapped(attribute(link, "href"))
        if target.startswith(WHOLE):
            link["href"] = target.removeprefix(settings.SITE_ADDRESS) or "/"
        else:
            link.unwrap()  # it led somewhere only where it was copied


def unwrapped(url: str) -> str:
    """Where a link leads in the end, as far as it says so itself."""
    try:
        parts = urlsplit(url)
        query = parse_qs(parts.query, max_num_fields=50)
    except ValueError:
        return ""
    for host, path, names in COUNTING:
        if f".{parts.hostname or ''}".endswith(f".{host}") and parts.path == path:
            meant = next((query[name][0] for name in names if name in query), "")
            return meant if meant.startswith(("https://", "http://")) else url
    return url
