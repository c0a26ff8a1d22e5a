// Third-party modules, installed once per lock file into the user's cache: never into the clone.
//
// `modulesFor(folder)` answers the cache folder that holds `node_modules` for the `package-lock.json` in `folder`.
// Its name is the hash of that lock file and of the platform, so a changed lock file gets a folder of its own and an
// old clone keeps working. It is filled beside its final place and renamed, so two builds at once cannot see a half.

import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { spawnSync } from 'node:child_process';

const NODE_MAJOR_MIN = 20;
const CONFIGS = ['package.json', 'package-lock.json', '.npmrc'];

/** The folder for everything that a build keeps between clones. */
export function cacheHome() {
  const home = process.env.XDG_CACHE_HOME || path.join(os.homedir(), '.cache');
  return path.join(home, 'interviewd', 'assets');
}

/**
 * Installs what the lock file in `folder` names, unless it is there already; answers the folder above `node_modules`.
 * `what` is the thing that needs them, for the sentence that a person reads when it fails.
 */
export function modulesFor(folder, what = 'the web assets') {
  const major = Number(process.versions.node.split('.')[0]);
  if (major < NODE_MAJOR_MIN) {
    fail(`Node.js ${process.versions.node} is too old for ${what}: install Node.js ${NODE_MAJOR_MIN} or newer with npm.`);
  }
  const key = createHash('sha256').update(`${process.platform}-${process.arch}\0`);
  for (const name of CONFIGS) key.update(fs.readFileSync(path.join(folder, name))).update('\0');
  const finished = path.join(cacheHome(), key.digest('hex').slice(0, 16));
  if (fs.existsSync(path.join(finished, 'node_modules'))) return finished;

  fs.mkdirSync(cacheHome(), { recursive: true });
  const work = fs.mkdtempSync(path.join(cacheHome(), 'install-'));
  let trouble;
  try {
    for (const name of CONFIGS) fs.copyFileSync(path.join(folder, name), path.join(work, name));
    const npm = spawnSync('npm', ['ci', '--include=dev', '--no-progress', '--loglevel=error'], {
      cwd: work,
      stdio: ['ignore', 2, 2],
      shell: process.platform === 'win32',
    });
    if (npm.error) trouble = `npm was not found, which ${what} need: install Node.js ${NODE_MAJOR_MIN} or newer with npm.`;
    else if (npm.status !== 0) trouble = `npm ci could not install the third-party modules of ${what}: see the lines above. The first time needs the npm registry, later ones work offline.`;
    else fs.renameSync(work, finished);
  } catch (error) {
    // Another build was faster. Its folder has the same name, hence the same content.
    if (!fs.existsSync(path.join(finished, 'node_modules'))) throw error;
  } finally {
    fs.rmSync(work, { recursive: true, force: true });
  }
  if (trouble !== undefined) fail(trouble);
  return finished;
}

function fail(sentence) {
  console.error(sentence);
  process.exit(1);
}
