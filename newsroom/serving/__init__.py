"""The production server: Granian, whose workers are forked from one loading of the site and share its memory.

The process that `manage.py serve` starts keeps the listening socket; a child of it is the first generation of workers.
To reload is to start another generation on the same socket, and to let the one before retire when the new one is ready.
"""

from newsroom.serving.generation import DRAIN, Generation
from newsroom.serving.listening import check_port, keep, serve

__all__ = ["DRAIN", "Generation", "check_port", "keep", "serve"]
