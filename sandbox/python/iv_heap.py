"""Tidies the heap before it is frozen: what a run allocates then lies together in fresh pages.

A snapshot's heap is full of holes that start-up left behind. A run would fill them first, and each hole lies in another
page that must be copied for it and put back afterwards, which costs more than the run itself. So the holes are filled
here, for good; new blocks come from the heap's end.
"""

# The allocator serves blocks in steps of 8 bytes, all of them (this interpreter has no allocator of its own on top).
STEP_BYTES = 8
# Holes bigger than this are as good as the heap's end: whole pages, one after the other.
HOLE_BYTES_MAX = 64 * 1024
PLUGS_MAX = 200_000

_plugs = [None] * PLUGS_MAX
_count = 0


def fill_holes():
    """Takes every hole, biggest first, until only blocks beyond everything that exists are handed out."""
    end = id(bytes(4 * HOLE_BYTES_MAX))
    overhead = bytes.__basicsize__
    for size in range(HOLE_BYTES_MAX, overhead, -STEP_BYTES):
        while _keep(bytes(size - overhead), end):
            pass
    while _keep(object(), end):
        pass


def _keep(block, end):
    """Whether the block filled a hole; one at the heap's end is given back."""
    global _count
    if id(block) >= end or _count == PLUGS_MAX:
        return False
    _plugs[_count] = block
    _count += 1
    return True
