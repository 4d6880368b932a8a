"""Who may do what to which article. Asked by every view of an article; preview, history and feeds above all."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from articles.models import Article

SEES_UNPUBLISHED = "articles.view_article"
ANYONES = "articles.edit_any_article"
WATCHED = {"view": SEES_UNPUBLISHED, "change": "articles.change_article"}


def may(user: Any, verb: str, article: "Article") -> bool:
    """May this person do this to this article? Whether the article can take the verb now is article.can().

    "read" is what anybody may do to a live article; "view" and "change" are the desk's; the rest are the workflow's
    verbs. Without the right to others' articles a person sees their own, and changes them while they are drafts.
    "share" it with somebody who has no login may who may change it, and who may publish it.
    """
    if verb == "read":
        return article.is_live or may(user, "view", article)
    if verb == "share":
        return may(user, "change", article) or may(user, "publish", article)
    if not user.is_active or not user.is_staff:
        return False
    if not user.has_perm(WATCHED.get(verb) or article.needs(verb)):
        return False
    if verb == "recall":
        return owns(user, article)  # what somebody else submitted is sent back, with a reason
    return user.has_perm(ANYONES) or (owns(user, article) and (verb == "view" or article.state == "draft"))


def owns(user: Any, article: "Article") -> bool:
    """Started by this person, or signed by the contributor who is this person."""
    if article.started_by_id == user.pk:
        return True
    return any(byline.contributor.user_id == user.pk for byline in article.credits())
