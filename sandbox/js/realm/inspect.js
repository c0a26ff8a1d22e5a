// How values look in the console: Node's `util.inspect`, near enough for debugging an exercise.
// Not here: where the text goes (console.js).

const DEPTH_MAX = 2;
const ITEMS_MAX = 100;
const LINE_WIDTH = 72;

const quote = text =>
  text.includes("'") && !text.includes('"')
    ? '"' + text + '"'
    : "'" + text.replace(/\\/g, '\\\\').replace(/\n/g, '\\n').replace(/'/g, "\\'") + "'";

const propertyName = key => {
  if (typeof key === 'symbol') return `[${String(key)}]`;
  return /^[A-Za-z_$][\w$]*$/.test(key) ? key : quote(key);
};

const className = value => {
  for (let at = value; at !== null; at = Object.getPrototypeOf(at)) {
    const own = Object.getOwnPropertyDescriptor(at, 'constructor');
    if (own && typeof own.value === 'function') return own.value.name;
  }
  return undefined;
};

function inspectPrimitive(value, isTop) {
  switch (typeof value) {
    case 'string': return isTop ? value : quote(value);
    case 'bigint': return value + 'n';
    case 'number': return Object.is(value, -0) ? '-0' : String(value);
    default: return String(value);
  }
}

function inspectFunction(value) {
  if (/^class\b/.test(Function.prototype.toString.call(value))) return `[class ${value.name || '(anonymous)'}]`;
  return value.name ? `[Function: ${value.name}]` : '[Function (anonymous)]';
}

function inspectError(value) {
  const head = `${value.name}: ${value.message}`;
  return value.stack ? `${head}\n${value.stack}`.trimEnd() : head;
}

// The pieces of a composite: { prefix, open, close, parts }.
function piecesOf(value, name, show) {
  const parts = [];
  const more = count => { if (count > ITEMS_MAX) parts.push(`... ${count - ITEMS_MAX} more item${count - ITEMS_MAX > 1 ? 's' : ''}`); };
  if (Array.isArray(value)) {
    let holes = 0;
    const flushHoles = () => {
      if (holes) parts.push(`<${holes} empty item${holes > 1 ? 's' : ''}>`);
      holes = 0;
    };
    for (let i = 0; i < Math.min(value.length, ITEMS_MAX); i++) {
      if (i in value) { flushHoles(); parts.push(show(value[i])); } else holes++;
    }
    flushHoles();
    more(value.length);
    if (value.length <= ITEMS_MAX)
      for (const key of Object.keys(value)) if (!/^\d+$/.test(key)) parts.push(`${propertyName(key)}: ${show(value[key])}`);
    return { prefix: name && name !== 'Array' ? `${name}(${value.length}) ` : '', open: '[', close: ']', parts };
  }
  if (ArrayBuffer.isView(value) && !(value instanceof DataView)) {
    for (let i = 0; i < Math.min(value.length, ITEMS_MAX); i++) parts.push(show(value[i]));
    more(value.length);
    return { prefix: `${name}(${value.length}) `, open: '[', close: ']', parts };
  }
  if (value instanceof Map) {
    for (const [key, item] of value) {
      if (parts.length === ITEMS_MAX) break;
      parts.push(`${show(key)} => ${show(item)}`);
    }
    more(value.size);
    return { prefix: `Map(${value.size}) `, open: '{', close: '}', parts };
  }
  if (value instanceof Set) {
    for (const item of value) {
      if (parts.length === ITEMS_MAX) break;
      parts.push(show(item));
    }
    more(value.size);
    return { prefix: `Set(${value.size}) `, open: '{', close: '}', parts };
  }
  if (value instanceof Promise) {
    const state = native.promiseState(value);
    if (state === 0) parts.push('<pending>');
    else parts.push((state === 2 ? '<rejected> ' : '') + show(native.promiseResult(value)));
    return { prefix: 'Promise ', open: '{', close: '}', parts };
  }
  for (const key of Reflect.ownKeys(value)) {
    const { enumerable, get, set, value: item } = Object.getOwnPropertyDescriptor(value, key);
    if (!enumerable) continue;
    const shown = get ? (set ? '[Getter/Setter]' : '[Getter]') : set ? '[Setter]' : show(item);
    parts.push(`${propertyName(key)}: ${shown}`);
  }
  const prefix = name === undefined ? '[Object: null prototype] ' : name === 'Object' ? '' : name + ' ';
  return { prefix, open: '{', close: '}', parts };
}

// Short items of a long array stand in columns, as in Node.
function grid(parts, depth, indent) {
  const width = Math.max(...parts.map(part => part.length));
  const columns = Math.min(
    Math.round(Math.sqrt(2.5 * (width + 2) * parts.length) / (width + 2)), Math.floor((80 - depth) / (width + 2)), 15);
  const rows = [];
  for (let i = 0; i < parts.length; i += columns) {
    const row = parts.slice(i, i + columns).map((part, j) =>
      i + j < parts.length - 1 ? (part + ',').padStart(width + 1) : part.padStart(width));
    rows.push(indent + row.join(' '));
  }
  return rows.join('\n');
}

function inspect(value, depth, seen, isTop) {
  if (typeof value === 'function') return inspectFunction(value);
  if (typeof value !== 'object' || value === null) return inspectPrimitive(value, isTop);
  if (seen.includes(value)) return '[Circular *1]';
  if (value instanceof Error) return inspectError(value);
  if (value instanceof Date) return isNaN(value) ? 'Invalid Date' : value.toISOString();
  if (value instanceof RegExp) return String(value);
  const name = className(value);
  if (value instanceof String || value instanceof Number || value instanceof Boolean)
    return `[${name}: ${inspect(value.valueOf(), depth, seen, false)}]`;
  if (depth > DEPTH_MAX) return Array.isArray(value) ? '[Array]' : `[${name ?? 'Object: null prototype'}]`;

  const inner = [...seen, value];
  const { prefix, open, close, parts } = piecesOf(value, name, item => inspect(item, depth + 1, inner, false));
  if (!parts.length) return prefix + open + close;
  const width = parts.reduce((sum, part) => sum + part.length + 2, 0) + prefix.length;
  const isLong = width > LINE_WIDTH || parts.some(part => part.includes('\n'));
  if (!isLong) return `${prefix}${open} ${parts.join(', ')} ${close}`;
  const indent = '  '.repeat(depth + 1);
  const body = open === '[' && parts.length > 6 && parts.every(part => part.length <= 6)
    ? grid(parts, depth, indent)
    : parts.map(part => indent + part).join(',\n');
  return `${prefix}${open}\n${body}\n${'  '.repeat(depth)}${close}`;
}

// console.log's arguments, with %s and its relatives.
function format(values) {
  let next = 0;
  let text = '';
  if (typeof values[0] === 'string' && values.length > 1 && values[0].includes('%')) {
    next = 1;
    text = values[0].replace(/%[sdifjoOc%]/g, mark => {
      if (mark === '%%') return '%';
      if (next >= values.length) return mark;
      const value = values[next++];
      switch (mark) {
        case '%s': return typeof value === 'string' ? value : inspect(value, 1, [], true);
        case '%d': return typeof value === 'bigint' ? value + 'n' : String(Number(value));
        case '%i': return String(parseInt(value));
        case '%f': return String(parseFloat(value));
        case '%j': return JSON.stringify(value);
        case '%c': return '';
        default: return inspect(value, 0, [], false);
      }
    });
    if (next < values.length) text += ' ';
  }
  return text + values.slice(next).map(value => inspect(value, 0, [], true)).join(' ');
}
