"""What the demo newsroom is made of: plain, frozen facts that know neither files nor the database."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

KINDS = ("news", "analysis", "opinion", "explainer", "interview", "review", "editorial")
STATES = ("draft", "in_review", "approved", "published", "scheduled", "withdrawn")
BYLINE_ROLES = ("by", "with", "photographs", "translated")
CORRECTION_KINDS = ("correction", "clarification", "note", "update", "retraction")
COMMENT_STATES = ("approved", "pending", "rejected", "spam")

PICTURE_NAME = re.compile(r"([a-z]+)-(\d+)")
FIGURE = re.compile(r'!\[(?P<alt>[^\]]*)\]\(picture:(?P<name>[a-z0-9-]+)(?: "(?P<caption>[^"]*)")?\)')
STORY_LINK = re.compile(r"\]\(story:(?P<slug>[a-z0-9-]+)\)")


class BrokenDemo(ValueError):
    """The demo's own content does not hold together; the message names the file and the fault."""


@dataclass(frozen=True, kw_only=True)
class DemoMasthead:
    """The name of the paper and the words printed around it."""

    name: str
    tagline: str
    footer_text: str
    language: str


@dataclass(frozen=True, kw_only=True)
class DemoSection:
    """One section, addressed by its whole path (`world/americas`)."""

    path: str
    name: str
    description: str
    order: int

    @property
    def slug(self) -> str:
        return self.path.rpartition("/")[2]

    @property
    def parent(self) -> str:
        """The path of the section above, or an empty string at the top."""
        return self.path.rpartition("/")[0]


@dataclass(frozen=True, kw_only=True)
class DemoPerson:
    """One contributor. `portrait` seeds the drawing of the face; `None` means no portrait."""

    slug: str
    name: str
    role: str
    bio: str
    links: tuple[dict[str, str], ...] = ()
    portrait: int | None = None


@dataclass(frozen=True, kw_only=True)
class DemoByline:
    """One credit on one story."""

    contributor: str
    role: str


@dataclass(frozen=True, kw_only=True)
class DemoPicture:
    """One drawing: which scene, from which seed, and the words that go with it."""

    name: str
    alt: str
    caption: str = ""
    credit: str = "Illustration: The Meridian"

    @property
    def scene(self) -> str:
        return self.name.rpartition("-")[0]

    @property
    def seed(self) -> int:
        return int(self.name.rpartition("-")[2])


@dataclass(frozen=True, kw_only=True)
class DemoCorrection:
    """A note to readers under a story. Where the story first said `wrong` in the place of `right`, the text was changed
    with it."""

    kind: str
    text: str
    about: str = ""
    credit: str = ""
    wrong: str = ""
    right: str = ""


@dataclass(frozen=True, kw_only=True)
class DemoArticle:
    """One story as its writer filed it. In `body`, `picture:NAME` and `story:SLUG` stand for addresses
    that exist only once the pictures and stories are in the database."""

    slug: str
    kind: str
    kicker: str
    headline: str
    standfirst: str
    section: str
    bylines: tuple[DemoByline, ...]
    tags: tuple[str, ...]
    hours_ago: float
    body: str
    short_headline: str = ""
    dateline: str = ""
    picture: DemoPicture | None = None
    state: str = "published"
    withdrawn_reason: str = ""
    correction: DemoCorrection | None = None

    def at(self, now: datetime) -> datetime:
        """When it appears (or was begun, for a story readers have not seen), if the paper is opened `now`."""
        return now - timedelta(hours=self.hours_ago)

    @property
    def figures(self) -> tuple[DemoPicture, ...]:
        """The pictures placed inside the body, in order."""
        return tuple(
            DemoPicture(name=figure["name"], alt=figure["alt"], caption=figure["caption"] or "")
            for figure in FIGURE.finditer(self.body)
        )

    @property
    def links(self) -> tuple[str, ...]:
        """The slugs of the other stories the body points to."""
        return tuple(link["slug"] for link in STORY_LINK.finditer(self.body))


@dataclass(frozen=True, kw_only=True)
class DemoComment:
    """One reader's voice, `minutes` after its story appeared, with the replies it drew.
    `contributor` names the member of staff who spoke; it is empty for a reader."""

    name: str
    text: str
    minutes: int
    email: str = ""
    contributor: str = ""
    state: str = "approved"
    replies: tuple["DemoComment", ...] = ()

    def conversation(self) -> tuple["DemoComment", ...]:
        """This comment and everything said beneath it, parents before replies."""
        return (self, *(voice for reply in self.replies for voice in reply.conversation()))


@dataclass(frozen=True, kw_only=True)
class DemoStandingPage:
    """A standing page such as About, linked from the footer."""

    slug: str
    title: str
    body: str
    order: int
