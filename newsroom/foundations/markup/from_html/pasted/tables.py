"""Tables: a head where the first row plainly is one, and no table where there is only a frame."""

from bs4 import BeautifulSoup, Tag

from newsroom.foundations.markup.from_html.pasted.style import style_of


def settle(soup: BeautifulSoup) -> None:
    for table in soup.find_all("table"):
        rows = [row for row in table.find_all("tr") if row.find_parent("table") is table]
        cells = [_cells(row) for row in rows]
        if sum(map(len, cells)) == 1:
            _unframe(table)
        elif rows and table.find("th") is None and _is_head(rows[0], cells[0]):
            for cell in cells[0]:
                cell.name = "th"
                for bold in cell.find_all("b"):
                    bold.unwrap()


def _cells(row: Tag) -> list[Tag]:
    return row.find_all(["td", "th"], recursive=False)


def _is_head(row: Tag, cells: list[Tag]) -> bool:
    """In a head, or bold from end to end while it says something."""
    if row.find_parent("thead"):
        return True
    said = [cell for cell in cells if cell.get_text(strip=True)]
    return bool(said) and all(_is_bold(cell) for cell in said)


def _is_bold(cell: Tag) -> bool:
    if style_of(cell).get("font-weight") in {"bold", "700"}:
        return True
    bold = "".join(tag.get_text() for tag in cell.find_all("b") if tag.find_parent("b") is None)
    return "".join(bold.split()) == "".join(cell.get_text().split())


def _unframe(table: Tag) -> None:
    """Word's text boxes and web pages' frames are tables of one cell."""
    for part in table.find_all(["thead", "tbody", "tfoot", "tr", "td", "th"]):
        if part.find_parent("table") is table:
            part.name = "div"
    table.name = "div"
