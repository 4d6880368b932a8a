"""How often a person's browser may ask for what is dear, counted in the cache for all processes together."""

from django.core.cache import cache

A_MINUTE = 60  # seconds


def more_than(most: int, key: str) -> bool:
    """Count one request under this key. Were there more than so many within its minute?"""
    cache.add(key, 0, A_MINUTE)
    try:
        return (cache.incr(key) or 0) > most  # a Redis that has died answers None
    except ValueError:  # forgotten between the two
        return False
