"""Reads the demo newsroom from the files beside this module. Anything that does not fit raises `BrokenDemo`."""

import tomllib
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from .shapes import (
    BYLINE_ROLES,
    COMMENT_STATES,
    CORRECTION_KINDS,
    KINDS,
    PICTURE_NAME,
    STATES,
    BrokenDemo,
    DemoArticle,
    DemoByline,
    DemoComment,
    DemoCorrection,
    DemoMasthead,
    DemoPerson,
    DemoPicture,
    DemoSection,
    DemoStandingPage,
)

HERE = Path(__file__).parent
FENCE = "+++\n"
T = TypeVar("T")


@cache
def masthead() -> DemoMasthead:
    """The paper's name, tagline and footer."""
    return _shaped(DemoMasthead, _toml(HERE / "masthead.toml"), "masthead.toml")


@cache
def sections() -> tuple[DemoSection, ...]:
    """Every section, parents before children."""
    return tuple(
        _shaped(DemoSection, row, "sections.toml") for row in _toml(HERE / "sections.toml")["section"]
    )


@cache
def people() -> tuple[DemoPerson, ...]:
    """Every contributor."""
    return tuple(_person(row) for row in _toml(HERE / "people.toml")["person"])


@cache
def articles() -> tuple[DemoArticle, ...]:
    """Every story, newest first; a scheduled one comes before the lead."""
    return tuple(sorted(map(_article, _files("stories", "*.md")), key=lambda article: article.hours_ago))


@cache
def threads() -> dict[str, tuple[DemoComment, ...]]:
    """The comments under each story, by its slug: top-level comments in order, replies inside them."""
    return {path.stem: _thread(path) for path in _files("threads", "*.toml")}


@cache
def pages() -> tuple[DemoStandingPage, ...]:
    """The standing pages, in the order of the footer."""
    return tuple(sorted(map(_page, _files("pages", "*.md")), key=lambda page: page.order))


@cache
def illustrations() -> tuple[DemoPicture, ...]:
    """Every picture to draw for the stories, each name once. The first story to use one gives its words."""
    used: dict[str, DemoPicture] = {}
    for article in articles():
        for picture in (*filter(None, [article.picture]), *article.figures):
            used.setdefault(picture.name, picture)
    return tuple(used.values())


def _files(folder: str, pattern: str) -> list[Path]:
    return sorted((HERE / folder).glob(pattern))


def _toml(path: Path) -> dict[str, Any]:
    return _parsed(path.read_text("utf-8"), path.name)


def _parsed(text: str, where: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BrokenDemo(f"{where}: {error}") from error


def _front_and_body(path: Path) -> tuple[dict[str, Any], str]:
    """Split a Markdown file into its TOML front matter and its text."""
    try:
        before, front, body = path.read_text("utf-8").split(FENCE, 2)
    except ValueError:
        raise BrokenDemo(f"{path.name}: no front matter between two lines of +++") from None
    if before:
        raise BrokenDemo(f"{path.name}: something stands before the front matter")
    return _parsed(front, path.name), body.strip() + "\n"


def _shaped(shape: Callable[..., T], row: dict[str, Any], where: str) -> T:
    """Build `shape`, turning a missing or unknown key into a sentence that names the file."""
    try:
        return shape(**row)
    except TypeError as error:
        raise BrokenDemo(f"{where}: {error}") from error


def _one_of(value: str, allowed: Iterable[str], where: str) -> str:
    if value not in allowed:
        raise BrokenDemo(f"{where}: “{value}” is not one of {', '.join(allowed)}")
    return value


def _person(row: dict[str, Any]) -> DemoPerson:
    return _shaped(DemoPerson, row | {"links": tuple(row.get("links", ()))}, "people.toml")


def _article(path: Path) -> DemoArticle:
    row, body = _front_and_body(path)
    picture = {key: row.pop(key) for key in list(row) if key.startswith("picture")}
    row["bylines"] = tuple(_byline(text, path.name) for text in row.get("bylines", ()))
    row["tags"] = tuple(row.get("tags", ()))
    if note := row.pop("correction", None):
        row["correction"] = _correction(note, body, path.name)
    article = _shaped(
        DemoArticle,
        row | {"slug": path.stem, "body": body, "picture": _picture(picture, path.name)},
        path.name,
    )
    _one_of(article.kind, KINDS, path.name)
    _one_of(article.state, STATES, path.name)
    return article


def _correction(row: dict[str, Any], body: str, where: str) -> DemoCorrection:
    note = _shaped(DemoCorrection, row, where)
    _one_of(note.kind, CORRECTION_KINDS, where)
    if note.right and body.count(note.right) != 1:
        raise BrokenDemo(f"{where}: “{note.right}” does not stand in the text once")
    return note


def _byline(text: str, where: str) -> DemoByline:
    contributor, _, role = text.partition(":")
    return DemoByline(contributor=contributor, role=_one_of(role or "by", BYLINE_ROLES, where))


def _picture(row: dict[str, str], where: str) -> DemoPicture | None:
    if not row:
        return None
    named = {("name" if key == "picture" else key.removeprefix("picture_")): row[key] for key in row}
    picture = _shaped(DemoPicture, named, where)
    if not PICTURE_NAME.fullmatch(picture.name):
        raise BrokenDemo(f"{where}: a picture is called scene-seed, not “{picture.name}”")
    return picture


def _page(path: Path) -> DemoStandingPage:
    row, body = _front_and_body(path)
    return _shaped(DemoStandingPage, row | {"slug": path.stem, "body": body}, path.name)


def _thread(path: Path) -> tuple[DemoComment, ...]:
    """Comments are written flat, in the order they came; `key` names one and `to` answers an earlier one."""
    rows: list[dict[str, Any]] = _toml(path)["comment"]
    keys: list[str] = []
    for row in rows:
        if "to" in row:
            _one_of(row["to"], keys, path.name)
        keys += [row["key"]] if "key" in row else []
    return _beneath(None, rows, path.name)


def _beneath(key: str | None, rows: list[dict[str, Any]], where: str) -> tuple[DemoComment, ...]:
    """The comments answering the one called `key`; with `None`, those that answer nobody."""
    return tuple(_comment(row, rows, where) for row in rows if row.get("to") == key)


def _comment(row: dict[str, Any], rows: list[dict[str, Any]], where: str) -> DemoComment:
    said = {name: row[name] for name in row if name not in ("key", "to")}
    replies = _beneath(row["key"], rows, where) if "key" in row else ()
    comment = _shaped(DemoComment, said | {"replies": replies}, where)
    _one_of(comment.state, COMMENT_STATES, where)
    return comment
