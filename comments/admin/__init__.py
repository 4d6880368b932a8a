"""The moderators' room: the queue, the readers, the house rules. Clicks become verbs."""

from comments.admin import leads, queue, readers, rules  # noqa: F401  (each registers itself)
