// The same without JavaScript, on a phone: nothing typed is lost when a field
// is wrong.
import { press } from '../lib/steps.mjs';

export const title = 'register a need and apply for a place without JavaScript, with a mistake on the way';

export async function run(t) {
  const page = await t.page({ role: 'employer', js: false, width: 320 });
  await page.goto('/behov/ny');
  await page.fill('#text', 'Vi må lære å kjøre høvelen – æøå');
  await page.fill('#headcount', 'mange');
  await press(page.locator('button:has-text("Send inn")'));
  t.ok((await page.inputValue('#headcount')) === 'mange', 'the wrong number was not kept');
  t.ok((await page.inputValue('#text')).includes('æøå'), 'the text was not kept');
  t.ok((await page.locator('#headcount-error').count()) === 1, 'no message at the field');
  await page.fill('#headcount', '3');
  await press(page.locator('button:has-text("Send inn")'));
  t.ok(/\/behov\/[0-9a-f-]{36}/.test(page.url()), `not registered: ${page.url()}`);

  const learner = await t.page({ role: 'learner@Nettstudent', js: false, width: 320 });
  await learner.goto('/tilbud?q=automatisering');
  await press(learner.locator('main a', { hasText: 'automatisering og PLS' }).first());
  await press(learner.locator('main a[href*="/sok"]').first());
  await learner.fill('[name=contact]', 'Etter klokka fire – æøå');
  await learner.fill('[name=municipality]', 'Ingensteds');
  await press(learner.locator('main form button[type=submit]'));
  t.ok((await learner.inputValue('[name=contact]')).includes('æøå'), 'how to reach her was not kept');
  t.ok((await learner.locator('#municipality-error').count()) === 1, 'no message at the municipality');
  await learner.fill('[name=municipality]', 'Rennebu');
  await press(learner.locator('main form button[type=submit]'));
  t.ok(/\/soknader\/[0-9a-f-]{36}/.test(learner.url()), `not applied: ${learner.url()}`);
}
