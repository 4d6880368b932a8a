"""The tree of a text as our Markdown. markdownify walks it; what it says of each element is ours, because our
renderer nests lists by four spaces, knows no raw HTML and has figures, pull quotes and footnotes of its own."""

import re
from collections.abc import Mapping
from textwrap import dedent
from urllib.parse import urlsplit

from bs4 import BeautifulSoup, NavigableString, Tag
from bs4.element import PageElement
from markdownify import MarkdownConverter

from newsroom.foundations.markup.from_html.literal import escaped, safe_in_quotes, safe_target
from newsroom.foundations.markup.from_html.soup import attribute

BLANK = re.compile(r"\n[ \t]*\n")
LINE = re.compile(r"^(?=.*\S)", re.MULTILINE)
ADJACENT_QUOTES = re.compile(r"^(>.*)\n\n(?=>)", re.MULTILINE)
WIDEST_TABLE = 40  # columns
MANY_BRACKETS = 50  # our renderer takes sixty to a paragraph
ITEM, CELL, ROW, CODE_LINE = "\ue000", "\ue001", "\ue002", "\ue003"  # our own marks, while we write
MARKS = str.maketrans("", "", ITEM + CELL + ROW + CODE_LINE)  # no source may hold them


class TextWriter(MarkdownConverter):
    """Writes one text. `footnotes` maps the ids of its footnotes to their numbers."""

    def __init__(self, footnotes: Mapping[str, int] | None = None) -> None:
        super().__init__(wrap=True, wrap_width=None, heading_style="atx")
        self.footnotes = footnotes or {}

    def convert_soup(self, soup: BeautifulSoup) -> str:
        self.crowded = soup.get_text().count("[") > MANY_BRACKETS
        return str(super().convert_soup(soup))

    def escape(self, text: str, parent_tags: set) -> str:
        return escaped(text, in_cell=_nested(parent_tags), brackets_in_words=self.crowded)

    def process_text(self, el: NavigableString, parent_tags: set | None = None) -> str:
        text = str(super().process_text(el, parent_tags))  # type: ignore[misc]
        if _is(el.previous_sibling, "br"):
            text = text.lstrip(" ")
        if _is(el.next_sibling, "br"):
            text = text.rstrip(" ")
        if text.endswith("!") and _is(el.next_sibling, "a"):
            return text[:-1] + r"\!"  # a link after a bare one would be a picture
        return text

    # Words

    def convert_b(self, el: Tag, text: str, parent_tags: set) -> str:
        return self._wrapped("**", text, parent_tags, {"b", "strong"})

    convert_strong = convert_b

    def convert_em(self, el: Tag, text: str, parent_tags: set) -> str:
        return self._wrapped("*", text, parent_tags, {"i", "em", "cite"})

    convert_i = convert_em

    def convert_cite(self, el: Tag, text: str, parent_tags: set) -> str:
        """Under a quotation it names the source, elsewhere a work."""
        if text.strip() and el.find_parent(["p", "li", "td", "th"]) is None and el.find_parent("blockquote"):
            return f"\n\n— {' '.join(text.split())}\n\n"
        return self.convert_em(el, text, parent_tags)

    def convert_code(self, el: Tag, text: str, parent_tags: set) -> str:
        words = " ".join(text.split())
        if not words or "_noformat" in parent_tags:
            return text
        return str(super().convert_code(el, words, parent_tags))  # type: ignore[misc]

    convert_kbd = convert_samp = convert_tt = convert_code

    def convert_sup(self, el: Tag, text: str, parent_tags: set) -> str:
        number = self.footnotes.get(attribute(el, "data-fn"))
        return f"[^{number}]" if number else self._as_html("sup", text, parent_tags)

    def convert_sub(self, el: Tag, text: str, parent_tags: set) -> str:
        return self._as_html("sub", text, parent_tags)

    def convert_del(self, el: Tag, text: str, parent_tags: set) -> str:
        return self._as_html("del", text, parent_tags)

    convert_s = convert_strike = convert_del

    def convert_ins(self, el: Tag, text: str, parent_tags: set) -> str:
        return self._as_html("ins", text, parent_tags)

    def convert_mark(self, el: Tag, text: str, parent_tags: set) -> str:
        return self._as_html("mark", text, parent_tags)

    def convert_q(self, el: Tag, text: str, parent_tags: set) -> str:
        return f"“{text}”"

    def convert_br(self, el: Tag, text: str, parent_tags: set) -> str:
        return " " if "_inline" in parent_tags else "  \n"

    def convert_a(self, el: Tag, text: str, parent_tags: set) -> str:
        target = safe_target(attribute(el, "href"))
        words = text.strip()
        if not target or "_noformat" in parent_tags or "a" in parent_tags:
            return text
        if BLANK.search(words):
            return f"{text}\n\n<{target}>\n\n"
        if el.get_text().strip() == target and urlsplit(target).scheme in {"http", "https"}:
            return f"<{target}>"
        before, after = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
        return f"{before and ' '}[{words}]({target}){after and ' '}" if words else ""

    def _wrapped(self, mark: str, text: str, parent_tags: set, same: set) -> str:
        words = text.strip()
        if not words or "_noformat" in parent_tags or same & set(parent_tags) or BLANK.search(words):
            return text
        before, after = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
        return f"{before and ' '}{mark}{words}{mark}{after and ' '}"

    def _as_html(self, name: str, text: str, parent_tags: set) -> str:
        """What Markdown has no sign for, and a story would be misread without."""
        if not text.strip() or "_noformat" in parent_tags or BLANK.search(text.strip()):
            return text
        return f"<{name}>{text}</{name}>"

    # Blocks

    def convert_div(self, el: Tag, text: str, parent_tags: set) -> str:
        if "_inline" in parent_tags:
            return f" {text.strip()} "
        return f"\n\n{_paragraph(text)}\n\n" if text.strip() else ""

    convert_p = convert_article = convert_section = convert_address = convert_aside = convert_center = (
        convert_div
    )
    convert_details = convert_fieldset = convert_figcaption = convert_figure = convert_footer = convert_div
    convert_form = convert_header = convert_hgroup = convert_legend = convert_main = convert_nav = convert_div
    convert_option = convert_caption = convert_div

    def convert_summary(self, el: Tag, text: str, parent_tags: set) -> str:
        return f"\n\n{self._wrapped('**', text, parent_tags, {'b', 'strong'}).strip()}\n\n"

    def convert_hN(self, n: int, el: Tag, text: str, parent_tags: set) -> str:  # noqa: N802 - markdownify's name
        words = " ".join(text.split())
        if "_inline" in parent_tags or not words:
            return f" {words} "
        return f"\n\n{'#' * min(max(n, 1), 6)} {words}\n\n"

    def convert_hr(self, el: Tag, text: str, parent_tags: set) -> str:
        return "\n\n---\n\n"

    def convert_blockquote(self, el: Tag, text: str, parent_tags: set) -> str:
        if "_inline" in parent_tags or not text.strip():
            return f" {text.strip()} "
        pull = "[!pull]\n" if _is_pull_quote(el) and "blockquote" not in parent_tags else ""
        lines = (pull + _paragraph(text)).split("\n")
        return "\n\n" + "\n".join(f"> {line}" if line.strip() else ">" for line in lines) + "\n\n"

    def convert_pre(self, el: Tag, text: str, parent_tags: set) -> str:
        code = dedent(el.get_text().strip("\n"))
        if not code.strip() or "_inline" in parent_tags:
            return f" {escaped(' '.join(code.split()))} "
        if parent_tags & {"li", "blockquote", "dd"}:  # a fence must begin its line
            return f"\n\n{indented(code)}\n\n"
        longest = max((len(run) for run in re.findall(r"`+", code)), default=0)
        fence = "`" * max(3, longest + 1)
        return "\n\n" + f"{fence}\n{code}\n{fence}".replace("\n", CODE_LINE) + "\n\n"

    # Lists

    def convert_list(self, el: Tag, text: str, parent_tags: set) -> str:
        if "_inline" in parent_tags:
            return f" {' '.join(text.split())} "
        space = "\n" if "li" in parent_tags else "\n\n"
        return space + text.strip("\n") + "\n\n" if text.strip() else ""

    def convert_ul(self, el: Tag, text: str, parent_tags: set) -> str:
        return self.convert_list(el, self._items(el, text, parent_tags), parent_tags)

    convert_ol = convert_dir = convert_menu = convert_ul

    def _items(self, el: Tag, text: str, parent_tags: set) -> str:
        """Items come marked with a bullet; here an ordered list counts them, once, whatever their number."""
        if el.name != "ol" or "_inline" in parent_tags:
            return text.replace(ITEM, "-   ")
        start = attribute(el, "start")
        first, *items = text.split(ITEM)
        counted = enumerate(items, int(start) if re.fullmatch(r"\d{1,6}", start) else 1)
        return first + "".join(f"{number}. ".ljust(4) + item for number, item in counted)

    def convert_li(self, el: Tag, text: str, parent_tags: set) -> str:
        words = _paragraph(text)
        if not words or "_inline" in parent_tags:
            return f" {words} "
        return f"{ITEM}{indented(words).lstrip()}\n"

    def convert_dt(self, el: Tag, text: str, parent_tags: set) -> str:
        words = " ".join(text.split())
        return f" {words} " if "_inline" in parent_tags else f"\n\n{words}\n" if words else ""

    def convert_dd(self, el: Tag, text: str, parent_tags: set) -> str:
        words = _paragraph(text)
        if not words or "_inline" in parent_tags:
            return f" {words} "
        if el.find_previous_sibling(["dt", "dd"]) is None:
            return f"\n\n{words}\n\n"
        return f"\n:   {indented(words).lstrip()}\n"

    convert_dl = convert_div

    # Tables

    def convert_table(self, el: Tag, text: str, parent_tags: set) -> str:
        if "_inline" in parent_tags:
            return f" {text} "
        above, *lines = text.split(ROW)
        rows = [line.split(CELL)[:-1] for line in lines if line.strip(f" \n{CELL}")]
        width = max((len(row) for row in rows), default=0)
        if width > WIDEST_TABLE:
            return "\n\n".join([above, *(" · ".join(filter(None, row)) for row in rows), ""])
        head = rows[:1] if el.find("th") else [[""]]
        written = [_row(row, width) for row in [*head, ["---"] * width, *rows[el.find("th") is not None :]]]
        return f"\n\n{above.strip()}\n\n" + "\n".join(written) + "\n\n" if rows else above

    def convert_tr(self, el: Tag, text: str, parent_tags: set) -> str:
        return f" {text} " if _nested(parent_tags) else ROW + text

    def convert_td(self, el: Tag, text: str, parent_tags: set) -> str:
        if _nested(parent_tags):
            return f" {text} "
        span = (
            min(int(attribute(el, "colspan")), WIDEST_TABLE)
            if re.fullmatch(r"[1-9]\d?", attribute(el, "colspan"))
            else 1
        )
        return " ".join(text.split()) + CELL * span

    convert_th = convert_td

    # What is shown from elsewhere

    def convert_img(self, el: Tag, text: str, parent_tags: set) -> str:
        target = safe_target(attribute(el, "src"), "image")
        alt, caption = " ".join(attribute(el, "alt").split()), safe_in_quotes(attribute(el, "title"))
        if not target:
            return f" {escaped(f'{alt} {caption}'.strip())} "
        if not target.startswith("image:"):  # it will be a link, and a link has no caption
            return f"\n\n![{escaped(alt)}]({target})\n\n{escaped(caption)}\n\n"
        quoted = f' "{caption}"' if caption else ""
        return f"\n\n![{escaped(alt)}]({target}{quoted})\n\n"

    def convert_iframe(self, el: Tag, text: str, parent_tags: set) -> str:
        sources = [el, *el.find_all("source")]
        named = (attribute(tag, "src") or attribute(tag, "data") for tag in sources)
        target = safe_target(next(filter(None, named), ""))
        return f"\n\n<{target}>\n\n{text}\n\n" if target else text

    convert_embed = convert_object = convert_video = convert_audio = convert_iframe

    def convert_source(self, el: Tag, text: str, parent_tags: set) -> str:
        return ""

    def convert__document_(self, el: Tag, text: str, parent_tags: set) -> str:
        text = re.sub(r"\n(?:[ \t]*\n)+", "\n\n", text.replace(ITEM, "-   "))
        text = ADJACENT_QUOTES.sub(r"\1\n\n&nbsp;\n\n", text)  # what stands between them is not shown
        return text.strip().translate({ord(CODE_LINE): "\n", ord(ROW): "\n", ord(CELL): " "})


def _is_pull_quote(quote: Tag) -> bool:
    frame = quote.find_parent("figure") or quote
    return "wp-block-pullquote" in f"{attribute(quote, 'class')} {attribute(frame, 'class')}".split()


def _is(node: PageElement | None, name: str) -> bool:
    return isinstance(node, Tag) and node.name == name


def _paragraph(text: str) -> str:
    """Without blank edges, and without a line break that would end it."""
    return text.strip(" \t\r\n\xa0")


def indented(text: str) -> str:
    return LINE.sub("    ", text)


def _row(cells: list[str], width: int) -> str:
    return "| " + " | ".join(cell.strip() for cell in [*cells, *[""] * (width - len(cells))]) + " |"


def _nested(parent_tags: set) -> bool:
    return bool({"td", "th"} & set(parent_tags))
