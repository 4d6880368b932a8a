"""Which news a process hears, by where its tables lie; and how others hear of what it wrote."""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from time import sleep

import redis
from django.conf import settings
from django.db import connection

from newsroom.foundations.pagecache import memory, sync
from newsroom.foundations.pagecache.sync import Bell, News, OwnNews
from newsroom.foundations.pagecache.sync.postgres import CHANNEL, PostgresNews
from newsroom.foundations.pagecache.sync.sqlite import SQLiteNews

PATIENCE = 0.5  # seconds for Redis to answer; without it the next look at the table brings the news


def begin() -> News:
    """From now on this process hears of purges, wherever they are written, and may keep things between requests."""
    heard = _news()
    heard.listeners.append(memory.forget)
    sync.use(heard)
    return heard


def begin_alone() -> OwnNews:
    """Nobody but this process writes. What was remembered before is forgotten."""
    heard = OwnNews()
    heard.listeners.append(memory.forget)
    memory.forget_all()
    sync.use(heard)
    return heard


def _news() -> News:
    if connection.vendor == "postgresql":
        wait = redis_messages(settings.REDIS_URL) if settings.REDIS_URL else None
        return PostgresNews(connection.get_connection_params(), bell(), wait)
    if connection.is_in_memory_db():  # type: ignore[attr-defined]
        return OwnNews()
    return SQLiteNews(settings.DATABASES["default"]["NAME"], bell())


@cache
def bell() -> Bell:
    """The bell of this machine, for all processes with the same data folder."""
    return Bell(Path(settings.DATA_DIR) / "purge-bell")


def announce() -> None:
    """A purge can be read now: have the others look. Those of this machine are told here, before the verb answers;
    other machines by PostgreSQL's server, or by Redis."""
    bell().ring()
    if connection.vendor == "postgresql" and settings.REDIS_URL:
        _messenger(settings.REDIS_URL).publish(CHANNEL, b"")


@cache
def _messenger(url: str) -> redis.Redis:
    return redis.Redis.from_url(url, socket_timeout=PATIENCE, socket_connect_timeout=PATIENCE)


def redis_messages(url: str) -> Callable[[float], None]:
    """Waits for a message from Redis, for machines that reach PostgreSQL through a pooler, which cannot LISTEN."""
    subscription = redis.Redis.from_url(url, socket_connect_timeout=PATIENCE).pubsub()

    def wait(seconds: float) -> None:
        try:
            if not subscription.subscribed:
                subscription.subscribe(CHANNEL)
            subscription.get_message(ignore_subscribe_messages=True, timeout=seconds)
        except (redis.RedisError, OSError):
            subscription.reset()
            sleep(seconds)

    return wait
