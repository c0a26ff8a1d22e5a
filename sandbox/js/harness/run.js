// The front door: one job in, one reply out. README.md of the sandbox holds the shapes of both.

let job = null;

function run(text) {
  try {
    job = JSON.parse(text);
    native.seed(job.seed ?? 0);
    realm.setStdin(job.stdin ?? '');
    return perform();
  } catch (error) {
    if (isOutOfMemory(error)) return '{"status":"memory_limit"}';
    if (error instanceof Unwritable) return failure(subject() + error.message + '.', null);
    if (error instanceof Refused) return failure(error.message, null);
    const { message, position } = describe(error, job?.source ?? '');
    return failure(message, position);
  }
}

// guest.c calls it after process.exit(), which unwinds everything.
function exited(code) {
  if (job.kind === 'program') return JSON.stringify({ status: 'ok', exit_code: code });
  return JSON.stringify({ status: 'runtime_error', exit_code: code, message: `process.exit(${code}) was called before a result was returned.` });
}

// The candidate's code cannot be asked what the job asks for; the message is for the candidate.
class Refused extends Error {}

function perform() {
  // Arguments are made before any code of the candidate runs: nothing it redefines can change them.
  const decoded = job.kind === 'program' ? null : decodeArguments();
  let asModule;
  try {
    asModule = compile(job.source);
  } catch (error) {
    if (isOutOfMemory(error)) throw error;
    const { message, position } = describe(error, job.source);
    return JSON.stringify({ status: 'compile_error', message: message.toWellFormed(), ...position });
  }
  const evaluation = native.execute();
  if (asModule) settle(evaluation);
  if (job.kind === 'program') {
    runLoop(() => false);
    throwUnhandled();
    const code = realm.exitCode();
    return JSON.stringify({ status: 'ok', exit_code: Number.isInteger(code) ? code : 0 });
  }
  native.runJobs();
  return `{"status":"ok","value":${job.kind === 'class' ? performOperations(decoded) : performCall(decoded)}}`;
}

// A script if it is one, else an ES module if it looks like one. Returns whether it is a module.
function compile(source) {
  try {
    native.compile(source, false);
    return false;
  } catch (error) {
    if (isOutOfMemory(error) || !/\b(import|export|await)\b/.test(source)) throw error;
  }
  if (job.kind !== 'program' && /^[A-Za-z_$][\w$]*$/.test(job.entry)) {
    // A module that forgot to export what the job asks for; when it did not forget, this is a duplicate export.
    try {
      native.compile(`${source}\n;export { ${job.entry} };`, true);
      return true;
    } catch (error) {
      if (isOutOfMemory(error)) throw error;
    }
  }
  native.compile(source, true);
  return true;
}

function performCall({ params, args }) {
  const call = findFunction(job.entry);
  const result = settle(call(...args));
  throwUnhandled();
  const place = job.result_argument;
  return Number.isInteger(place)
    ? encode(params[place] ?? parseType('json'), args[place])
    : job.returns === 'void' ? 'null' : encode(parseType(job.returns), result);
}

function performOperations({ operations }) {
  const solutionClass = lookUp(job.entry);
  if (typeof solutionClass !== 'function') throw missing('class', job.entry);
  let instance = null;
  const results = operations.map(({ name, args, returns }) => {
    if (name === job.entry) {
      instance = new solutionClass(...args);
      return 'null';
    }
    const method = instance?.[name];
    if (typeof method !== 'function') {
      throw new Refused(`The class \`${job.entry}\` of solution.js has no method \`${name}\`. Add it with exactly this name.`);
    }
    const result = settle(Reflect.apply(method, instance, args));
    return returns.kind === 'void' ? 'null' : encode(returns, result);
  });
  throwUnhandled();
  return `[${results.join(',')}]`;
}

function decodeArguments() {
  if (job.kind === 'class') {
    const values = native.parse(JSON.stringify(job.arguments));
    return {
      operations: job.operations.map((name, i) => {
        const signature = name === job.entry ? { params: job.constructor, returns: 'void' } : job.methods[name] ?? {};
        const params = signature.params ?? [];
        return { name, args: Array.from(values[i] ?? [], (value, j) => decode(parseType(params[j]), value)), returns: parseType(signature.returns) };
      }),
    };
  }
  const params = (job.params ?? []).map(parseType);
  const values = native.parse(JSON.stringify(job.args ?? []));
  return { params, args: Array.from(values, (value, i) => decode(params[i] ?? parseType('json'), value)) };
}

// A promise is waited for, with timers running; anything else is itself.
function settle(value) {
  if (native.promiseState(value) < 0) return value;
  runLoop(() => native.promiseState(value) !== 0);
  const state = native.promiseState(value);
  if (state === 2) throw native.promiseResult(value);
  if (state === 0) {
    throwUnhandled();
    throw new Refused('The promise that solution.js returned never settles: nothing is left that could resolve it.');
  }
  return native.promiseResult(value);
}

function throwUnhandled() {
  if (native.rejections()) throw native.firstRejection();
}

function findFunction(name) {
  const found = lookUp(name);
  if (typeof found === 'function') return found;
  const solutionClass = lookUp('Solution');
  if (typeof solutionClass === 'function') {
    const instance = new solutionClass();
    if (typeof instance[name] === 'function') return (...args) => Reflect.apply(instance[name], instance, args);
  }
  throw missing('function', name);
}

function missing(what, name) {
  return new Refused(`solution.js defines no ${what} \`${name}\`. Keep the name that the starter code gives it, and define it at the top level.`);
}

// A top-level declaration, an export of an ES module, or a property of module.exports.
function lookUp(name) {
  if (!/^[A-Za-z_$][\w$]*$/.test(name)) throw new Refused(`\`${name}\` is not a name that JavaScript can define.`);
  const exported = native.exports();
  if (exported && name in exported) return exported[name];
  const declared = native.evaluate(`typeof ${name} === 'undefined' ? undefined : ${name}`);
  if (declared !== undefined) return declared;
  const fromModule = realm.moduleExports();
  if (typeof fromModule === 'function' && !exported) return fromModule;
  return exported?.default ?? (typeof fromModule === 'object' && fromModule !== null ? fromModule[name] : undefined);
}

const subject = () => (job.kind === 'class' ? `A method of \`${job.entry}\` ` : `\`${job.entry}\` `);

function failure(message, position) {
  return JSON.stringify({ status: 'runtime_error', message: message.toWellFormed(), ...(position && { line: position.line }), exit_code: 1 });
}

return { run, exited, schedule, cancel };
