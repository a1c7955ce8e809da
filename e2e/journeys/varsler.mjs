// Follow a need, see what happened with it, get the letter, and end all mail by
// the link in it.
import { press, registerAdaptable } from '../lib/steps.mjs';

export const title = 'follow a need, read the notices and the letter, and end the mail';

export async function run(t) {
  const adviser = await t.page({ role: 'adviser' });
  await registerAdaptable(adviser);
  const need = new URL(adviser.url()).pathname;

  const county = await t.page({ role: 'county' });
  await county.goto(need);
  await press(county.locator('main a:has-text("Følg")'));
  await t.axe(county, 'follow');
  await county.check('input[name=mode][value=now]');
  await county.click('main form button[type=submit]:has-text("Følg")');
  await county.waitForURL(/innstillinger/);
  t.ok((await county.locator('main table').innerText()).includes('E-post med en gang'), 'the need is not among what is followed');
  await t.axe(county, 'what one follows');

  const secretary = await t.page({ role: 'secretary' });
  const { token } = await (await secretary.request.post('/api/v1/demo/token', { data: { role: 'secretary' } })).json();
  const moved = await secretary.request.post(`/api/v1/needs/${need.split('/')[2]}/moves`, { data: { to: 'presented' }, headers: { Authorization: `Bearer ${token}` } });
  t.ok(moved.ok(), `not presented: ${moved.status()}`);

  const told = async (page, path, words) => {
    for (let i = 0; i < 40; i++) {
      await page.goto(path);
      if ((await page.locator('main').innerText()).includes(words)) return true;
      await page.waitForTimeout(250);
    }
    return false;
  };
  t.ok(await told(county, '/varsler', 'ble presentert i forumet i dag'), 'the county is not told');
  await t.axe(county, 'notices');
  await press(county.locator('main button:has-text("Merk alt som lest")'));
  t.ok((await county.locator('.kt-viewer__unread').count()) === 0, 'still unread');

  const owner = await t.page({ role: 'adviser' });
  t.ok(await told(owner, '/varsler', 'Behovet ditt ble presentert'), 'whoever registered it is not told');
  await owner.goto('/demo/post');
  await t.axe(owner, 'letters');
  await press(owner.locator('main tbody a').first());
  await t.axe(owner, 'a letter');
  const end = (await owner.locator('.kt-letter').innerText()).match(/http\S+\/varsler\/av\/\S+/)[0];
  const visitor = await t.page({});
  await visitor.goto(new URL(end).pathname);
  await t.axe(visitor, 'end the mail');
  await press(visitor.locator('main button:has-text("Stopp e-posten")'));
  t.ok((await visitor.locator('main').innerText()).includes('E-posten er stoppet'), 'the mail is not ended');
}
