// `node check.mjs` type-checks the pages' TypeScript and runs its unit tests; `types` or `unit` as an argument does one.
//
// Third-party modules live in the user's cache and are found from there: the checked sources are seen through a link
// beside them. Unit tests are the files `*.test.ts`; they are bundled first, because Node.js 20 does not read TypeScript.

import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { modulesFor } from './modules.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const only = process.argv[2];
const modules = modulesFor(here);
const work = fs.mkdtempSync(path.join(modules, 'check-'));
let failed = false;
try {
  if (only !== 'unit') failed = !types() || failed;
  if (only !== 'types') failed = !(await unit()) || failed;
} finally {
  fs.rmSync(work, { recursive: true, force: true });
}
process.exit(failed ? 1 : 0);

function types() {
  fs.symlinkSync(path.join(here, 'ts'), path.join(work, 'ts'));
  fs.copyFileSync(path.join(here, 'tsconfig.json'), path.join(work, 'tsconfig.json'));
  const tsc = path.join(modules, 'node_modules', 'typescript', 'bin', 'tsc');
  const ok = spawnSync(process.execPath, [tsc, '--project', work], { stdio: 'inherit', cwd: work }).status === 0;
  console.log(ok ? 'types: ok' : 'types: failed');
  return ok;
}

async function unit() {
  const { build } = createRequire(path.join(modules, 'package.json'))('esbuild');
  const tests = fs.readdirSync(path.join(here, 'ts'), { recursive: true }).filter((name) => name.endsWith('.test.ts')).sort();
  const outdir = path.join(work, 'unit');
  await build({
    absWorkingDir: here,
    nodePaths: [path.join(modules, 'node_modules')],
    entryPoints: tests.map((name) => path.join('ts', name)),
    outdir,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    platform: 'node',
    format: 'esm',
    sourcemap: 'inline',
    logLevel: 'warning',
  });
  const bundled = fs.readdirSync(outdir, { recursive: true }).filter((name) => name.endsWith('.mjs')).map((name) => path.join(outdir, name));
  return spawnSync(process.execPath, ['--enable-source-maps', '--test', ...bundled], { stdio: 'inherit' }).status === 0;
}
