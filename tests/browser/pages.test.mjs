// Every page but the room, in both themes and at both widths: no serious fault for assistive tools, nothing sideways,
// nothing that the page policy refused, no uncaught error.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { answers, api, openBrowser, openWindow, plainProblem, seriousFaults, signUp, startServer, until } from './world.mjs';

let server;
let browser;

before(async () => {
  [server, browser] = await Promise.all([startServer(), openBrowser()]);
});

after(async () => {
  await browser?.close();
  await server?.close();
});

for (const colorScheme of ['light', 'dark']) {
  test(`every page can be used by everybody, ${colorScheme}`, async () => {
    const { context, page, errors } = await openWindow(browser, server, { colorScheme });
    for (const path of ['/', '/signup', '/login', '/terms', '/privacy', '/docs', '/nowhere']) await inspect(page, path);
    await signUp(page);
    await inspect(page, '/dashboard');
    const problem = await plainProblem(page);
    const id = await finishedInterview(page, problem);
    for (const path of ['/dashboard', '/start', `/start?problem=${problem.slug}`, '/start?q=zzzz', '/problems', `/problems/${problem.slug}`, '/settings', `/sessions/${id}/summary`]) {
      await inspect(page, path);
    }
    assert.deepEqual(errors, []);
    await context.close();
  });
}

async function inspect(page, path) {
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.goto(path);
  assert.deepEqual(await seriousFaults(page), [], path);
  await page.setViewportSize({ width: 375, height: 812 });
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 375, `${path} is wider than a phone`);
  assert.deepEqual(await seriousFaults(page), [], `${path} on a phone`);
}

/** Held over the API: the room has a spec of its own. */
async function finishedInterview(page, problem) {
  const started = await api(page, 'POST', '/api/sessions/start', { problem: problem.slug, language: 'javascript' });
  assert.equal(started.status, 201, JSON.stringify(started.body));
  const { sessionId } = started.body;
  const run = { code: answers(problem, 'javascript', 'seen'), language: 'javascript', kind: 'submit' };
  assert.equal((await api(page, 'POST', `/api/sessions/${sessionId}/execute`, run)).status, 200);
  assert.equal((await api(page, 'POST', `/api/sessions/${sessionId}/end`)).status, 200);
  await until(async () => (await api(page, 'GET', `/api/sessions/${sessionId}/evaluation`)).body.status !== 'pending', 'the evaluation');
  return sessionId;
}
