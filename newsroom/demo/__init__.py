"""The Meridian: an invented paper with which a new installation opens. Words in files beside this one, pictures
drawn by code; nothing here touches the database."""

from .reading import articles, illustrations, masthead, pages, people, sections, threads
from .shapes import (
    BrokenDemo,
    DemoArticle,
    DemoByline,
    DemoComment,
    DemoMasthead,
    DemoPerson,
    DemoPicture,
    DemoSection,
    DemoStandingPage,
)

__all__ = [
    "BrokenDemo",
    "DemoArticle",
    "DemoByline",
    "DemoComment",
    "DemoMasthead",
    "DemoPerson",
    "DemoPicture",
    "DemoSection",
    "DemoStandingPage",
    "articles",
    "illustrations",
    "masthead",
    "pages",
    "people",
    "sections",
    "threads",
]
