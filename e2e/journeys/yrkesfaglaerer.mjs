// From a school that lacks a qualified teacher to a filled job, a person in education and a need
// that is covered: the school, the forum's secretary, a university, and somebody who wants to
// teach, each on pages of their own. The learner uses a phone.
import { today } from '../lib/meeting.mjs';
import { press } from '../lib/steps.mjs';

export const title = 'from a school that lacks a teacher to a filled job and a covered need, through five roles';

const says = 'En snekker underviser på verkstedet uten pedagogisk utdanning, og må få den mens han jobber.';

export async function run(t) {
  const school = { role: 'employer', at: 'Eksempel barneskole, Oppdal' };
  const [employer, secretary, provider, learner, visitor] = await Promise.all([
    t.page(school), t.page({ role: 'secretary' }), t.page({ role: 'provider', at: 'NTNU Videre' }), t.page({ role: 'learner', width: 320 }), t.page({ width: 320 }),
  ]);

  // The school reports what it lacks.
  await employer.goto('/behov/ny');
  await employer.fill('#text', says);
  await employer.fill('#headcount', '1');
  await employer.check('input[name=confidentiality][value=open]');
  await employer.locator('main form button[type=submit]:not([formaction])').last().click();
  await employer.waitForURL(/\/behov\/[0-9a-f-]{36}/);
  const need = new URL(employer.url()).pathname;
  const id = need.split('/').pop();

  // The forum has it presented and discusses it, and asks the university to follow it up.
  await move(secretary, need, 'presented');
  await move(secretary, need, 'discussed', { note: 'Flere skoler har det samme behovet.' });
  await move(secretary, need, 'in_follow_up', { provider: 'NTNU Videre' });
  t.ok((await secretary.locator('.kt-ball').first().innerText()).includes('NTNU Videre'), 'the university does not have the ball');

  // The university adapts what it has, and makes the programme of its answer in one step.
  await provider.goto(`${need}/svar?slag=adapt`);
  await provider.selectOption('#programme', { label: 'Praktisk-pedagogisk utdanning for yrkesfaglærere, i jobb' });
  await provider.fill('#unit', 'Studieavdelingen');
  await provider.fill('#earliest', today(60));
  await provider.fill('#hours', '80');
  await t.axe(provider, 'the answer');
  await send(provider);
  await provider.goto(need);
  await press(provider.locator('main a[href$="/program"]'));
  await provider.fill('#title', 'Yrkesfaglærer på egen arbeidsplass');
  await t.axe(provider, 'making the programme');
  await send(provider, /\/utvikling\/[0-9a-f-]{36}\?ok=/);
  const development = new URL(provider.url()).pathname;
  await employer.goto(development);
  t.ok((await employer.locator('main').innerText()).includes('Yrkesfaglærer på egen arbeidsplass'), 'the school does not see what is made');
  for (const to of ['design', 'building']) await forward(provider, development, to);
  const programme = await provider.locator('main a[href^="/tilbud/"]').first().getAttribute('href');
  await provider.goto(programme);
  for (const what of ['the programme', 'its offering']) {
    const published = provider.waitForResponse((r) => r.request().method() === 'POST');
    await provider.locator('main form button', { hasText: 'Publiser' }).first().click();
    t.ok((await published).status() === 303, `${what} is not published`);
    await provider.waitForURL(/[?&]ok=/);
  }
  await forward(provider, development, 'open');
  await t.axe(provider, 'the development');

  // The school makes a job of it, the university confirms the way there.
  await employer.goto(`/stillinger/ny?behov=${id}&utdanning=${programme.split('/').pop()}`);
  for (const [field, value] of Object.entries({ title: 'Lærer på verkstedet', words: 'Du underviser tre dager og studerer to.', municipality: 'Oppdal', required: 'Praktisk-pedagogisk utdanning' })) await employer.fill(`#${field}`, value);
  await employer.selectOption('#level', 'hoyere');
  await send(employer, /\/stillinger\/[0-9a-f-]{36}\?ok=/);
  const job = new URL(employer.url()).pathname;
  await to(employer, `${job}/flytt/clarifying`);
  await provider.goto(`${job}/flytt/published`);
  await provider.check('input[name=pathway][value=exists]');
  await provider.fill('#unit', 'Studieavdelingen');
  await send(provider);

  // Somebody who wants to teach shows interest, which the school alone sees, and gets the job.
  await learner.goto(job);
  await press(learner.locator('main a[href$="/interesse"]'));
  await learner.fill('#contact', 'Ring etter fire');
  await t.axe(learner, 'interest in the job');
  await send(learner);
  t.ok((await provider.goto(`${job}/interesser`)).status() === 404, 'the university sees the interest');
  await employer.goto(`${job}/interesser`);
  t.ok((await employer.locator('main').innerText()).includes('Ring etter fire'), 'the school does not see the interest');
  await to(employer, `${job}/flytt/hired`);

  // She applies for a place, has it at once, and the university reports that she has begun.
  await learner.goto(programme);
  await press(learner.locator('main a[href$="/sok"]'));
  await learner.fill('#municipality', 'Oppdal');
  await t.axe(learner, 'the application');
  await send(learner, /\/soknader\/[0-9a-f-]{36}\?ok=/);
  const application = new URL(learner.url()).pathname;
  t.ok((await learner.locator('main').innerText()).includes('Tatt opp'), 'she is not admitted');
  t.ok((await employer.goto(application)).status() === 404, 'the school sees her application');
  await to(provider, `${application}/flytt/started`);
  await forward(provider, development, 'running');

  // The need is covered by what happened, and the thread leads from it to all of it.
  await employer.goto(need);
  t.ok((await employer.locator('.kt-progress [aria-current=step]').innerText()).includes('Dekket'), 'the need is not covered');
  await visitor.goto(`/rod-trad/need/${id}`);
  for (const href of [development, programme, job]) t.ok((await visitor.locator(`main a[href="${href}"]`).count()) > 0, `the thread does not lead to ${href}`);
  t.ok((await visitor.locator(`main a[href="${application}"]`).count()) === 0, 'the thread leads to her application');
  await t.axe(visitor, 'the red thread');
}

// send presses the last button of the page's form and waits for where it leads.
async function send(page, where = /[?&]ok=/) {
  await page.locator('main form button[type=submit]').last().click();
  await page.waitForURL(where);
}

// to opens a form that needs nothing filled in, and sends it.
async function to(page, path) {
  await page.goto(path);
  await send(page);
}

// forward moves a development to the stage.
const forward = (page, development, stage) => to(page, `${development}/flytt/${stage}`);

// move moves a need with the form on its page.
async function move(page, need, state, { note, provider } = {}) {
  await page.goto(need);
  const form = page.locator(`main form:has(input[name=to][value=${state}])`).first();
  await form.evaluate((e) => { for (let d = e.closest('details'); d; d = d.parentElement.closest('details')) d.open = true; });
  if (note) await form.locator('textarea').first().fill(note);
  if (provider) await form.locator('select').first().selectOption({ label: provider });
  await press(form.locator('button[type=submit]').last());
}
