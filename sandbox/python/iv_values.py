"""The types of a problem's signature (`int`, `T[]`, `linked_list<T>`, `tree<T>` ...) and JSON <-> Python values.

Whatever can be deep is walked iteratively: a degenerate tree of 10,000 nodes is an ordinary test case.
To add a type: parse it in `parse_type`, build it in `_decode`, write it in `_encode_typed`.
"""

from builtins import (
    BaseException, Exception, UnicodeEncodeError, dict, float, frozenset, hasattr, id, int, isinstance, len,
    list, range, reversed, set, sorted, str, tuple, type,
)
from collections import deque
from json.encoder import encode_basestring_ascii as quote  # the C function, fixed here

LIST_NODES_MAX = 1_000_000
TREE_NODES_MAX = 1_000_000
NESTING_MAX = 500
REPLY_CHARS_MAX = 16 * 1024 * 1024

_int_repr = int.__repr__
_float_repr = float.__repr__
_str = str.__str__
_is_ascii = str.isascii
_encode = str.encode


class ListNode:
    def __init__(self, val=0, next=None):
        self.val = val
        self.next = next

    def __repr__(self):
        return f"ListNode({self.val!r})"


class TreeNode:
    def __init__(self, val=0, left=None, right=None):
        self.val = val
        self.left = left
        self.right = right

    def __repr__(self):
        return f"TreeNode({self.val!r})"


_make_list_node = ListNode
_make_tree_node = TreeNode


class Unwritable(Exception):
    """A result without a JSON form; the message completes the sentence "`f` ..."."""


def parse_type(text):
    """A parsed type: ("array", item) · ("linked_list", item) · ("tree", item) · (name, None)."""
    text = (text or "json").replace(" ", "")
    if text.endswith("[]"):
        return ("array", parse_type(text[:-2]))
    for kind in ("linked_list", "tree"):
        if text.startswith(kind + "<") and text.endswith(">"):
            return (kind, parse_type(text[len(kind) + 1 : -1]))
    return (text, None)


def decode_job(job):
    """The arguments of a job, made before any code of the candidate runs.

    -> function: (arguments, parsed parameter types) · class: [(name, arguments, parsed return type or "void")]
    """
    if job["kind"] == "class":
        calls = []
        for name, values in zip_strictly(job["operations"], job["arguments"]):
            signature = {"params": job.get("constructor"), "returns": "void"} if name == job["entry"] else job["methods"].get(name) or {}
            arguments, _ = _decode_all(signature.get("params"), values)
            returns = signature.get("returns")
            calls.append((name, arguments, "void" if returns == "void" else parse_type(returns)))
        return calls
    return _decode_all(job.get("params"), job.get("args"))


def zip_strictly(left, right):
    return [(left[i], right[i]) for i in range(len(left))]


def _decode_all(params, values):
    values = list(values or [])
    types = [parse_type(param) for param in params or []]
    types += [("json", None)] * (len(values) - len(types))
    return [_decode(types[i], values[i]) for i in range(len(values))], types


def _decode(kind, value):
    name, item = kind
    if name == "array" and isinstance(value, list):
        return [_decode(item, element) for element in value]
    if name == "linked_list":
        head = None
        for element in reversed(value or []):
            head = _make_list_node(_decode(item, element), head)
        return head
    if name == "tree":
        return _decode_tree(item, value)
    # JSON has one kind of number; a parameter of type float gets a float.
    if name == "float" and type(value) is int:
        return float(value)
    return value


def _decode_tree(item, values):
    """Level order with nulls for missing children: [1, null, 2, 3]."""
    if not values or values[0] is None:
        return None
    root = _make_tree_node(_decode(item, values[0]))
    parents = deque([root])
    at = 1
    while at < len(values) and parents:
        parent = parents.popleft()
        if values[at] is not None:
            parent.left = _make_tree_node(_decode(item, values[at]))
            parents.append(parent.left)
        at += 1
        if at < len(values) and values[at] is not None:
            parent.right = _make_tree_node(_decode(item, values[at]))
            parents.append(parent.right)
        at += 1
    return root


def encode(kind, value):
    """A result -> JSON text. Raises Unwritable."""
    writer = _Writer()
    writer.typed(kind, value, 0)
    return "".join(writer.parts)


class _Writer:
    """Collects the pieces of one reply and refuses to grow without end."""

    __slots__ = ("parts", "chars")

    def __init__(self):
        self.parts = []
        self.chars = 0

    def put(self, text):
        self.chars += len(text)
        if self.chars > REPLY_CHARS_MAX:
            raise Unwritable("returned a value that is longer than 16 MB as JSON")
        self.parts.append(text)

    def typed(self, kind, value, depth):
        name, item = kind
        if name == "linked_list":
            self.linked_list(item, value, depth)
        elif name == "tree":
            self.tree(item, value, depth)
        elif name == "array" and item[1] is not None and isinstance(value, (list, tuple, deque)):
            self.sequence(item, value, depth)
        else:
            self.any(value, depth)

    def sequence(self, item, values, depth):
        if depth > NESTING_MAX:
            raise Unwritable(f"returned a value that is nested deeper than {NESTING_MAX} levels, or contains itself")
        self.put("[")
        first = True
        for value in values:
            if not first:
                self.put(",")
            first = False
            self.typed(item, value, depth + 1)
        self.put("]")

    def any(self, value, depth):
        kind = type(value)
        if value is None:
            self.put("null")
        elif value is True:
            self.put("true")
        elif value is False:
            self.put("false")
        elif isinstance(value, int):
            self.put(_int_repr(value))
        elif isinstance(value, float):
            self.put(_float_text(value))
        elif isinstance(value, str):
            self.put(_text(value))
        elif isinstance(value, (list, tuple, deque, range)):
            self.sequence(_ANYTHING, value, depth)
        elif isinstance(value, (set, frozenset)):
            try:
                values = sorted(value)
            except BaseException:
                values = list(value)
            self.sequence(_ANYTHING, values, depth)
        elif isinstance(value, dict):
            self.object(value, depth)
        elif isinstance(value, _VIEWS):
            self.sequence(_ANYTHING, value, depth)
        else:
            raise Unwritable("returned a value of type " + _type_name(kind) + " that has no JSON form")

    def object(self, values, depth):
        if depth > NESTING_MAX:
            raise Unwritable(f"returned a value that is nested deeper than {NESTING_MAX} levels, or contains itself")
        self.put("{")
        first = True
        for key, value in dict.items(values):
            self.put(("" if first else ",") + _text(_key_text(key)) + ":")
            first = False
            self.any(value, depth + 1)
        self.put("}")

    def linked_list(self, item, head, depth):
        if isinstance(head, (list, tuple)):
            raise Unwritable("returned a list where the head of a linked list (a ListNode or None) is expected")
        self.put("[")
        # Brent's cycle detection: a marker that is moved to the current node at every power of two.
        node, marker, length, next_mark = head, None, 0, 2
        while node is not None:
            if not (hasattr(node, "val") and hasattr(node, "next")):
                raise Unwritable("returned a linked list that contains a " + _type_name(type(node)) + " where a ListNode is expected")
            if node is marker:
                raise Unwritable("returned a linked list that contains a cycle")
            if length == next_mark:
                marker, next_mark = node, next_mark * 2
            if length >= LIST_NODES_MAX:
                raise Unwritable(f"returned a linked list of more than {LIST_NODES_MAX} nodes")
            if length:
                self.put(",")
            self.typed(item, node.val, depth + 1)
            length += 1
            node = node.next
        self.put("]")

    def tree(self, item, root, depth):
        if isinstance(root, (list, tuple)):
            raise Unwritable("returned a list where the root of a tree (a TreeNode or None) is expected")
        self.put("[")
        seen = set()
        waiting = deque([root])
        missing = 0
        while waiting:
            node = waiting.popleft()
            if node is None:
                missing += 1
                continue
            if not (hasattr(node, "val") and hasattr(node, "left") and hasattr(node, "right")):
                raise Unwritable("returned a tree that contains a " + _type_name(type(node)) + " where a TreeNode is expected")
            if id(node) in seen:
                raise Unwritable("returned a tree that contains the same node twice (a cycle or a shared subtree)")
            if len(seen) >= TREE_NODES_MAX:
                raise Unwritable(f"returned a tree of more than {TREE_NODES_MAX} nodes")
            # Nulls are written when a node follows them: those at the end say nothing.
            self.put(("," if seen else "") + "null," * missing)
            missing = 0
            seen.add(id(node))
            self.typed(item, node.val, depth + 1)
            waiting.append(node.left)
            waiting.append(node.right)
        self.put("]")


_ANYTHING = ("json", None)
_VIEWS = (type({}.keys()), type({}.values()))


def _float_text(value):
    if value != value:
        return '{"$float":"nan"}'
    if value == _INFINITY:
        return '{"$float":"inf"}'
    if value == -_INFINITY:
        return '{"$float":"-inf"}'
    return "0" if value == 0 else _float_repr(value)


_INFINITY = float("inf")


def _text(value):
    value = _str(value)
    if not _is_ascii(value):
        try:
            _encode(value)
        except UnicodeEncodeError:
            raise Unwritable("returned text with half of a surrogate pair, which is no Unicode character") from None
    return quote(value)


def _key_text(key):
    if isinstance(key, str):
        return _str(key)
    if key is True or key is False or key is None:
        return {True: "true", False: "false", None: "null"}[key]
    return str(key)


def _type_name(kind):
    return type.__getattribute__(kind, "__name__")
