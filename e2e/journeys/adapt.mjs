// "Be om tilpasning" sends a need to the provider of what almost fits, with
// what fails as questions and a date, and the provider sees it.
import { press, registerAdaptable } from '../lib/steps.mjs';

export const title = 'ask a provider to adapt, and the provider sees it';

export async function run(t) {
  const page = await t.page({ role: 'adviser' });
  await registerAdaptable(page);
  const ask = page.locator('a:has-text("Be om tilpasning"), button:has-text("Be om tilpasning")').first();
  t.ok((await ask.count()) === 1, 'nothing can be adapted');
  await press(ask);
  await t.axe(page, 'ask for adaptation');
  const questions = await page.locator('main form').last().innerText();
  t.ok(questions.length > 0, 'no questions are proposed');
  await press(page.locator('main form button[type=submit]').last());
  t.ok(/\/behov\//.test(page.url()), `not sent: ${page.url()}`);

  const provider = await t.page({ role: 'provider' });
  await provider.goto('/foresporsler');
  t.ok((await provider.locator('main').innerText()).includes('byggeplass'), 'the provider does not see the request');
  await t.axe(provider, 'requests');
  await provider.goto('/');
  t.ok((await provider.locator('main').innerText()).includes('byggeplass'), 'the provider does not have the ball');
}
