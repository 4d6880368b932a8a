"""Shortcodes: `[caption]…[/caption]`, `[gallery ids="1,2"]` and what plugins made of square brackets.

Every bracket an author may have meant as a bracket stays: `[sic]` is text, and so is `[see the report for details]`.
A shortcode is a name and nothing else but attributes. One that we do not know must have some, or be closed again; it
gives way to what it holds, and is quoted in the notes.
"""

import html
import re
from collections.abc import Iterator

from newsroom.transfer.wordpress.bodies.surroundings import Notes, OldPicture, Surroundings

TOKEN = re.compile(
    r"(?P<pre></?(?:pre|code)\b[^<>]*>)"
    r"|\[(?P<end>/)?(?P<name>[A-Za-z][\w-]*)(?P<attributes>[\s=][^\[\]]*?)?/?\](?!\])"
)
# Possessive, so that no text can be read in more than one way.
PAIR = r"""[\w-]++\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s"'<>]++)"""
VALUE = r"""(?:"[^"<>]*+"|'[^'<>]*+')"""
QUOTED = re.compile(r""""[^"]*"|'[^']*'""")
ADDRESS = r"https?://[^\s<>]++"
# `[box color="red"]`, but not `[sic "no"]`
UNKNOWN = re.compile(rf"\s++{PAIR}(?:\s++(?:{PAIR}|{VALUE}))*+\s*+/?")
# `[audio https://old.example/a.mp3 autoplay]`, but not `[video courtesy of the harbour]`
KNOWN = re.compile(rf"(?=.*(?:=|{ADDRESS}))(?:\s++(?:{PAIR}|{VALUE}|{ADDRESS}|[\w-]++))++\s*+/?", re.DOTALL)
ATTRIBUTE = re.compile(r"""([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'\]]+))""")
FIGURES = {"caption", "wp_caption"}
PLAYERS = {"audio", "video"}
STANDING_ALONE = {"gallery", "playlist", *PLAYERS}  # also without attributes
OURS = {"embed", *FIGURES, *STANDING_ALONE}
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
        self.closed: set[int] = set()  # where the shortcodes begin that are closed again, and where they end
        self._match_up()

    def _match_up(self) -> None:
        """Which brackets belong together, as far as a name followed by its end shows."""
        waiting: dict[str, list[int]] = {}
        for token in self._tokens():
            openers = waiting.setdefault(token["name"].lower(), [])
            if token["end"] and openers:
                self.closed |= {openers.pop(), token.start()}
            elif not token["end"] and "<" not in QUOTED.sub("", token["attributes"] or ""):
                openers.append(token.start())

    def _tokens(self) -> Iterator[re.Match[str]]:
        """What may be a shortcode: not in code, and not written [[so]], which shows a bracket."""
        in_code = 0
        for token in TOKEN.finditer(self.source):
            if token["pre"]:
                in_code = max(0, in_code + (-1 if token["pre"].startswith("</") else 1))
            elif not in_code and self.source[token.start() - 1 : token.start()] != "[":
                yield token

    def pieces(self) -> Iterator[str]:
        done = 0
        for token in self._tokens():
            if token.start() < done or not self._is_shortcode(token):
                continue
            yield self.source[done : token.start()]
            done = token.end()
            if token["name"].lower() in CODE and token.start() in self.closed:
                end = self._end_of(token)
                yield self._code(token, self.source[done : end.start()])
                done = end.end()
            else:
                yield self._in_its_place(token)
        yield self.source[done:]

    def _is_shortcode(self, token: re.Match[str]) -> bool:
        if token.start() in self.closed:
            return True
        name, attributes = token["name"].lower(), (token["attributes"] or "").rstrip(" /")
        if token["end"]:
            return False
        if name in OURS:
            return bool(KNOWN.fullmatch(attributes)) if attributes.strip() else name in STANDING_ALONE
        return bool(UNKNOWN.fullmatch(attributes))

    def _end_of(self, token: re.Match[str]) -> re.Match[str]:
        name = token["name"].lower()
        ends = TOKEN.finditer(self.source, token.end())
        return next(end for end in ends if end["end"] and end["name"].lower() == name)

    def _in_its_place(self, token: re.Match[str]) -> str:
        name = token["name"].lower()
        attributes = _attributes(token["attributes"] or "")
        if name in FIGURES:
            return "</figure>" if token["end"] else _figure(attributes)
        if name == "embed":
            return "\n\n"
        if name == "gallery":
            return self._gallery(token, attributes)
        player = _player(attributes, token["attributes"] or "") if name in PLAYERS else ""
        if not player and not token["end"]:
            self.notes.left_out(f"shortcode {_quoted(token)}")
        return player

    def _gallery(self, token: re.Match[str], attributes: dict[str, str]) -> str:
        ids = re.findall(r"\d+", attributes.get("ids") or attributes.get("include") or "")
        pictures = self.around.gallery(ids)
        if not pictures:
            self.notes.left_out(f"gallery without pictures {_quoted(token)}")
        return "".join(_picture(picture) for picture in pictures)

    def _code(self, token: re.Match[str], inside: str) -> str:
        language = re.sub(r"\W", "", _attributes(token["attributes"] or "").get("lang", ""))
        return f'<pre><code class="language-{language}">{inside.replace("<", "&lt;")}</code></pre>'


def _quoted(token: re.Match[str]) -> str:
    return " ".join(token[0].split())


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
