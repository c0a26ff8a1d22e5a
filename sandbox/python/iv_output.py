"""Standard input, output and error of a run. Output reaches the host line by line, so that a killed run keeps it."""

import builtins
import io
import sys

import wit_world

# The host keeps 64 KB of a stream; beyond twice that nothing is sent any more.
SENT_BY_LINE_CHARS = 64 * 1024
SENT_CHARS_MAX = 128 * 1024
BUFFER_CHARS = 8 * 1024

_send = wit_world.write
_real_open = open
# While the build runs there is no host to write to.
_is_running = False
# Kept, because to close a stream costs more than to open it.
_opened = []


def start():
    """From here on output reaches the host; called once, as the last act of the build. The streams of the one run that
    an instance is for are already there then."""
    global _is_running
    open_streams("")
    _is_running = True


def open_streams(stdin):
    """Puts fresh streams into `sys`; returns the two whose rest must be flushed at the end."""
    if not _is_running:
        out, err = _Output(1), _Output(2)
        sys.stdout = sys.__stdout__ = out
        sys.stderr = sys.__stderr__ = err
        sys.stdin = sys.__stdin__ = _open_stdin("")
        _opened.append((out, err, sys.stdin))
        builtins.open = io.open = _open
    if stdin:
        sys.stdin = sys.__stdin__ = _open_stdin(stdin)
    return _opened[-1][:2]


def _open_stdin(text):
    return io.TextIOWrapper(io.BytesIO(text.encode("utf-8", "replace")), encoding="utf-8", errors="replace")


def _open(file, mode="r", *rest, **named):
    """`open(0)` and `open("/dev/stdin")` are ways to read everything; there are no other files."""
    if file == 0 and file is not False or file == "/dev/stdin":
        return sys.stdin.buffer if "b" in mode else sys.stdin
    return _real_open(file, mode, *rest, **named)


class _Output(io.TextIOBase):
    encoding = "utf-8"
    errors = "replace"

    def __init__(self, fd):
        self._fd = fd
        self._parts = []
        self._waiting = 0
        self._sent = 0

    def write(self, text):
        if not isinstance(text, str):
            raise TypeError("write() argument must be str, not " + type(text).__name__)
        size = len(text)
        self._parts.append(text)
        self._waiting += size
        if self._waiting >= BUFFER_CHARS or (self._sent < SENT_BY_LINE_CHARS and "\n" in text):
            self.flush()
        return size

    def flush(self):
        if not self._waiting:
            return
        text = "".join(self._parts)[: SENT_CHARS_MAX - self._sent]
        self._parts = []
        self._waiting = 0
        self._sent += len(text)
        if self._sent >= SENT_CHARS_MAX:
            # From now on a print costs one call of a C function that answers what write() would.
            self.write = len
        if _is_running:
            _send(self._fd, text.encode("utf-8", "replace").decode("utf-8", "replace"))

    @property
    def buffer(self):
        return _Bytes(self)

    def writable(self):
        return True

    def fileno(self):
        return self._fd

    def isatty(self):
        return False

    def close(self):
        self.flush()


class _Bytes:
    """`sys.stdout.buffer`, for those who write bytes."""

    def __init__(self, output):
        self._output = output

    def write(self, data):
        self._output.write(bytes(data).decode("utf-8", "replace"))
        return len(data)

    def flush(self):
        self._output.flush()
