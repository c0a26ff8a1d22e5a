"""Every module that code in the sandbox can import: only what is imported here is there at run time.

A module that this Python does not have (no threads, no sockets' SSL, no ctypes) is skipped: importing it in the sandbox
then fails with the usual ModuleNotFoundError.
"""

import importlib
import sys

MODULES = """
__future__ _pylong abc annotationlib argparse array ast asyncio base64 binascii bisect builtins bz2 calendar cmath cmd code
codecs collections collections.abc colorsys compression.zstd concurrent.futures configparser contextlib contextvars
copy copyreg csv ctypes dataclasses datetime decimal difflib dis doctest email.message
encodings.ascii encodings.cp1252 encodings.idna encodings.latin_1 encodings.punycode encodings.raw_unicode_escape encodings.unicode_escape encodings.utf_16
encodings.utf_16_le encodings.utf_32 encodings.utf_8_sig enum errno fnmatch fractions functools gc getopt getpass gettext
glob graphlib gzip hashlib heapq hmac html html.entities html.parser http.client inspect io ipaddress itertools json
keyword linecache locale logging lzma marshal math mimetypes multiprocessing numbers opcode operator optparse os os.path
pathlib pickle pkgutil platform pprint profile cProfile pstats queue quopri random re reprlib rlcompleter sched secrets
select selectors shelve shlex shutil signal socket sortedcontainers sqlite3 ssl stat statistics string string.templatelib
stringprep struct subprocess symtable sys tarfile tempfile textwrap threading time timeit token tokenize tomllib trace
traceback types typing unicodedata unittest unittest.mock urllib.error urllib.parse uuid warnings wave weakref
xml.dom.minidom xml.etree.ElementTree zipfile zipimport zlib zoneinfo
""".split()

for _name in MODULES:
    try:
        importlib.import_module(_name)
    except (ImportError, OSError, AttributeError, NotImplementedError, RuntimeError):
        # A half-made module must not look like a whole one.
        sys.modules.pop(_name, None)
