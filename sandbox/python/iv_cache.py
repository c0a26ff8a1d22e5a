"""functools.lru_cache and functools.cache in Python.

The C version recurses on the C stack, which ends after some 2,300 calls here: too few for the memoised recursion that
exercises are full of. A plain Python frame costs no C stack.
"""

import functools
from builtins import TypeError, bool, callable, int, isinstance, iter, len, max, next, object
from functools import _CacheInfo, _make_key, update_wrapper

_MISSING = object()


def install():
    functools.lru_cache = lru_cache
    functools.cache = cache


def cache(user_function, /):
    """Simple lightweight unbounded cache. Sometimes called "memoize"."""
    return lru_cache(maxsize=None)(user_function)


def lru_cache(maxsize=128, typed=False):
    """Least-recently-used cache decorator; see the functools documentation."""
    if isinstance(maxsize, int):
        maxsize = max(maxsize, 0)
    elif callable(maxsize) and isinstance(typed, bool):
        return _wrap(maxsize, 128, False)
    elif maxsize is not None:
        raise TypeError("Expected first argument to be an integer, a callable, or None")
    return lambda user_function: _wrap(user_function, maxsize, typed)


def _wrap(user_function, maxsize, typed):
    wrapper = (_unbounded if maxsize is None else _bounded)(user_function, maxsize, typed)
    wrapper.cache_parameters = lambda: {"maxsize": maxsize, "typed": typed}
    return update_wrapper(wrapper, user_function)


def _unbounded(user_function, maxsize, typed):
    results = {}
    look_up = results.get
    hits = misses = 0

    def wrapper(*args, **kwds):
        nonlocal hits, misses
        key = _make_key(args, kwds, typed) if kwds or typed else args
        result = look_up(key, _MISSING)
        if result is not _MISSING:
            hits += 1
            return result
        misses += 1
        result = user_function(*args, **kwds)
        results[key] = result
        return result

    def cache_info():
        return _CacheInfo(hits, misses, None, len(results))

    def cache_clear():
        nonlocal hits, misses
        results.clear()
        hits = misses = 0

    wrapper.cache_info, wrapper.cache_clear = cache_info, cache_clear
    return wrapper


def _bounded(user_function, maxsize, typed):
    # A dict keeps its insertion order: the first key is the one that was used longest ago.
    results = {}
    hits = misses = 0

    def wrapper(*args, **kwds):
        nonlocal hits, misses
        key = _make_key(args, kwds, typed)
        result = results.pop(key, _MISSING)
        if result is not _MISSING:
            hits += 1
            results[key] = result
            return result
        misses += 1
        result = user_function(*args, **kwds)
        if maxsize:
            results.pop(key, None)
            if len(results) >= maxsize:
                del results[next(iter(results))]
            results[key] = result
        return result

    def cache_info():
        return _CacheInfo(hits, misses, maxsize, len(results))

    def cache_clear():
        nonlocal hits, misses
        results.clear()
        hits = misses = 0

    wrapper.cache_info, wrapper.cache_clear = cache_info, cache_clear
    return wrapper


