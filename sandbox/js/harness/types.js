// The types of a problem's signature: `int`, `T[]`, `linked_list<T>`, `tree<T>` … and JSON <-> values of the solution.
// Everything walks iteratively where a candidate's data can be deep: a degenerate tree of 10,000 nodes is ordinary.

const LIST_NODES_MAX = 1_000_000;
const TREE_NODES_MAX = 1_000_000;
const NESTING_MAX = 500;
const REPLY_CHARS_MAX = 16 * 1024 * 1024;

// The result cannot be written as JSON; the message is for the candidate.
class Unwritable extends Error {}

function parseType(text) {
  const name = String(text ?? 'json').replace(/\s+/g, '');
  if (name.endsWith('[]')) return { kind: 'array', item: parseType(name.slice(0, -2)) };
  const generic = /^(linked_list|tree)<(.*)>$/.exec(name);
  return generic ? { kind: generic[1], item: parseType(generic[2]) } : { kind: name };
}

// JSON value (already made of the solution's arrays and objects) -> argument.
function decode(type, value) {
  if (type.kind === 'array' && Array.isArray(value)) {
    if (type.item.kind === 'array' || type.item.item)
      for (let i = 0; i < value.length; i++) value[i] = decode(type.item, value[i]);
    return value;
  }
  if (type.kind === 'linked_list') return decodeList(type.item, value);
  if (type.kind === 'tree') return decodeTree(type.item, value);
  return value;
}

function decodeList(item, values) {
  let head = null;
  for (let i = (values ?? []).length - 1; i >= 0; i--) head = new realm.ListNode(decode(item, values[i]), head);
  return head;
}

// Level order with nulls for missing children: [1, null, 2, 3].
function decodeTree(item, values) {
  if (!values || !values.length || values[0] === null) return null;
  const root = new realm.TreeNode(decode(item, values[0]));
  const queue = [root];
  for (let parent = 0, i = 1; i < values.length && parent < queue.length; parent++) {
    for (const side of ['left', 'right']) {
      if (i < values.length && values[i] !== null) {
        queue.push(queue[parent][side] = new realm.TreeNode(decode(item, values[i])));
      }
      i++;
    }
  }
  return root;
}

// A result of the solution -> JSON text. Throws Unwritable.
function encode(type, value) {
  const writer = { chars: 0 };
  return encodeTyped(writer, type, value, 0);
}

function encodeTyped(writer, type, value, depth) {
  if (type.kind === 'linked_list') return encodeList(writer, type.item, value, depth);
  if (type.kind === 'tree') return encodeTree(writer, type.item, value, depth);
  if (type.kind === 'array' && Array.isArray(value)) return encodeArray(writer, value, item => encodeTyped(writer, type.item, item, depth + 1), depth);
  return encodeAny(writer, value, depth);
}

function count(writer, text) {
  writer.chars += text.length + 1;
  if (writer.chars > REPLY_CHARS_MAX) throw new Unwritable('returned a value that is longer than 16 MB as JSON');
  return text;
}

function encodeAny(writer, value, depth) {
  switch (typeof value) {
    case 'undefined': return count(writer, 'null');
    case 'boolean': return count(writer, value ? 'true' : 'false');
    case 'string': return count(writer, encodeText(value));
    case 'bigint': return count(writer, `{"$int":"${value}"}`);
    case 'number':
      if (value !== value) return count(writer, '{"$float":"nan"}');
      if (value === Infinity) return count(writer, '{"$float":"inf"}');
      if (value === -Infinity) return count(writer, '{"$float":"-inf"}');
      return count(writer, String(value)); // -0 is "0"
    case 'object': break;
    default: throw noJsonForm(value);
  }
  if (value === null) return count(writer, 'null');
  if (depth > NESTING_MAX) throw new Unwritable(`returned a value that is nested deeper than ${NESTING_MAX} levels, or contains itself`);
  const encodeItem = item => encodeAny(writer, item, depth + 1);
  if (Array.isArray(value)) return encodeArray(writer, value, encodeItem, depth);
  const prototype = Object.getPrototypeOf(value);
  if (prototype === null || prototype === realm.objectPrototype) {
    return encodeObject(writer, Object.keys(value).map(key => [key, value[key]]), encodeItem);
  }
  const items = collectionItems(value);
  if (items) return encodeArray(writer, items, encodeItem, depth);
  const entries = mapEntries(value);
  if (entries) return encodeObject(writer, entries, encodeItem);
  const primitive = unboxed(value);
  if (primitive !== undefined) return encodeAny(writer, primitive, depth);
  throw noJsonForm(value);
}

function encodeText(text) {
  if (!text.isWellFormed()) throw new Unwritable('returned text with half of a surrogate pair, which is no Unicode character');
  return JSON.stringify(text);
}

function encodeArray(writer, values, encodeItem, depth) {
  if (depth > NESTING_MAX) throw new Unwritable(`returned a value that is nested deeper than ${NESTING_MAX} levels, or contains itself`);
  const parts = [];
  for (let i = 0; i < values.length; i++) parts.push(encodeItem(values[i]));
  return `[${parts.join(',')}]`;
}

function encodeObject(writer, entries, encodeItem) {
  const parts = [];
  for (const [key, item] of entries) {
    if (item === undefined) continue;
    parts.push(`${count(writer, encodeText(key))}:${encodeItem(item)}`);
  }
  return `{${parts.join(',')}}`;
}

// Brand checks by built-in methods of this realm: they look at internal slots, not at anything code can change.
const mapSize = Object.getOwnPropertyDescriptor(Map.prototype, 'size').get;
const setSize = Object.getOwnPropertyDescriptor(Set.prototype, 'size').get;
const hasBrand = (method, value) => {
  try { Reflect.apply(method, value, []); return true; } catch { return false; }
};

function collectionItems(value) {
  if (hasBrand(setSize, value)) {
    const items = [];
    Reflect.apply(Set.prototype.forEach, value, [item => { items.push(item); }]);
    return items;
  }
  return ArrayBuffer.isView(value) && typeof value.length === 'number' ? value : undefined;
}

function mapEntries(value) {
  if (!hasBrand(mapSize, value)) return undefined;
  const entries = [];
  Reflect.apply(Map.prototype.forEach, value, [(item, key) => {
    entries.push([typeof key === 'object' && key !== null ? encode({ kind: 'json' }, key) : String(key), item]);
  }]);
  return entries;
}

function unboxed(value) {
  for (const method of [Number.prototype.valueOf, String.prototype.valueOf, Boolean.prototype.valueOf])
    if (hasBrand(method, value)) return Reflect.apply(method, value, []);
  return undefined;
}

function noJsonForm(value) {
  return new Unwritable(`returned a value of type ${typeName(value)} that has no JSON form`);
}

function typeName(value) {
  if (typeof value !== 'object' || value === null) return typeof value;
  try {
    const name = value.constructor?.name;
    return typeof name === 'string' && name ? name : 'object';
  } catch {
    return 'object';
  }
}

const isNode = (value, field) => typeof value === 'object' && value !== null && 'val' in value && field in value;

function encodeList(writer, item, head, depth) {
  if (Array.isArray(head)) throw new Unwritable('returned an array where the head of a linked list (a ListNode or null) is expected');
  const parts = [];
  // Brent's cycle detection: a marker that is moved to the current node at every power of two.
  let marker = null;
  let nextMark = 2;
  for (let node = head ?? null; node !== null && node !== undefined; node = node.next) {
    if (!isNode(node, 'next')) throw new Unwritable(`returned a linked list that contains a ${typeName(node)} where a ListNode is expected`);
    if (node === marker) throw new Unwritable('returned a linked list that contains a cycle');
    if (parts.length === nextMark) { marker = node; nextMark *= 2; }
    if (parts.length >= LIST_NODES_MAX) throw new Unwritable(`returned a linked list of more than ${LIST_NODES_MAX} nodes`);
    parts.push(encodeTyped(writer, item, node.val, depth + 1));
  }
  return `[${parts.join(',')}]`;
}

function encodeTree(writer, item, root, depth) {
  if (Array.isArray(root)) throw new Unwritable('returned an array where the root of a tree (a TreeNode or null) is expected');
  const parts = [];
  const seen = new Set();
  const queue = [root ?? null];
  let kept = 0;
  for (let i = 0; i < queue.length; i++) {
    const node = queue[i];
    if (node === null || node === undefined) {
      parts.push('null');
      continue;
    }
    if (!isNode(node, 'left') || !('right' in node)) throw new Unwritable(`returned a tree that contains a ${typeName(node)} where a TreeNode is expected`);
    if (seen.has(node)) throw new Unwritable('returned a tree that contains the same node twice (a cycle or a shared subtree)');
    if (seen.size >= TREE_NODES_MAX) throw new Unwritable(`returned a tree of more than ${TREE_NODES_MAX} nodes`);
    seen.add(node);
    parts.push(encodeTyped(writer, item, node.val, depth + 1));
    kept = parts.length;
    queue.push(node.left, node.right);
  }
  return `[${parts.slice(0, kept).join(',')}]`;
}
