// Runs the browser journeys against a demo of its own, and beside them the sweep
// against another, which no journey has written in:
//
//   node e2e/run.mjs               every journey, SQLite
//   node e2e/run.mjs --sweep       the same, and then the sweep over all pages; --sweep=all in every look
//   node e2e/run.mjs --postgres    one journey, on the PostgreSQL of KOMPETANSETORG_TEST_PG
//   node e2e/run.mjs NAME...       the journeys whose names contain one of the words
//   SHOTS=folder node e2e/run.mjs  also keeps a picture of each page
//
// A journey is a file in e2e/journeys that exports title and run(t).
import { readdir } from 'node:fs/promises';
import { Demo } from './lib/demo.mjs';
import { Tester } from './lib/tester.mjs';
import { sweep } from './lib/sweep.mjs';

const args = process.argv.slice(2);
const postgres = args.includes('--postgres');
const words = args.filter((a) => !a.startsWith('--'));
const sweeping = args.find((a) => a.startsWith('--sweep'));
const onPostgres = 'register.mjs';

const files = (await readdir(new URL('./journeys/', import.meta.url))).filter((f) => f.endsWith('.mjs')).sort();
const chosen = files.filter((f) => (postgres ? f === onPostgres : words.length === 0 || words.some((w) => f.includes(w))));
if (chosen.length === 0 && !sweeping) {
  console.error('no journey has such a name');
  process.exit(2);
}

const outcomes = await Promise.all([
  chosen.length > 0 && onADemo((t) => inTurn(t, chosen)),
  sweeping && onADemo((t) => t.journey('every page', () => sweep(t, sweeping.endsWith('=all')))),
]);
const passed = outcomes.reduce((sum, o) => sum + (o ? o.passed : 0), 0);
const failed = outcomes.reduce((sum, o) => sum + (o ? o.failed : 0), 0);
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);

// onADemo answers how many journeys of run passed and how many faults the
// others had, against a demo and in a browser that are started for it.
async function onADemo(run) {
  const demo = await Demo.start(postgres ? process.env.KOMPETANSETORG_TEST_PG : null);
  let tester;
  try {
    tester = await Tester.start(demo.url);
    const failed = await run(tester);
    return { passed: tester.passed, failed };
  } finally {
    await tester?.stop();
    await demo.stop();
  }
}

async function inTurn(t, names) {
  let failed = 0;
  for (const name of names) {
    const { title, run } = await import(`./journeys/${name}`);
    failed += await t.journey(title, run);
  }
  return failed;
}
