"""What the environment says, in the types the settings want. Only settings.py asks."""

import os
import secrets
import zoneinfo
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

# Caches in front that we can speak to, with the name of the key each wants.
CACHES = {"nginx": "", "varnish": "", "fastly": "FASTLY_TOKEN", "cloudflare": "CLOUDFLARE_TOKEN"}


# The same SQL is worth preparing when it comes again. It is not planned again either: for lists cut by a moment the
# server would take that for cheaper each time, and spend more on the plan than on the answer.
PREPARED = {"prepare_threshold": 2, "options": "-c plan_cache_mode=force_generic_plan"}
NOT_PREPARED = {"prepare_threshold": None}
# How soon we know that a machine is gone which has not said so: a minute (libpq's own words; by default it is hours).
NEVER_FOR_LONG = {
    "keepalives_idle": 30,  # seconds
    "keepalives_interval": 10,
    "keepalives_count": 3,
    "tcp_user_timeout": 60_000,  # milliseconds
}


def text(name: str, default: str = "") -> str:
    return os.environ.get(name, "").strip() or default


def flag(name: str, default: bool = False) -> bool:
    value = text(name)
    return switched(name, value) if value else default


def switched(name: str, value: str) -> bool:
    if value.lower() in {"0", "no", "off", "false", "1", "yes", "on", "true"}:
        return value.lower() in {"1", "yes", "on", "true"}
    raise ImproperlyConfigured(f"{name} must be yes or no, not “{value}”.")


def number(name: str, default: int) -> int:
    try:
        return int(text(name) or default)
    except ValueError:
        raise ImproperlyConfigured(f"{name} must be a whole number, not “{text(name)}”.") from None


def words(name: str) -> list[str]:
    """A comma-separated list, blanks dropped."""
    return [word.strip() for word in text(name).split(",") if word.strip()]


def site_address(default: str) -> str:
    """The address readers type, without the last slash; https unless it says otherwise."""
    address = text("SITE_ADDRESS", default).rstrip("/")
    parts = _parts("SITE_ADDRESS", address)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path:
        raise ImproperlyConfigured(
            f"SITE_ADDRESS must look like https://news.example.org, without a path; it is “{address}”."
        )
    return address


def time_zone(default: str) -> str:
    """Addresses hold the site's day, so a mistyped zone must stop us before anything is published."""
    name = text("TIME_ZONE", default)
    try:
        zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, OSError, ValueError):
        raise ImproperlyConfigured(f"TIME_ZONE “{name}” is not a time zone, such as Europe/Madrid.") from None
    return name


def database(embedded: Path) -> dict[str, Any]:
    """DATABASE_URL as Django wants it: postgresql://… or sqlite:///…; the embedded SQLite file if unset."""
    url = text("DATABASE_URL")
    if not url:
        return sqlite(embedded)
    parts = _parts("DATABASE_URL", url)
    if parts.scheme == "sqlite":
        return sqlite(Path(unquote(parts.path)))
    if parts.scheme in {"postgres", "postgresql"}:
        return postgresql(url)
    raise ImproperlyConfigured("DATABASE_URL must begin with postgresql:// or sqlite:///.")


def sqlite(path: Path) -> dict[str, Any]:
    """Durable and patient: every commit reaches the disk, writers queue instead of failing."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
                # The first 128 MB are read as memory; of what a larger archive has beyond, each connection keeps 8.
                "PRAGMA mmap_size=134217728; PRAGMA cache_size=-8000;"
            ),
        },
    }


def postgresql(url: str) -> dict[str, Any]:
    """Pooled, with prepared statements unless `?prepared=no` (a pooler that lends a connection for one transaction
    loses them); `?sslmode=…` and the like are passed on to libpq."""
    parts = urlsplit(url)
    options: dict[str, Any] = dict(parse_qsl(parts.query))
    host = options.pop("host", "") or parts.hostname or ""
    prepared = (
        PREPARED if switched("prepared in DATABASE_URL", options.pop("prepared", "yes")) else NOT_PREPARED
    )

    pool = {
        "min_size": 1,
        "max_size": number("DATABASE_POOL_SIZE", 8),
        "timeout": 10,  # seconds a request waits for one: longer than a restart takes
        "reconnect_timeout": 10,  # and then the pool tries anew: its own patience would grow to minutes
    }
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": parts.port or "",
        "CONN_HEALTH_CHECKS": True,  # each time the pool lends one
        "OPTIONS": {"pool": pool, **prepared, **NEVER_FOR_LONG, **options},
    }


def _parts(name: str, address: str) -> SplitResult:
    try:
        parts = urlsplit(address)
        _ = parts.port
    except ValueError as problem:
        raise ImproperlyConfigured(f"{name} is not an address: {problem}.") from None
    return parts


def caches_in_front() -> list[str]:
    """CACHES_IN_FRONT: addresses such as varnish://10.0.0.1:6081 or fastly://service-id, whose keys are elsewhere."""
    addresses = words("CACHES_IN_FRONT")
    for address in addresses:
        parts = _parts("CACHES_IN_FRONT", address)
        if parts.scheme not in CACHES or not parts.netloc or "@" in parts.netloc or len(address) > 200:
            raise ImproperlyConfigured(
                "CACHES_IN_FRONT must hold addresses such as varnish://10.0.0.1:6081 or fastly://SERVICE-ID, "
                f"without keys; we can speak to {', '.join(CACHES)}."
            )
        if (key := CACHES[parts.scheme]) and not text(key):
            raise ImproperlyConfigured(
                f"CACHES_IN_FRONT names {parts.scheme}: set {key}, the key to it, as well."
            )
    return addresses


def tasks_backend() -> str:
    """TASKS_BACKEND: the class of the engine that keeps and does jobs; its package is installed as an app."""
    path = text("TASKS_BACKEND", "newsroom.foundations.outbox.Outbox")
    if not path.rpartition(".")[0] or find_spec(path.partition(".")[0]) is None:
        raise ImproperlyConfigured(
            f"TASKS_BACKEND must be the path of an engine of django-tasks that is installed; it is “{path}”."
        )
    return path


def secret_key(beside: Path, *, embedded: bool) -> str:
    """SECRET_KEY, or for the embedded database one made once and kept in a private file beside it.

    Several machines sharing a PostgreSQL must agree on the key, so there it has to be given.
    """
    if given := text("SECRET_KEY"):
        return given
    if not embedded:
        raise ImproperlyConfigured(
            "Set SECRET_KEY: with PostgreSQL every machine must use the same one. "
            "Make one with: python3 -c 'import secrets; print(secrets.token_urlsafe(50))'"
        )
    keyfile = beside / "secret_key"
    try:
        return (keyfile.read_text().strip() if keyfile.exists() else "") or _write_key(keyfile)
    except OSError as problem:
        raise ImproperlyConfigured(
            f"Cannot keep the secret key in {keyfile}: {problem.strerror}. "
            "Set DATA_DIR to a folder that can be written, or set SECRET_KEY."
        ) from None


def _write_key(keyfile: Path) -> str:
    keyfile.parent.mkdir(parents=True, exist_ok=True)
    draft = keyfile.with_suffix(f".{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_urlsafe(50))
    try:
        os.link(draft, keyfile)  # two processes starting at once: the first one's key wins for both
    except FileExistsError:
        if not keyfile.read_text().strip():
            draft.replace(keyfile)
            return keyfile.read_text().strip()
    draft.unlink(missing_ok=True)
    return keyfile.read_text().strip()
