"""What a reader of the old site said, in the little Markdown our comments know: no headings, pictures, tables or
hidden links. Nothing of the words goes missing; a link's URL follows its words."""

from bs4 import Tag

from newsroom.foundations.markup.from_html.literal import escaped, safe_target
from newsroom.foundations.markup.from_html.soup import attribute
from newsroom.foundations.markup.from_html.writing import CELL, ROW, TextWriter, indented


class CommentWriter(TextWriter):
    def convert_a(self, el: Tag, text: str, parent_tags: set) -> str:
        target = safe_target(attribute(el, "href"))
        if not target or el.get_text().strip() == attribute(el, "href").strip():
            return text
        return f"{text} ({escaped(target)})"

    def convert_img(self, el: Tag, text: str, parent_tags: set) -> str:
        words = " ".join(attribute(el, "alt").split())
        return f"\n\n{escaped(words)} {escaped(safe_target(attribute(el, 'src')))}\n\n"

    def convert_iframe(self, el: Tag, text: str, parent_tags: set) -> str:
        return f"\n\n{escaped(safe_target(attribute(el, 'src') or attribute(el, 'data')))}\n\n{text}\n\n"

    convert_embed = convert_object = convert_video = convert_audio = convert_iframe

    def convert_hN(self, n: int, el: Tag, text: str, parent_tags: set) -> str:  # noqa: N802 - markdownify's name
        return f"\n\n{self._wrapped('**', ' '.join(text.split()), parent_tags, {'b', 'strong'})}\n\n"

    def convert_hr(self, el: Tag, text: str, parent_tags: set) -> str:
        return "\n\n"

    def convert_pre(self, el: Tag, text: str, parent_tags: set) -> str:
        return f"\n\n{indented(el.get_text().strip(chr(10)))}\n\n"

    def convert_table(self, el: Tag, text: str, parent_tags: set) -> str:
        rows = (" · ".join(filter(None, row.split(CELL))) for row in text.split(ROW))
        return "\n\n" + "\n\n".join(rows) + "\n\n"

    def _items(self, el: Tag, text: str, parent_tags: set) -> str:
        """A comment's lists count from one."""
        el.attrs.pop("start", None)
        return super()._items(el, text, parent_tags)

    def convert_dt(self, el: Tag, text: str, parent_tags: set) -> str:
        return f"\n\n{self._wrapped('**', ' '.join(text.split()), parent_tags, {'b', 'strong'})}\n\n"

    def convert_dd(self, el: Tag, text: str, parent_tags: set) -> str:
        return f"\n\n{text.strip()}\n\n"

    def _as_html(self, name: str, text: str, parent_tags: set) -> str:
        return text
