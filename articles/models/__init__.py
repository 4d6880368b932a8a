"""Stories, the sections they are filed in, the people who sign them, the pictures beside them."""

from articles.models.article import Article
from articles.models.contributors import Byline, Contributor
from articles.models.corrections import Correction, CorrectionTakenBack
from articles.models.days import Day
from articles.models.errors import (
    Conflict,
    IllegalMove,
    NotAllowed,
    NothingNew,
    NotReady,
    UnderEmbargo,
    Unread,
    UrlTaken,
    VerbRefused,
    WorkingCopyError,
)
from articles.models.events import ArticleEvent
from articles.models.former_paths import FormerPath
from articles.models.former_slugs import FormerSlug
from articles.models.images import Figure, Image, Rendition
from articles.models.moves import MOVES, Move, State
from articles.models.notes import CorrectionKind, Note
from articles.models.page_history import PageEvent, PageRevision
from articles.models.picture_sweeps import PictureSweep
from articles.models.presence import Presence
from articles.models.preview_links import PreviewLink
from articles.models.revisions import Revision
from articles.models.sections import Section
from articles.models.standing_pages import StandingPage
from articles.models.tags import FormerTagName, Tag, TaggedArticle
from articles.models.top_level import TopLevelPath
from articles.models.unsaved import UnsavedText

__all__ = [
    "MOVES",
    "Article",
    "ArticleEvent",
    "Byline",
    "Conflict",
    "Contributor",
    "Correction",
    "CorrectionKind",
    "CorrectionTakenBack",
    "Day",
    "Figure",
    "FormerPath",
    "FormerSlug",
    "FormerTagName",
    "IllegalMove",
    "Image",
    "Move",
    "NotAllowed",
    "NotReady",
    "Note",
    "NothingNew",
    "PageEvent",
    "PageRevision",
    "PictureSweep",
    "Presence",
    "PreviewLink",
    "Rendition",
    "Revision",
    "Section",
    "StandingPage",
    "State",
    "Tag",
    "TaggedArticle",
    "TopLevelPath",
    "UnderEmbargo",
    "Unread",
    "UnsavedText",
    "UrlTaken",
    "VerbRefused",
    "WorkingCopyError",
]
