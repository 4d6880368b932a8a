"""What a cache in front can do for us, and which of them there are."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from typing import ClassVar
from urllib.parse import parse_qs, urlsplit

from django.conf import settings

AFTERWARDS = "stale-while-revalidate=60, stale-if-error=86400"


@dataclass(frozen=True)
class Cache(ABC):
    """A cache that can be told to forget the pages with a key. Its address is its name and holds no secret."""

    address: str
    at_once: ClassVar[int]  # keys in one request at most

    @abstractmethod
    def label(self, keys: Sequence[str], seconds: int) -> dict[str, str]:
        """The headers by which it keeps a page that long, and finds it by these keys."""

    @abstractmethod
    def forget(self, keys: Sequence[str]) -> None:
        """Have it forget all pages with any of these keys, `at_once` of them at most. Raises NotDone."""

    @property
    def place(self) -> str:
        """Host and port, or the name its owner knows it by, capitals as they are."""
        return urlsplit(self.address).netloc

    def api(self, usual: str) -> str:
        """Where its owner takes orders: the usual place, or the `api` of its address."""
        return parse_qs(urlsplit(self.address).query).get("api", [usual])[0]


def caches() -> tuple[Cache, ...]:
    return _known(tuple(settings.CACHES_IN_FRONT))


@lru_cache(maxsize=8)
def _known(addresses: tuple[str, ...]) -> tuple[Cache, ...]:
    return tuple(_cache(address) for address in addresses)


def _cache(address: str) -> Cache:
    """fastly://… is the class Fastly in the module of that name."""
    scheme = urlsplit(address).scheme
    cache: Cache = getattr(import_module(f"{__package__}.{scheme}"), scheme.capitalize())(address)
    return cache
