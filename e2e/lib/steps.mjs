// Steps that journeys and the sweep have in common.

// press presses what leads to a page, and waits until that page stands there. A new page may have
// the address of the old, so the address alone does not tell.
export async function press(what) {
  const page = what.page();
  await page.evaluate(() => document.fonts.ready.then(() => true));
  await Promise.all([page.waitForEvent('domcontentloaded'), what.click()]);
  await page.waitForLoadState();
}

// registerAdaptable registers, as an adviser, a need that something almost
// answers: right in content, wrong in place. It ends on the need's page.
export async function registerAdaptable(page) {
  await page.goto('/behov/ny');
  await page.fill('#text', 'Vi trenger to byggeplassledere som kan lede en byggeplass. De kan ikke reise til Trondheim.');
  await page.fill('#organisation', 'Eksempel Byggmester i Oppdal AS');
  await page.fill('#mandate_ground', 'Avtalt i besøk');
  await page.fill('#municipality', 'Røros');
  await page.fill('#headcount', '2');
  await page.click('button:has-text("Send inn")');
  await page.waitForURL(/\/behov\/[0-9a-f-]{36}/);
}
