"""Tables of one row: the masthead, the house rules."""

from typing import Any, ClassVar, Self

from django.db import models, transaction

from newsroom.foundations import pagecache


class Singleton(models.Model):
    """The one row of its table, which has the key 1. Pages that show it name `cache_key`, which saving it purges."""

    cache_key: ClassVar[str]

    class Meta:
        abstract = True
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="only_one_%(class)s")]

    def save(self, *args: Any, **kwargs: Any) -> None:
        with transaction.atomic():
            super().save(*args, **kwargs)
            pagecache.purge(self.cache_key)

    @classmethod
    def stored(cls) -> Self:
        """The row; its defaults until the desk has written one. Ask `current()`, which asks this once."""
        return cls._default_manager.filter(pk=1).first() or cls(pk=1)
