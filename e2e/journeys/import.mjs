// A spreadsheet with odd headings and 5 bad rows of 120: nothing is saved
// before yes, the good rows are saved once, and a second import makes no doubles.
import { sheet } from '../lib/sheet.mjs';
import { press } from '../lib/steps.mjs';

export const title = 'import a spreadsheet with odd headings and 5 bad rows of 120';

async function upload(page) {
  await page.goto('/behov/import');
  await page.setInputFiles('#file', { name: 'møte.csv', mimeType: 'text/csv', buffer: sheet(120) });
  await page.click('button:has-text("Last opp")');
  await page.waitForURL(/\/behov\/import\/.+/);
}

export async function run(t) {
  const page = await t.page({ role: 'adviser' });
  const total = async () => {
    await page.goto('/behov');
    return Number(/(\d[\d\s]*) behov/.exec(await page.locator('main').innerText())[1].replaceAll(/\s/g, ''));
  };
  const before = await total();
  await upload(page);
  await t.axe(page, 'import: columns');
  await press(page.locator('main form button[data-variant=primary]'));
  const checked = await page.locator('main').innerText();
  t.ok(checked.includes('115'), 'the check does not say 115');
  t.ok(/\b5\b/.test(checked), 'the check does not say 5');
  await t.axe(page, 'import: check');
  const here = page.url();
  t.ok((await total()) === before, 'something was saved before yes');
  await page.goto(here);
  await page.locator('main form button[data-variant=primary]').click();
  await page.locator('main a:has-text("Se resultatet")').click({ timeout: 60_000 });
  await page.waitForURL(/ferdig$/);
  t.ok((await page.locator('main').innerText()).includes('115'), 'the result does not say 115');
  t.ok((await total()) === before + 115, 'not 115 needs more');
  await upload(page);
  await press(page.locator('main form button[data-variant=primary]'));
  t.ok(/fra før|allerede/i.test(await page.locator('main').innerText()), 'the second import does not know the rows');
  t.ok((await total()) === before + 115, 'the second import made doubles');
}
