"""The production server: Granian, whose workers are forked from one loading of the site and share its memory.

The process that `manage.py serve` starts keeps the door; a child of it is the first generation. To reload is to start
another generation behind the same door, and to let the one before retire when the new one is ready.
"""

from newsroom.serving.door import check_port, keep, serve
from newsroom.serving.generation import DRAIN, Generation

__all__ = ["DRAIN", "Generation", "check_port", "keep", "serve"]
