"""One job performed: the candidate's source compiled, called as the job asks, and the reply written.

The candidate's code shares this interpreter. Names are therefore bound here and in closures instead of being looked up
in `builtins` or in modules at run time: code that replaces `len` or `json.dumps` breaks itself, not the reply. The host
knows the expected results; they never come here.
"""

from builtins import (  # noqa: A004 - bound on purpose, see above
    BaseException, Exception, MemoryError, RecursionError, SyntaxError, SystemExit, ValueError, compile, exec, getattr,
    callable, int, isinstance, str, type,
)
import asyncio
import random
import sys
import types

import iv_errors
import iv_values
from iv_values import Unwritable

FILE = "solution.py"

# A list of 10,000 nodes may be walked recursively. Recursion that passes through C has its own, lower bound.
RECURSION_LIMIT = 100_000

_seed = random.seed
_set_recursion_limit = sys.setrecursionlimit
_set_int_digits = sys.set_int_max_str_digits
_modules = sys.modules
_Module = types.ModuleType
_Coroutine = types.CoroutineType
_run_coroutine = asyncio.run
_quote = iv_values.quote


class Refused(Exception):
    """The candidate's code lacks what the job asks for; the message is for the candidate."""


def perform(job):
    source = job["source"]
    iv_errors.remember_source(FILE, source)
    try:
        code = compile(source, FILE, "exec", dont_inherit=True)
    except (SyntaxError, ValueError, RecursionError) as error:
        return _compile_error(error)
    _seed(job.get("seed"))
    _set_recursion_limit(RECURSION_LIMIT)
    is_program = job["kind"] == "program"
    # Like an import of a test runner: the block under `if __name__ == "__main__"` belongs to programs.
    module = _Module("__main__" if is_program else "solution")
    module.__file__ = FILE
    _modules[module.__name__] = module
    names = module.__dict__
    names["ListNode"] = iv_values.ListNode
    names["TreeNode"] = iv_values.TreeNode
    try:
        if is_program:
            exec(code, names)
            return '{"status":"ok","exit_code":0}'
        calls = iv_values.decode_job(job)
        exec(code, names)
        value = _operations(job, names, calls) if job["kind"] == "class" else _call(job, names, calls)
        return '{"status":"ok","value":' + value + "}"
    except SystemExit as error:
        return _exited(error, is_program)
    except MemoryError:
        raise
    except (Refused, Unwritable) as error:
        return _runtime_error(error.args[0], None)
    except BaseException as error:
        return _runtime_error(*iv_errors.describe(error, FILE))


def _call(job, names, call):
    function = _find_function(names, job["entry"])
    arguments, params = call
    result = function(*arguments)
    if isinstance(result, _Coroutine):
        result = _run_coroutine(result)
    _set_int_digits(0)
    place = job.get("result_argument")
    try:
        if place is not None:
            return iv_values.encode(params[place], arguments[place])
        if job.get("returns") == "void":
            return "null"
        return iv_values.encode(iv_values.parse_type(job.get("returns")), result)
    except Unwritable as error:
        raise Unwritable("`" + job["entry"] + "` " + error.args[0] + ".")


def _operations(job, names, calls):
    entry = job["entry"]
    solution_class = names.get(entry)
    if not isinstance(solution_class, type):
        raise _missing("class", entry)
    instance = None
    results = []
    for name, arguments, returns in calls:
        if name == entry:
            instance = solution_class(*arguments)
            results.append("null")
            continue
        method = getattr(instance, name, None)
        if method is None:
            raise Refused("The class `" + entry + "` of solution.py has no method `" + name + "`. Add it with exactly this name.")
        result = method(*arguments)
        # Written at once: a later operation may change what this one returned.
        _set_int_digits(0)
        try:
            results.append("null" if returns == "void" else iv_values.encode(returns, result))
        except Unwritable as error:
            raise Unwritable("`" + entry + "." + name + "` " + error.args[0] + ".")
    return "[" + ",".join(results) + "]"


def _find_function(names, name):
    found = names.get(name)
    if found is not None and callable(found):
        return found
    solution_class = names.get("Solution")
    if isinstance(solution_class, type) and callable(getattr(solution_class, name, None)):
        return getattr(solution_class(), name)
    raise _missing("function", name)


def _missing(what, name):
    return Refused(
        "solution.py defines no " + what + " `" + name
        + "`. Keep the name that the starter code gives it, and define it at the top level.")


def _compile_error(error):
    message, line, column = iv_errors.describe_syntax(error)
    reply = '{"status":"compile_error","message":' + _quote(message)
    if line is not None:
        reply += ',"line":' + int.__repr__(line)
    if column is not None:
        reply += ',"column":' + int.__repr__(column)
    return reply + "}"


def _runtime_error(message, line, exit_code=1):
    reply = '{"status":"runtime_error","message":' + _quote(message)
    if line is not None:
        reply += ',"line":' + int.__repr__(line)
    return reply + ',"exit_code":' + int.__repr__(exit_code) + "}"


def _exited(error, is_program):
    code = error.code
    if code is None:
        code = 0
    elif not isinstance(code, int):
        # As the interpreter does: the message goes to standard error, the code is 1.
        sys.stderr.write(str(code) + "\n")
        code = 1
    if not -(2**31) <= code < 2**31:
        code = 1
    if is_program:
        return '{"status":"ok","exit_code":' + int.__repr__(int(code)) + "}"
    return _runtime_error("sys.exit() was called before a result was returned.", None, int(code))
