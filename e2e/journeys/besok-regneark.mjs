// Visits from a list with headings of its own: what the columns are is asked once, with
// examples; the next list with the same headings goes straight to the check.
export const title = 'import visits from a list with odd headings';

const list = (day) => Buffer.from(`Hvor vi var;Tidspunkt;Konklusjon;Kontaktet av\nEksempel Mekaniske AS;${day};ikke nå;oss\n`, 'utf8');

async function send(page, day) {
  await page.goto('/besok/importer');
  await page.setInputFiles('#file', { name: 'vår liste.csv', mimeType: 'text/csv', buffer: list(day) });
  await page.click('main form button[type=submit]');
  await page.waitForURL(/\/besok\/importer\/.+/);
}

export async function run(t) {
  const page = await t.page({ role: 'adviser' });
  await send(page, '2026-01-14');
  t.ok(/kolonner$/.test(page.url()), `the sheet goes to ${page.url()}`);
  t.ok((await page.locator('main').innerText()).includes('«Eksempel Mekaniske AS»'), 'no example of the values');
  await t.axe(page, 'visits: columns');
  for (const [i, field] of ['organisation', 'day', 'result', ''].entries()) await page.selectOption(`[name=column_${i}]`, field);
  await page.click('button:has-text("Kontroller radene")');
  await page.waitForURL(/kontroll$/);
  t.ok(await page.locator('a:has-text("Rett kolonnene")').isVisible(), 'no way back to the columns');
  await t.axe(page, 'visits: check');
  await page.click('main form button:has-text("Lagre 1 besøk")');
  await page.waitForURL(/ferdig$/);
  await send(page, '2026-01-15');
  t.ok(/kontroll$/.test(page.url()), `the columns are asked about again: ${page.url()}`);
}
