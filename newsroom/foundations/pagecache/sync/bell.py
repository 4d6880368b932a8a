"""A bell for the processes of one machine: whoever has written a purge rings, and all the others can tell at once."""

import mmap
import os
from pathlib import Path
from secrets import token_bytes

LENGTH = 16


class Bell:
    """A few bytes of shared memory in a small file; asking costs a fraction of a microsecond."""

    def __init__(self, file: Path) -> None:
        file.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(file, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            if os.fstat(descriptor).st_size < LENGTH:
                os.ftruncate(descriptor, LENGTH)
            self._memory = mmap.mmap(descriptor, LENGTH)
        finally:
            os.close(descriptor)

    def ring(self) -> None:
        """Whatever was there before, now something else is."""
        self._memory[:] = token_bytes(LENGTH)

    def heard(self) -> bytes:
        return self._memory[:]

    def close(self) -> None:
        self._memory.close()
