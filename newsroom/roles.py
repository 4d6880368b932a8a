"""Who may do what: four roles, kept as groups by the code after every migration."""

from typing import Any

from django.apps import apps
from django.db.models.signals import post_migrate
from django.dispatch import receiver
from django.utils.translation import gettext_lazy as _

WRITES = "articles.add_article articles.change_article articles.view_article articles.submit_article".split()
LOOKS_UP = (
    "articles.view_section articles.view_contributor articles.view_tag articles.view_image articles.add_image"
).split()
EDITS = (
    "articles.approve_article articles.publish_article articles.lift_embargo articles.edit_any_article "
    "articles.change_image "
    "articles.add_contributor articles.change_contributor articles.add_tag articles.change_tag "
    "articles.view_standingpage articles.change_standingpage articles.add_standingpage comments.view_comment "
    "comments.view_lead comments.handle_lead"
).split()
MODERATES = (
    "comments.view_comment comments.moderate_comment comments.view_reader articles.view_section".split()
)

ROLES: dict[str, list[str]] = {
    "Contributor": [*WRITES, *LOOKS_UP],
    "Editor": [*WRITES, *LOOKS_UP, *EDITS],
    "Moderator": MODERATES,
}

EXPLAINED = {
    "Contributor": _("writes: sees and changes only their own drafts, and submits them to the desk"),
    "Editor": _("edits everything, publishes and withdraws; also pictures, contributors, tags and pages"),
    "Moderator": _("judges comments, and sees nothing else that is not public"),
    "Administrator": _("may do everything: also sections, house rules, the masthead and these logins"),
}


@receiver(post_migrate, dispatch_uid="newsroom.roles")
def keep_roles(sender: Any, using: str = "default", **kwargs: Any) -> None:
    """Give each role exactly its permissions, once all apps' permissions exist. The administrator has them all."""
    if sender.name != "newsroom":
        return
    from django.contrib.auth.management import create_permissions
    from django.contrib.auth.models import Group, Permission

    for app in apps.get_app_configs():
        create_permissions(app, verbosity=0, using=using)
    every = {
        f"{p.content_type.app_label}.{p.codename}": p
        for p in Permission.objects.select_related("content_type")
    }
    for name, granted in ROLES.items():
        Group.objects.get_or_create(name=name)[0].permissions.set([every[code] for code in granted])
    Group.objects.get_or_create(name="Administrator")[0].permissions.set(every.values())
