"""The staff of the demo newsroom: one login for each role, with one password made for this installation."""

import os
import secrets
from pathlib import Path

from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.models import Group

from newsroom.models import User

STAFF = {
    "admin": ("Administrator", "Alex", "Marsh"),
    "editor": ("Editor", "Edda", "Lind"),
    "writer": ("Contributor", "Wen", "Okoro"),
    "moderator": ("Moderator", "Mo", "Farah"),
}


def password_file() -> Path:
    return Path(settings.DATA_DIR) / "demo-password"


def create(usernames: list[str]) -> None:
    """Make the logins that are missing, and note their password where only this user of the machine can read it."""
    missing = [name for name in usernames if not User.objects.filter(username=name).exists()]
    if missing:
        hashed = make_password(known_password() or _new_password())  # once: hashing is slow on purpose
        for username in missing:
            _login(username, hashed)


def known_password() -> str:
    try:
        return password_file().read_text().strip()
    except FileNotFoundError:
        return ""


def passwords() -> dict[str, str]:
    """Each demo login and its password; empty where somebody has changed it since."""
    password = known_password()
    people = User.objects.filter(username__in=STAFF, is_active=True).order_by("pk")
    holds = {hashed: check_password(password, hashed) for hashed in {user.password for user in people}}
    return {user.username: password if holds[user.password] else "" for user in people}


def _new_password() -> str:
    password = secrets.token_urlsafe(9)
    descriptor = os.open(password_file(), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(password + "\n")
    return password


def _login(username: str, hashed: str) -> None:
    role, first, last = STAFF[username]
    superuser = username == "admin"
    user = User.objects.create(
        username=username,
        password=hashed,
        first_name=first,
        last_name=last,
        is_staff=True,
        is_superuser=superuser,
    )
    user.groups.add(Group.objects.get(name=role))
