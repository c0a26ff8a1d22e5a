// The live interview: the whole flow in both languages, a line that breaks, a server that dies, two windows, two people.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { answers, api, codeInEditor, enterRoom, openBrowser, openWindow, plainProblem, seriousFaults, signUp, startInterview, startServer, until, writeCode } from './world.mjs';

let server;
let browser;
before(async () => {
  [server, browser] = await Promise.all([startServer(), openBrowser()]);
});
after(async () => {
  await browser?.close();
  await server?.close();
});

for (const language of ['python', 'javascript']) {
  test(`a whole interview in ${language}, from the sign-up to the summary`, async () => {
    const { context, page, errors } = await openWindow(browser, server);
    await signUp(page);
    const problem = await plainProblem(page);
    const id = await startInterview(page, problem, language);

    await page.getByRole('log', { name: 'Captions' }).locator('.turn.interviewer').first().waitFor();
    assert.equal(await page.getByRole('heading', { level: 1, name: problem.title }).count(), 1);
    assert.match(await page.getByRole('timer').innerText(), /\d\d:\d\d/);

    await say(page, 'I would first look at the examples, then write a simple version and test it.');
    const before = await page.locator('.turn').count();
    await say(page, 'Can the input be empty?');
    await until(async () => (await page.locator('.turn').count()) >= before + 2, 'the interviewer to answer');

    await writeCode(page, answers(problem, language, 'looking it up'));
    await saved(page);
    await page.getByRole('button', { name: /^Run/ }).click();
    await page.getByText(`${problem.examples.length} of ${problem.examples.length} passed`).waitFor();
    assert.equal(await page.locator('.cases .result-words.good').count(), problem.examples.length);
    await page.getByText('looking it up').first().waitFor();

    await writeCode(page, language === 'python' ? 'def broken(:\n' : 'function broken( {\n');
    await page.keyboard.press('ControlOrMeta+Enter');
    await page.locator('.console-notice').getByText('Does not compile').waitFor();

    await writeCode(page, answers(problem, language, 'looking it up'));
    await page.getByRole('button', { name: 'Submit' }).click();
    await page.getByText('Hidden cases ran too').waitFor();

    await page.getByRole('button', { name: 'End', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: 'End the interview?' });
    await dialog.getByRole('button', { name: 'Keep going' }).click();
    await page.getByRole('button', { name: 'End', exact: true }).click();
    await dialog.getByRole('button', { name: 'End interview' }).click();
    await page.waitForURL(`**/sessions/${id}/summary`);
    await until(async () => (await api(page, 'GET', `/api/sessions/${id}/evaluation`)).body.status !== 'pending', 'the evaluation');
    const { body } = await api(page, 'GET', `/api/sessions/${id}`);
    assert.equal(body.status, 'completed');
    assert.equal(body.latestSnapshot.code.trim(), answers(problem, language, 'looking it up').trim());
    assert.deepEqual(errors, []);
    await context.close();
  });
}

test('the line breaks: what was written and said meanwhile arrives, once', async () => {
  const { context, page, errors } = await openWindow(browser, server);
  const pipes = [];
  let cut = false;
  await page.routeWebSocket(/\/ws$/, (pipe) => {
    if (cut) return pipe.close({ code: 1011 });
    pipe.connectToServer();
    pipes.push(pipe);
  });
  await signUp(page);
  const id = await startInterview(page, await plainProblem(page), 'python');
  await writeCode(page, '# first\n');
  await saved(page);

  cut = true;
  await Promise.all(pipes.splice(0).map((pipe) => pipe.close({ code: 1011 })));
  const banner = page.locator('#banner');
  await banner.getByText('The connection broke').waitFor();
  await writeCode(page, '# second, written offline\n');
  await page.getByText('Kept on this device', { exact: true }).waitFor();
  await say(page, 'said while offline');
  cut = false;
  await banner.getByRole('button', { name: 'Retry now' }).click();
  await banner.waitFor({ state: 'hidden' });
  await saved(page);
  await until(async () => (await page.locator('.turn.candidate:not(.waiting)').count()) === 1, 'the words to arrive');

  await page.reload();
  await enterRoom(page, id);
  assert.match(await codeInEditor(page), /second, written offline/);
  assert.equal(await page.getByText('said while offline').count(), 1);
  assert.deepEqual(errors, []);
  await context.close();
});

test('the server is killed in mid-interview: it comes back with code, words and the right time', async () => {
  const { context, page, errors } = await openWindow(browser, server);
  await signUp(page);
  const id = await startInterview(page, await plainProblem(page), 'javascript');
  await say(page, 'remember this sentence');
  await page.locator('.turn.candidate:not(.waiting)').waitFor();
  await writeCode(page, '// survives\n');
  await saved(page);
  const before = (await api(page, 'GET', `/api/sessions/${id}`)).body.remainingMs;

  await server.kill();
  await page.locator('#banner').getByText(/connection|Reconnecting/i).waitFor();
  await server.start();
  await until(() => page.locator('body').getAttribute('data-line').then((line) => line === 'open'), 'the page to come back by itself', 40_000);
  const afterwards = (await api(page, 'GET', `/api/sessions/${id}`)).body.remainingMs;
  assert.ok(afterwards <= before && afterwards > before - 60_000, `${before} ms before, ${afterwards} ms after`);

  // A fresh device knows nothing: all of it comes from the server.
  await page.evaluate(() => localStorage.clear());
  await page.reload();
  await enterRoom(page, id);
  await until(async () => /survives/.test(await codeInEditor(page)), 'the code');
  await page.getByText('remember this sentence').waitFor();
  assert.deepEqual(errors, []);
  await context.close();
});

test('a second window takes over, the first one offers to take it back', async () => {
  const { context, page } = await openWindow(browser, server);
  await signUp(page);
  const id = await startInterview(page, await plainProblem(page), 'python');
  const second = await context.newPage();
  await enterRoom(second, id);
  const dialog = page.getByRole('dialog', { name: 'This interview is open in another window.' });
  await dialog.getByRole('button', { name: 'Take over here' }).click();
  await second.getByRole('dialog', { name: 'This interview is open in another window.' }).waitFor();
  assert.equal(await dialog.isVisible(), false);
  await context.close();
});

test('nobody sees the interview of another person', async () => {
  const owner = await openWindow(browser, server);
  await signUp(owner.page);
  const id = await startInterview(owner.page, await plainProblem(owner.page), 'python');
  const stranger = await openWindow(browser, server);
  await signUp(stranger.page);
  for (const path of [`/interview/${id}`, `/sessions/${id}/summary`]) {
    const response = await stranger.page.goto(path);
    assert.equal(response.status(), 404, path);
  }
  await stranger.page.goto('/dashboard');
  for (const [method, path, body] of [
    ['GET', `/api/sessions/${id}`],
    ['POST', `/api/sessions/${id}/code`, { code: '', language: 'python', timestampMs: 0, type: 'manual' }],
    ['POST', `/api/sessions/${id}/execute`, { code: '', language: 'python', kind: 'run' }],
    ['POST', `/api/sessions/${id}/end`, {}],
    ['POST', '/api/realtime/token', { sessionId: id }],
  ]) {
    assert.equal((await api(stranger.page, method, path, body)).status, 404, path);
  }
  await owner.context.close();
  await stranger.context.close();
});

test('the room works by keyboard, fits its widths and has no serious fault in either theme', async () => {
  for (const colorScheme of ['light', 'dark']) {
    const { context, page, errors } = await openWindow(browser, server, { colorScheme });
    await signUp(page);
    await startInterview(page, await plainProblem(page), 'python');
    await page.locator('.turn.interviewer').first().waitFor();
    assert.deepEqual(await seriousFaults(page), [], colorScheme);

    const separator = page.getByRole('separator', { name: 'Width of the problem' });
    const width = () => page.getByRole('region', { name: 'Problem' }).evaluate((pane) => pane.getBoundingClientRect().width);
    const usual = await width();
    await separator.focus();
    await page.keyboard.press('ArrowRight');
    assert.equal(await width(), usual + 16);

    await page.locator('.monaco-editor .view-lines').first().click();
    await page.keyboard.press('Escape');
    await page.keyboard.press('Tab');
    assert.equal(await page.evaluate(() => document.activeElement.closest('.monaco-editor')), null);

    await page.setViewportSize({ width: 1024, height: 768 });
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 1024);
    // The panes scroll, the room does not: what one writes into and what one presses stay in sight.
    assert.equal(await page.evaluate(() => document.documentElement.scrollHeight), 768);
    assert.equal(await page.getByRole('textbox', { name: /^Say something to/ }).evaluate((box) => box.getBoundingClientRect().bottom <= innerHeight), true);
    await page.setViewportSize({ width: 800, height: 900 });
    assert.deepEqual(await seriousFaults(page), [], `${colorScheme}, gate`);
    await page.getByRole('button', { name: 'Continue anyway' }).click();
    assert.equal(await page.locator('#editor').isVisible(), true);
    assert.deepEqual(errors, []);
    await context.close();
  }
});

async function say(page, words) {
  await page.getByRole('textbox', { name: /^Say something to/ }).fill(words);
  await page.keyboard.press('Enter');
}

function saved(page) {
  return page.locator('#save[data-state="saved"]').waitFor();
}
