"""Shortcodes: `[caption]…[/caption]`, `[gallery ids="1,2"]` and what plugins made of square brackets.

Every bracket an author may have meant as a bracket stays: `[sic]` is text. What is surely a shortcode, because we
know it, it has attributes or it is closed again, gives way to what it holds.
"""

import html
import re
from collections.abc import Iterator

from articles.wordpress.bodies.surroundings import Notes, OldPicture, Surroundings

TOKEN = re.compile(
    r"(?P<pre></?(?:pre|code)\b[^<>]*>)"
    r"|\[(?P<end>/)?(?P<name>[A-Za-z][\w-]*)(?P<attributes>[\s=][^\[\]]*?)?/?\](?!\])"
)
ATTRIBUTE = re.compile(r"""([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'\]]+))""")
FIGURES = {"caption", "wp_caption"}
PLAYERS = {"audio", "video"}
CODE = {"code", "sourcecode", "sourcecodeblock", "highlight"}
MEDIA_ATTRIBUTES = (
    "src",
    "mp3",
    "m4a",
    "ogg",
    "wav",
    "wma",
    "mp4",
    "m4v",
    "webm",
    "ogv",
    "flv",
    "wmv",
    "mov",
)


def resolved(source: str, around: Surroundings, notes: Notes) -> str:
    """The HTML with every shortcode turned into HTML or taken away from around its text."""
    return "".join(_Reading(source, around, notes).pieces())


class _Reading:
    def __init__(self, source: str, around: Surroundings, notes: Notes) -> None:
        self.source, self.around, self.notes = source, around, notes
        self.last_end = {
            token["name"].lower(): token.start() for token in TOKEN.finditer(source) if token["end"]
        }

    def pieces(self) -> Iterator[str]:
        done = in_code = 0
        for token in TOKEN.finditer(self.source):
            if token.start() < done:
                continue
            if token["pre"]:
                in_code = max(0, in_code + (-1 if token["pre"].startswith("</") else 1))
                continue
            if (
                in_code
                or self.source[token.start() - 1 : token.start()] == "["
                or not self._is_shortcode(token)
            ):
                continue
            yield self.source[done : token.start()]
            done = token.end()
            if token["name"].lower() in CODE and self.last_end.get(token["name"].lower(), -1) >= done:
                end = self.source.index(f"[/{token['name']}", done)
                yield self._code(token, self.source[done:end])
                done = end
            else:
                yield self._in_its_place(token)
        yield self.source[done:]

    def _is_shortcode(self, token: re.Match[str]) -> bool:
        name = token["name"].lower()
        known = {"gallery", "embed", "playlist", *FIGURES, *PLAYERS}
        return name in known or name in self.last_end or "=" in (token["attributes"] or "")

    def _in_its_place(self, token: re.Match[str]) -> str:
        name = token["name"].lower()
        attributes = _attributes(token["attributes"] or "")
        if name in FIGURES:
            return "</figure>" if token["end"] else _figure(attributes)
        if name == "embed":
            return "\n\n"
        if name == "gallery":
            return self._gallery(attributes)
        if name in PLAYERS:
            return _player(attributes, token["attributes"] or "")
        if not token["end"]:
            self.notes.left_out(f"shortcode [{name}]")
        return ""

    def _gallery(self, attributes: dict[str, str]) -> str:
        ids = re.findall(r"\d+", attributes.get("ids") or attributes.get("include") or "")
        pictures = self.around.gallery(ids)
        if not pictures:
            self.notes.left_out("gallery without pictures")
        return "".join(_picture(picture) for picture in pictures)

    def _code(self, token: re.Match[str], inside: str) -> str:
        language = re.sub(r"\W", "", _attributes(token["attributes"] or "").get("lang", ""))
        return f'<pre><code class="language-{language}">{inside.replace("<", "&lt;")}</code></pre>'


def _attributes(text: str) -> dict[str, str]:
    return {name.lower(): double or single or bare for name, double, single, bare in ATTRIBUTE.findall(text)}


def _figure(attributes: dict[str, str]) -> str:
    """WordPress 2 kept the words in an attribute, WordPress 3.4 put them after the picture."""
    words = attributes.get("caption", "")
    return "<figure>" + (f"<figcaption>{words}</figcaption>" if words else "")


def _picture(picture: OldPicture) -> str:
    alt, caption = html.escape(picture.alt), html.escape(picture.caption)
    image = f'<img class="wp-image-{picture.old_id}" src="{html.escape(picture.url)}" alt="{alt}">'
    return f"<figure>{image}<figcaption>{caption}</figcaption></figure>"


def _player(attributes: dict[str, str], written: str) -> str:
    bare = re.search(r"https?://[^\s\"'|\]]+", written)  # before shortcodes had names for their attributes
    url = next(
        (attributes[name] for name in MEDIA_ATTRIBUTES if attributes.get(name)), bare[0] if bare else ""
    )
    return f'<video src="{html.escape(url)}"></video>' if url else ""
