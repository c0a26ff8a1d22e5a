"""The Python guest's front door: one job in, one reply out.

The build imports this module and freezes the interpreter right after, so that everything imported here costs nothing
at run time; there is no file system then, and what is not imported now can never be imported. The shapes of job and
reply are in the sandbox's README; `iv_run` performs a job.
"""

from builtins import MemoryError
import gc
from json import decoder

import iv_modules  # noqa: F401 - imported for what it imports
import iv_heap

# What the harness is made of is touched by every run: it lies together, behind everything that is merely there.
iv_heap.fill_holes()

import iv_cache  # noqa: E402
import iv_loop  # noqa: E402
import iv_output  # noqa: E402
from iv_run import perform  # noqa: E402

# `json.loads` without its search for blanks around the value: the host writes none.
scan = decoder.JSONDecoder().scan_once

# The interpreter specialises a function's bytecode after a handful of calls.
WARM_UP_RUNS = 20


class WitWorld:
    """The exports of the world `runner`, under the name that componentize-py looks for."""

    def run(self, job: str) -> str:
        job, _ = scan(job, 0)
        streams = iv_output.open_streams(job.get("stdin") or "")
        try:
            return perform(job)
        except MemoryError:
            return '{"status":"memory_limit"}'
        finally:
            for stream in streams:
                stream.flush()


iv_cache.install()
iv_loop.install()

# Some runs of each kind while building: their first-time costs (parsers, codecs, traceback's caches, specialised
# bytecode, the types' method caches) are then in the snapshot.
for _job in WARM_UP_RUNS * (
    '{"kind":"program","source":"import sys\\nprint(1)\\nsys.stdin.read()","stdin":"1"}',
    '{"kind":"function","entry":"f","params":["int[]","linked_list<int>","tree<int>"],"returns":"int","args":[[1],[1],[1]],"source":"def f(a, b, c):\\n    return 1"}',
    '{"kind":"function","entry":"f","args":[],"source":"def f():\\n    return 1 / 0"}',
    '{"kind":"program","source":"def f(:"}',
):
    WitWorld().run(_job)
iv_output.start()

# What exists now is never garbage: the collector must not walk it, which would copy every page of the snapshot.
gc.collect()
iv_heap.fill_holes()
gc.freeze()
