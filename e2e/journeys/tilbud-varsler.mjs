// Follow a programme from its page, and a search that finds nothing yet.
import { press } from '../lib/steps.mjs';

export const title = 'follow a programme and a search of programmes';

export async function run(t) {
  const learner = await t.page({ role: 'learner' });
  await learner.goto('/tilbud?q=a&all=ja');
  await learner.locator('main tbody a').first().click();
  await learner.waitForURL(/\/tilbud\/[0-9a-f-]{36}/);
  const programme = new URL(learner.url()).pathname;
  await press(learner.locator('main a:has-text("Følg")'));
  await t.axe(learner, 'follow a programme');
  await learner.check('input[name=mode][value=app]');
  await learner.click('main form button[type=submit]:has-text("Følg")');
  await learner.waitForURL(/innstillinger/);

  await learner.goto('/tilbud?q=finnesikke');
  await press(learner.locator('main a:has-text("Følg dette søket")'));
  await learner.click('main form button[type=submit]:has-text("Følg")');
  await learner.waitForURL(/innstillinger/);
  const followed = await learner.locator('main table').innerText();
  t.ok(followed.includes('Tilbud med «finnesikke»'), `the search is not among what is followed: ${followed}`);
  t.ok(await learner.locator(`main table a[href="${programme}"]`).count(), 'the programme is not among what is followed');
  await t.axe(learner, 'what one follows');
}
