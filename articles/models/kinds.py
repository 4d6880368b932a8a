"""What kinds of stories there are."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    NEWS = "news", _("News")
    ANALYSIS = "analysis", _("Analysis")
    OPINION = "opinion", _("Opinion")
    EXPLAINER = "explainer", _("Explainer")
    INTERVIEW = "interview", _("Interview")
    REVIEW = "review", _("Review")
    EDITORIAL = "editorial", _("Editorial")


def label_of(kind: str, kicker: str, section: str) -> str:
    """The short label above a headline: kinds other than news always say their name."""
    return kicker or section if kind == Kind.NEWS else str(Kind(kind).label)
