"""The moderators' room: the queue, the readers, the house rules. Clicks become verbs."""

from comments.admin import queue, readers, rules  # noqa: F401  (each registers itself)
