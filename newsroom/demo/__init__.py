"""The Meridian: an invented paper with which a new installation opens. Words in files beside this one, pictures
drawn by code; nothing here touches the database."""

from .reading import illustrations, masthead, pages, people, sections, stories, threads
from .shapes import (
    BrokenDemo,
    DemoByline,
    DemoComment,
    DemoMasthead,
    DemoPerson,
    DemoPicture,
    DemoSection,
    DemoStandingPage,
    DemoStory,
)

__all__ = [
    "BrokenDemo",
    "DemoByline",
    "DemoComment",
    "DemoMasthead",
    "DemoStandingPage",
    "DemoPerson",
    "DemoPicture",
    "DemoSection",
    "DemoStory",
    "illustrations",
    "masthead",
    "pages",
    "people",
    "sections",
    "stories",
    "threads",
]
