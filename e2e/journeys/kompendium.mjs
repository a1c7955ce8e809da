// From 52 of 55 short final reports to a compendium that is whole and a final report that is
// approved: the county writes what is missing, a visitor reads it, and what is changed in the
// register afterwards changes nothing in the report.
import { press } from '../lib/steps.mjs';

export const title = 'the compendium of 55 projects, and the final report that is frozen when it is approved';

const groups = ['Generelle tiltak (10)', 'Offentlig sektor (6)', 'Ungdom (9)', 'Studenter (8)', 'Tilflyttere/tilbakeflyttere (12)', 'Næringsliv (10)'];

export async function run(t) {
  const [county, visitor] = await Promise.all([t.page({ role: 'county' }), t.page({ width: 320 })]);
  await visitor.goto('/prosjekter');
  const project = await visitor.locator('main a[href^="/prosjekter/0"]').first().getAttribute('href');

  // Three are missing; 101 words are too many, and nothing of them is lost.
  await county.goto(`${project}/kompendium/oversikt`);
  t.ok((await county.innerText('main')).includes('52 av 55'), 'not 52 of 55 have written');
  await t.axe(county, 'who has written');
  for (let i = 0; i < 3; i++) {
    await county.goto(`${project}/kompendium/oversikt`);
    await press(county.locator('main a[href$="/kort"]').first());
    await county.fill('#short', 'Vi holdt en dag for unge som ville starte noe eget.');
    await county.check('input[name=attainment][value=partly]');
    await county.fill('#attainment_text', i === 0 ? 'ord '.repeat(101) : 'Mange kom, færre startet.');
    await county.check('input[name=follow][value=continued]');
    await county.fill('#follow_text', 'Næringshagen tar det videre.');
    if (i === 0) {
      await press(county.locator('main form button[type=submit]').last());
      t.ok((await county.innerText('#attainment_text-error')).includes('101'), '101 words are taken');
      t.ok((await county.inputValue('#short')).includes('starte noe eget'), 'what was written is lost');
      await county.fill('#attainment_text', 'Mange kom, færre startet.');
    }
    await send(county);
  }
  await visitor.goto(`${project}/kompendium`);
  const paper = await visitor.innerText('main');
  t.ok(paper.includes('55 av 55'), 'the compendium is not whole');
  for (const g of groups) t.ok(paper.includes(g), `the compendium has no ${g}`);
  await t.axe(visitor, 'the compendium');
  for (const [ending, begins] of [['pdf', '%PDF'], ['docx', 'PK']]) {
    const file = await visitor.request.get(`${project}/kompendium.${ending}`);
    t.ok(file.status() === 200 && (await file.body()).subarray(0, begins.length).toString() === begins, `the compendium is no ${ending}`);
  }

  // The final report has most of its chapters from the register; two are written here.
  const report = project.replace('/prosjekter/', '/sluttrapporter/');
  await county.goto(report);
  t.ok((await county.innerText('main')).includes('2 kapitler mangler tekst'), 'the missing chapters are not counted');
  await t.axe(county, 'the final report');
  for (const [nr, words] of [[7, 'Verktøykassa står åpen, og næringshagene holder den ved like.'], [11, 'Regional koordinering trengs fortsatt.']]) {
    await county.goto(`${report}/kapittel/${nr}`);
    await county.fill('#words', words);
    await send(county);
  }
  await to(county, `${report}/flytt/in_approval`);
  t.ok((await county.innerText('.kt-ball strong')).includes('Styringsgruppa'), 'the steering group does not have the ball');
  t.ok((await visitor.goto(report)).status() === 404, 'a visitor reads what is not approved');
  await county.goto(`${report}/flytt/approved`);
  await county.fill('#ref', 'Styringsgruppa, sak 4/15');
  await t.axe(county, 'approving the final report');
  await send(county);

  // Money that is changed afterwards changes the register, and not the report.
  await county.goto(`${project}/penger/0`);
  await county.fill('#planned', '1');
  await send(county);
  await visitor.goto(project);
  t.ok(!clean(await visitor.innerText('main')).includes('8 050 000'), 'the register does not change');
  await visitor.goto(`${report}/ark`);
  const final = clean(await visitor.innerText('main'));
  for (const want of ['8 050 000', '49,69 %', 'Godkjent', 'sak 4/15', 'Regional koordinering', 'Hadde ikke kapasitet', 'Penger er flyttet']) t.ok(final.includes(want), `the approved report does not say ${want}`);
  await t.axe(visitor, 'the approved report');
}

const clean = (s) => s.replaceAll('\u00a0', ' ');

async function send(page) {
  await page.locator('main form button[type=submit]').last().click();
  await page.waitForURL(/[?&]ok=/);
}

async function to(page, path) {
  await page.goto(path);
  await send(page);
}
