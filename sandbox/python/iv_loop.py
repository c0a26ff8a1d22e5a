"""An asyncio event loop without sockets: the default one wakes itself through a socket pair, which the sandbox lacks."""

import asyncio
import time

_sleep = time.sleep


class _Clock:
    """Stands where the selector of file descriptors would be: nothing to watch, only time passes."""

    def select(self, timeout):
        if timeout is None:
            raise RuntimeError("deadlock: every task is waiting and nothing can wake any of them")
        if timeout > 0:
            _sleep(timeout)
        return []


class Loop(asyncio.BaseEventLoop):
    def __init__(self):
        super().__init__()
        self._selector = _Clock()

    def _process_events(self, events):
        pass

    def _write_to_self(self):
        pass


def install():
    """Makes it the loop of asyncio.run(), asyncio.Runner and new_event_loop()."""
    policy = getattr(asyncio.unix_events, "_DefaultEventLoopPolicy", None) or asyncio.unix_events.DefaultEventLoopPolicy
    policy._loop_factory = Loop
    asyncio.events.new_event_loop = asyncio.new_event_loop = Loop
