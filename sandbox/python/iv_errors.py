"""Errors in the candidate's own terms: their file, their line numbers, no frame of ours."""

import linecache
from builtins import BaseException, RecursionError, SyntaxError, isinstance, len, range, str, type, zip
from traceback import TracebackException

FRAMES_SHOWN_MAX = 30
CHAINED_SHOWN_MAX = 4
MESSAGE_CHARS_MAX = 4000

_lines = linecache.cache
_format = TracebackException.format
_encode = str.encode
_format_only = TracebackException.format_exception_only


def remember_source(file, source):
    """Lets tracebacks show the lines of a file that exists nowhere."""
    _lines[file] = (len(source), None, source.splitlines(True), file)


def describe(error, file):
    """-> (message, line in `file` or None)."""
    line = None
    trace = error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == file:
            line = trace.tb_lineno
        trace = trace.tb_next
    if isinstance(error, SyntaxError) and error.filename == file and line is None:
        line = error.lineno
    hidden = _trim_chain(error, file)
    try:
        text = "".join(_format(TracebackException(type(error), error, error.__traceback__, compact=True)))
    except BaseException:
        # The candidate's code may have replaced what the formatting needs.
        text = type(error).__name__ + ": its details cannot be shown"
    if hidden:
        text = text.replace("(most recent call last):\n", "(most recent call last):\n  [" + str(hidden) + " earlier calls]\n", 1)
    return _shorten(text.rstrip("\n")), line


def describe_syntax(error):
    """-> (message with source line and caret, line or None, column or None); lines and columns count from 1."""
    if not isinstance(error, SyntaxError):
        if isinstance(error, RecursionError):
            return "SyntaxError: the code is nested too deeply", None, None
        return "SyntaxError: " + str(error), None, None
    text = "".join(_format_only(TracebackException(type(error), error, None, compact=True)))
    return _shorten(text.rstrip("\n")), error.lineno, error.offset


def _trim_chain(error, file):
    """Cuts every traceback of the chain to the candidate's last frames, and the chain itself; formatting a million
    frames would outlast the run. Returns how many calls of the outermost error are not shown."""
    hidden = 0
    current = error
    for depth in range(CHAINED_SHOWN_MAX):
        trimmed, cut = _trim(current.__traceback__, file)
        current.__traceback__ = trimmed
        if depth == 0:
            hidden = cut
        following = current.__cause__ if current.__cause__ is not None else current.__context__
        if following is None:
            return hidden
        current = following
    current.__cause__ = current.__context__ = None
    current.__traceback__ = _trim(current.__traceback__, file)[0]
    return hidden


def _trim(trace, file):
    # Frames of the harness stand before the first and, when a cache decorator is used, between the candidate's own.
    own = []
    while trace is not None:
        if not _is_ours(trace.tb_frame.f_code.co_filename):
            own.append(trace)
        trace = trace.tb_next
    while own and own[0].tb_frame.f_code.co_filename != file:
        del own[0]
    shown = own[-FRAMES_SHOWN_MAX:]
    for frame, following in zip(shown, shown[1:] + [None]):
        frame.tb_next = following
    return (shown[0] if shown else None), len(own) - len(shown)


_OURS = {"app.py", "iv_cache.py", "iv_errors.py", "iv_loop.py", "iv_output.py", "iv_values.py"}


def _is_ours(file):
    return file.rsplit("/", 1)[-1] in _OURS


def _shorten(text):
    text = _encode(text, "utf-8", "replace").decode()
    if len(text) <= MESSAGE_CHARS_MAX:
        return text
    return text[: MESSAGE_CHARS_MAX // 4] + "\n  [...]\n" + text[-(MESSAGE_CHARS_MAX * 3 // 4):]


