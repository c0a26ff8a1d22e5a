// Lighthouse on the landing page: `INTERVIEWD_BIN=target/debug/interviewd node tests/browser/run.mjs lighthouse`.
//
// Five runs, one after the other and beside nothing else; the median of each category is printed. Three categories must
// reach SCORE_MIN. The fourth, performance, is printed alone: it says as much about the machine as about the page.

import assert from 'node:assert/strict';
import path from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { freePort, modules, openBrowser, startServer } from './world.mjs';

const RUNS = 5;
const SCORE_MIN = 95;
const ASSERTED = ['accessibility', 'best-practices', 'seo'];
const CATEGORIES = ['performance', ...ASSERTED];

test('the landing page in Lighthouse', async () => {
  const { default: lighthouse } = await import(pathToFileURL(path.join(modules, 'node_modules/lighthouse/core/index.js')));
  const server = await startServer();
  const scores = Object.fromEntries(CATEGORIES.map((category) => [category, []]));
  const short = new Set();
  try {
    for (let run = 0; run < RUNS; run += 1) {
      const port = await freePort();
      const browser = await openBrowser([`--remote-debugging-port=${port}`]);
      try {
        const { lhr } = await lighthouse(`${server.origin}/`, { port, onlyCategories: CATEGORIES, logLevel: 'error', output: 'json' });
        assert.equal(lhr.runtimeError, undefined, `run ${run + 1}: ${lhr.runtimeError?.message}`);
        for (const category of CATEGORIES) scores[category].push(Math.round(lhr.categories[category].score * 100));
        for (const category of ASSERTED) {
          for (const { id, weight } of lhr.categories[category].auditRefs) {
            if (weight > 0 && lhr.audits[id].score !== null && lhr.audits[id].score < 1) short.add(`${category}: ${lhr.audits[id].title}`);
          }
        }
      } finally {
        await browser.close();
      }
    }
  } finally {
    await server.close();
  }
  const medians = Object.fromEntries(CATEGORIES.map((category) => [category, median(scores[category])]));
  for (const category of CATEGORIES) console.log(`Lighthouse ${category}: ${medians[category]} (median of ${scores[category].join(', ')})`);
  for (const category of ASSERTED) assert.ok(medians[category] >= SCORE_MIN, `${category} is ${medians[category]}, below ${SCORE_MIN}:\n${[...short].join('\n')}`);
});

function median(numbers) {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];
}
