// The provider says that the offer it develops is ready; that the need is covered
// is for the employer to say. Both are the ones in the demo who have the need, not
// the first of their role, and use a phone.
import { press } from '../lib/steps.mjs';

export const title = 'the provider says that the offer is ready, the employer that the need is covered';

const phone = { width: 320 };

export async function run(t) {
  const provider = await t.page({ role: 'provider', at: 'NTNU Videre', ...phone });
  await provider.goto('/');
  await provider.locator('.kt-demo summary').click();
  await t.axe(provider, 'demo bar with others in the same role');
  await press(provider.locator('main a[href^="/behov/"]').first());
  const need = new URL(provider.url()).pathname;
  t.ok((await provider.locator('main input[name=to][value=covered]').count()) === 0, 'the provider is offered to say that the need is covered');
  await provider.locator('summary', { hasText: 'Tilbudet er klart' }).click();
  await t.axe(provider, 'the offer is ready');
  await press(provider.locator('main form button', { hasText: 'Tilbudet er klart' }));
  t.ok((await provider.locator('main').innerText()).includes('Dekkes av et tilbud som finnes'), 'the need does not say that the offer is ready');

  const employer = await t.page({ role: 'employer', at: 'Eksempel barneskole, Oppdal', ...phone });
  await employer.goto(need);
  t.ok(!(await employer.locator('.kt-ball').innerText()).includes('NTNU Videre'), 'the ball is still with the provider');
  await employer.locator('summary', { hasText: 'Merk behovet som dekket' }).click();
  await t.axe(employer, 'the need is covered');
  await press(employer.locator('main form button', { hasText: 'Merk behovet som dekket' }));
  t.ok((await employer.locator('.kt-progress [aria-current=step]').innerText()).includes('Dekket'), 'the need is not covered');
}
