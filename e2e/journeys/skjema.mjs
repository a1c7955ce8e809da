// The county makes a form with an if-question and a table with a sum, tries it
// out with and without JavaScript, and publishes it.
import { press } from '../lib/steps.mjs';

export const title = 'make a form with an if-question and a table, try it, publish it';

async function save(page) {
  await press(page.locator('main form .kt-actions button[data-variant=primary], main form .kt-actions button:has-text("Lagre")').last());
}

export async function run(t) {
  const page = await t.page({ role: 'county' });
  await page.goto('/skjema/nytt');
  await t.axe(page, 'form new');
  await page.fill('[id="title.nb"]', 'Hva trenger dere?');
  await page.fill('#code', 'reise-' + Date.now().toString(36));
  await save(page);
  const form = new URL(page.url()).pathname;
  await t.axe(page, 'form empty');

  await press(page.locator('a:has-text("Nytt avsnitt")'));
  await page.fill('[id="title.nb"]', 'Om dere');
  await save(page);
  const ask = async (where, label, kind, more) => {
    await page.goto(`${form}/nytt-sporsmal/${where}`);
    await page.fill('[id="label.nb"]', label);
    await page.selectOption('#kind', kind);
    await press(page.locator('main button[name=act][value=kind]'));
    t.ok((await page.inputValue('[id="label.nb"]')) === label, 'what was typed is gone with the kind');
    if (more) await more();
    await save(page);
  };
  await ask('om_dere', 'Plan', 'single', async () => {
    await page.fill('[id="choices.0.label.nb"]', 'Ja');
    await page.fill('[id="choices.1.label.nb"]', 'Nei');
    await t.axe(page, 'question new');
  });
  await ask('om_dere', 'Hvilken', 'text', async () => {
    await page.locator('details:has(#show_if)').evaluate((e) => (e.open = true));
    await page.fill('#show_if', "${plan} = 'kanskje' and");
    await page.check('#required-1');
    await save(page);
    t.ok((await page.locator('#show_if-error').count()) === 1, 'a broken condition is not told at its field');
    await t.axe(page, 'question with a mistake');
    await page.fill('#show_if', "${plan} = 'ja'");
  });
  await ask('om_dere', 'Planen', 'file', () => t.axe(page, 'question for a file'));
  await ask('om_dere', 'Yrker', 'table');
  await ask('yrker', 'Antall', 'number', () => page.check('#sum-1'));
  await page.goto(form);
  t.ok((await page.locator('main').innerText()).includes('klart til å publiseres'), 'the form is not ready');
  await t.axe(page, 'form made');

  // With the script, what hangs on an answer comes without a press.
  await page.goto(`${form}/prov`);
  t.ok((await page.locator('[id="answers.hvilken"]').count()) === 0, 'asked before its answer');
  await page.check('[id="answers.plan-1"]');
  await page.waitForSelector('[id="answers.hvilken"]');
  await page.fill('[id="answers.yrker.0.antall"]', '4');
  await page.locator('[id="answers.hvilken"]').focus();
  await page.waitForFunction(() => document.getElementById('answers.yrker-sums')?.textContent?.includes('4'));
  await t.axe(page, 'form tried');

  // Without it, by buttons, on a phone.
  const plain = await t.page({ role: 'county', js: false, width: 320 });
  await plain.goto(`${form}/prov`);
  await plain.check('[id="answers.plan-1"]');
  await plain.fill('[id="answers.yrker.0.antall"]', '4');
  await plain.click('button:has-text("Legg til en rad")');
  await plain.fill('[id="answers.yrker.1.antall"]', 'fem');
  await press(plain.locator('button:has-text("Kontroller svarene")'));
  t.ok((await plain.inputValue('[id="answers.yrker.1.antall"]')) === 'fem', 'the wrong number was not kept');
  t.ok((await plain.locator('[id="answers.hvilken-error"]').count()) === 1, 'the if-question is not required');
  await plain.fill('[id="answers.yrker.1.antall"]', '5');
  await plain.fill('[id="answers.hvilken"]', 'Tiårsplanen');
  const plan = { name: 'planen.txt', mimeType: 'text/plain', buffer: Buffer.from('Ti år fram') };
  await plain.setInputFiles('[id="answers.planen"]', plan);
  await plain.click('button:has-text("Kontroller svarene")');
  const right = await plain.locator('main').innerText();
  t.ok(right.includes('Alt er riktig fylt ut') && right.includes('Tiårsplanen') && right.includes('planen.txt'), 'right answers are refused');
  t.ok((await plain.locator('[id="answers.yrker-sums"]').innerText()).includes('9'), 'the sum is not 9');

  await page.goto(`${form}/publiser`);
  await t.axe(page, 'form publish');
  await press(page.locator('button:has-text("Publiser utgaven")'));
  t.ok((await page.locator('main').innerText()).includes('I bruk'), 'not published');
  await answer(t, plan);
  await version(t, form);
}

// A workbook becomes the next version of the form, after a comparison.
async function version(t, form) {
  const csv = 'type;name;label;required\nbegin group;om_dere;Om dere;\ntext;hvilken;Hvilken plan har dere?;\ninteger;ledige;Hvor mange ledige stillinger?;ja\nend group;;;\n';
  const plain = await t.page({ role: 'county', js: false, width: 320 });
  await plain.goto(form);
  await press(plain.locator('main a:has-text("Hent ny utgave fra XLSForm")'));
  await plain.setInputFiles('#file', { name: 'skjema.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) });
  await plain.click('main form button[type=submit]');
  const compared = await plain.locator('main').innerText();
  t.ok(/Endringer fra utgave 1/.test(compared) && compared.includes('Hvor mange ledige stillinger?') && compared.includes('Fjernet'), 'the version is not compared');
  for (const width of [320, 1280]) {
    const page = await t.page({ role: 'county', width });
    await page.goto(plain.url());
    await t.axe(page, `form compared ${width}`);
  }
  await plain.selectOption('#til', 'nytt');
  await press(plain.locator('button:has-text("Vis hva som blir laget")'));
  t.ok((await plain.locator('#code').count()) === 1, 'it cannot become a new form');
  await plain.goBack();
  await press(plain.locator('button:has-text("Lag utkast til utgave 2")'));
  t.ok((await plain.locator('main').innerText()).includes('Hvor mange ledige stillinger?') && new URL(plain.url()).pathname === form, 'the version was not made');
}

// The form is asked in a round, and answered with a file by a link without an account.
async function answer(t, plan) {
  const adviser = await t.page({ role: 'adviser' });
  await adviser.goto('/runder/ny');
  await adviser.fill('#title', 'Har dere en plan?');
  await adviser.getByLabel('Hva trenger dere?').check();
  await adviser.click('main form button[type=submit]');
  await adviser.waitForURL(/runder\/[0-9a-f-]{36}/);
  await adviser.fill('#municipality', 'Frøya');
  await adviser.click('main button:has-text("Inviter")');
  await adviser.waitForURL(/said\.invited/);
  await adviser.click('main button:has-text("Start runden")');
  await adviser.locator('dialog button:has-text("Start runden")').click();
  await adviser.waitForURL(/said\.started/);
  await adviser.click('main button:has-text("Lag lenker")');
  await adviser.waitForURL(/lenker/);
  const link = new URL(await adviser.locator('main input[readonly]').first().inputValue()).pathname;

  const firm = await t.page({ js: false, width: 320 });
  await firm.goto(link);
  await firm.click('main button:has-text("Begynn")');
  await firm.check('[id="answers.plan-1"]');
  await firm.setInputFiles('[id="answers.planen"]', plan);
  await press(firm.locator('button:has-text("Lagre og gå videre")'));
  t.ok((await firm.locator('[id="answers.hvilken-error"]').count()) === 1, 'nothing is missing');
  t.ok((await firm.innerText('.kt-sent')).includes('planen.txt'), 'a file is lost when something else is wrong');
  const seen = await t.page({ width: 320 }); // axe needs JavaScript
  await seen.goto(firm.url());
  await t.axe(seen, 'an answer with a file');
  await press(firm.locator('.kt-sent button'));
  t.ok((await firm.locator('.kt-sent').count()) === 0, 'the file is not taken away');
  await firm.setInputFiles('[id="answers.planen"]', plan);
  await firm.click('button:has-text("Last opp nå")');
  await firm.fill('[id="answers.hvilken"]', 'Tiårsplanen');
  await firm.click('button:has-text("Lagre og gå videre")');
  await firm.click('button:has-text("Lever svaret")');
  await seen.goto(link);
  await t.axe(seen, 'a receipt with a file');
  const file = await firm.request.get(await firm.getAttribute('main dd a', 'href'));
  t.ok((await file.text()) === 'Ti år fram', 'the file is not the one that was sent');
}
