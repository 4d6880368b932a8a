"""Whose words these are: the line at the end of a story that came from elsewhere, and the licence it came under."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from newsroom.foundations.markup.from_html.literal import escaped, safe_target


@dataclass(frozen=True)
class Attribution:
    """What the operator says of the source; what is left empty is found from the story's URL."""

    source: str = ""
    licence: str = ""
    licence_url: str = ""
    credit: str = ""  # further words, as they are to appear

    def line(self, url: str, published: date | None) -> str:
        """“Source: Wikinews, CC BY 2.5.”, linked, as Markdown; "" when there is nothing to say."""
        known = of_known_source(url, published)
        source, licence = self.source or known.source or _host(url), self.licence or known.licence
        licence_url = self.licence_url or (known.licence_url if licence == known.licence else "")
        named = [_linked(source, url), _linked(licence, licence_url)]
        sentence = ", ".join(part for part in named if part)
        told = [f"Source: {sentence}." if sentence else "", escaped(self.credit)]
        return " ".join(part for part in told if part)


WIKINEWS = Attribution("Wikinews", "CC BY 2.5", "https://creativecommons.org/licenses/by/2.5/")
WIKINEWS_FROM, WIKINEWS_UNTIL = date(2005, 9, 25), date(2024, 1, 1)  # before and after, ask the operator


def of_known_source(url: str, published: date | None) -> Attribution:
    """What is known of a free source without being told."""
    if not _host(url).endswith("wikinews.org"):
        return Attribution()
    if published and WIKINEWS_FROM <= published < WIKINEWS_UNTIL:
        return WIKINEWS
    return Attribution(WIKINEWS.source)


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def _linked(words: str, url: str) -> str:
    target = safe_target(url)
    return f"[{escaped(words)}]({target})" if words and target else escaped(words)
