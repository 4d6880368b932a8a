"""Processors kept from sleeping while something is measured.

A processor that has slept begins slowly and with empty caches, a virtual one above all: an answer that is asked for now
and then costs up to half as much again as one among many. How often they sleep depends on how the readers' requests
happen to fall to the workers; so, as one sets a governor before measuring, each processor is given something to do that
gives way to everything else.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

IDLING = "import os\nos.sched_setscheduler(0, os.SCHED_IDLE, os.sched_param(0))\nwhile True: pass"


@contextmanager
def processors() -> Iterator[None]:
    with ExitStack() as stack:
        for _processor in os.sched_getaffinity(0):
            idling = stack.enter_context(subprocess.Popen([sys.executable, "-S", "-c", IDLING]))
            stack.callback(idling.kill)
        yield
