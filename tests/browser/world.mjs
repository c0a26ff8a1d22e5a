// What every spec needs: a real server on a port of its own, a browser, a person with an account.
//
// Nothing of ours is replaced. Waiting is always for something that can be seen, never for time to pass.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { modulesFor } from '../../assets/modules.mjs';

/** The folder above the third-party modules. */
export const modules = modulesFor(path.dirname(fileURLToPath(import.meta.url)), 'the browser tests');
const require = createRequire(path.join(modules, 'package.json'));
const { chromium } = require('playwright-core');
const { AxeBuilder } = require('@axe-core/playwright');

/** The first start of a fresh cache compiles the guests ahead of time. */
const READY_MS_MAX = 180_000;
const WAIT_MS_MAX = 20_000;
const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];
export const PASSWORD = 'a quiet harbour at noon';

/** Starts the binary with an empty data folder; `kill` and `start` again keep port and data. */
export async function startServer(settings = {}) {
  const port = await freePort();
  const data = fs.mkdtempSync(path.join(os.tmpdir(), 'interviewd-browser-'));
  const origin = `http://127.0.0.1:${port}`;
  const log = fs.openSync(path.join(data, 'server.log'), 'a');
  let child;
  const server = {
    origin,
    async start() {
      child = spawn(process.env.INTERVIEWD_BIN, ['serve'], {
        stdio: ['ignore', log, log],
        cwd: data,
        env: {
          ...process.env,
          INTERVIEWD__SERVER__BIND: `127.0.0.1:${port}`,
          INTERVIEWD__SERVER__INTERNAL_BIND: '',
          INTERVIEWD__SERVER__PUBLIC_URL: origin,
          INTERVIEWD__DATA__DIR: path.join(data, 'data'),
          // One person clicks faster here than anybody does.
          INTERVIEWD__LIMITS__REQUESTS_PER_MINUTE: '6000',
          INTERVIEWD__LIMITS__EXPENSIVE_PER_MINUTE: '600',
          INTERVIEWD__LIMITS__RUNS_PER_MINUTE_PER_SESSION: '60',
          ...settings,
        },
      });
      let exited;
      child.once('exit', (code, signal) => (exited = signal ?? code));
      await until(async () => {
        if (exited !== undefined) throw new Error(`the server ended with ${exited}: ${tail(data)}`);
        // On a first start the runtimes are compiled for some seconds; the specs wait for both.
        const ready = await fetch(`${origin}/ready`).then((answer) => (answer.ok ? answer.json() : undefined)).catch(() => undefined);
        return ready !== undefined && ['python', 'javascript'].every((language) => ready.languages[language] === 'ready');
      }, `the server to be ready (${tail(data)})`, READY_MS_MAX);
    },
    /** As the power failing: no chance to tidy up. */
    async kill() {
      const gone = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGKILL');
      await gone;
    },
    async close() {
      if (child.exitCode === null && child.signalCode === null) await server.kill();
      fs.closeSync(log);
      fs.rmSync(data, { recursive: true, force: true });
    },
  };
  await server.start();
  return server;
}

export function openBrowser(flags = []) {
  return chromium.launch({ executablePath: process.env.CHROMIUM, args: [...FLAGS, ...flags] });
}

/** A browser window of one person; `errors` gathers what the page complained about. */
export async function openWindow(browser, server, options = {}) {
  const context = await browser.newContext({ baseURL: server.origin, viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce', permissions: ['clipboard-read', 'clipboard-write'], ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(WAIT_MS_MAX);
  const errors = [];
  page.on('pageerror', (error) => errors.push(String(error)));
  page.on('console', (message) => {
    if (/Content Security Policy|Refused to/.test(message.text())) errors.push(message.text());
  });
  return { context, page, errors };
}

let people = 0;

export async function signUp(page) {
  people += 1;
  const email = `person${people}.${process.pid}@example.org`;
  await page.goto('/signup');
  await page.getByLabel('Name').fill('Robin');
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('checkbox').check();
  await page.getByRole('button', { name: 'Create account' }).click();
  await page.waitForURL((url) => !url.pathname.startsWith('/signup'));
  return email;
}

/** Calls our API as the person of this page; answers `{status, body}`. */
export function api(page, method, path, body) {
  return page.evaluate(
    async ([method, path, body]) => {
      const init = body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
      const response = await fetch(path, { method, ...init });
      const text = await response.text();
      return { status: response.status, body: text.startsWith('{') ? JSON.parse(text) : text };
    },
    [method, path, body],
  );
}

/** A function problem over plain values, so that a table of its visible cases solves them. */
export async function plainProblem(page) {
  const { body } = await api(page, 'GET', '/api/problems?perPage=100');
  for (const { slug } of body.items) {
    const { body: problem } = await api(page, 'GET', `/api/problems/${slug}`);
    const { signature } = problem;
    if (signature.kind === 'function' && signature.result_argument === undefined && !/tree|linked/i.test(JSON.stringify(signature))) return problem;
  }
  throw new Error('no problem with a plain function');
}

/** Code that answers the visible cases of `problem` from a table, and prints `printed` each time. */
export function answers(problem, language, printed) {
  const table = JSON.stringify(problem.examples.map(({ input, expected }) => [input, expected]));
  const { name } = problem.signature;
  const names = new Set([name, name.replace(/_(\w)/g, (_, letter) => letter.toUpperCase())]);
  if (language === 'python') {
    return [...names].map((one) => `import json\ndef ${one}(*args):\n    print(${JSON.stringify(printed)})\n    for given, answer in json.loads(${JSON.stringify(table)}):\n        if given == list(args):\n            return answer\n`).join('\n');
  }
  return [...names].map((one) => `function ${one}(...args) {\n  console.log(${JSON.stringify(printed)});\n  return ${table}.find(([given]) => JSON.stringify(given) === JSON.stringify(args))[1];\n}\n`).join('\n');
}

export async function startInterview(page, problem, language) {
  const { status, body } = await api(page, 'POST', '/api/sessions/start', { problem: problem.slug, language, mode: 'text' });
  assert.equal(status, 201, JSON.stringify(body));
  await enterRoom(page, body.sessionId);
  return body.sessionId;
}

export async function enterRoom(page, id) {
  await page.goto(`/interview/${id}`);
  await page.locator('.monaco-editor .view-line').first().waitFor();
  await until(() => page.locator('body').getAttribute('data-line').then((line) => line === 'open'), 'the live line to open');
}

/** Replaces the text in the editor as a person would, in one paste. */
export async function writeCode(page, code) {
  await page.locator('.monaco-editor .view-lines').first().click();
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.press('Delete');
  // A paste, because what is typed line by line gets indented by the editor.
  await page.evaluate((text) => navigator.clipboard.writeText(text), code);
  await page.keyboard.press('ControlOrMeta+V');
}

export function codeInEditor(page) {
  return page.locator('.monaco-editor .view-lines').first().innerText().then((text) => text.replaceAll('\u00a0', ' '));
}

export async function seriousFaults(page) {
  // Monaco draws its text by itself; its own widgets are its makers' concern.
  const { violations } = await new AxeBuilder({ page }).exclude('.monaco-editor').analyze();
  return violations.filter(({ impact }) => impact === 'serious' || impact === 'critical').map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target).join(', ')}`);
}

export async function until(condition, what, ms = WAIT_MS_MAX) {
  const start = Date.now();
  for (;;) {
    if (await condition()) return;
    if (Date.now() - start > ms) throw new Error(`waited ${ms} ms for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

function tail(data) {
  return fs.readFileSync(path.join(data, 'server.log'), 'utf8').split('\n').slice(-8).join('\n');
}

export function freePort() {
  return new Promise((resolve, reject) => {
    const probe = net.createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}
