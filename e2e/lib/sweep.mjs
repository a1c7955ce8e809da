// Every kind of page, opened once in each language and light, on a narrow
// screen and without JavaScript, with axe.
import { pages } from './pages.mjs';

const looks = [
  { name: 'nb', lang: 'nb' },
  { name: 'nn', lang: 'nn', scheme: 'dark' },
  { name: 'en', lang: 'en', width: 320 },
  { name: '320 dark', lang: 'nb', width: 320, scheme: 'dark' },
];

export async function sweep(t) {
  for (const look of looks) {
    const byRole = group(await pages(t));
    for (const [role, list] of byRole) {
      const page = await t.page({ ...look, role });
      for (const p of list) await visit(t, page, p, look.name);
      await page.context().close();
    }
  }
  // axe needs JavaScript; without it a page must still say what it is about.
  for (const p of await pages(t)) {
    const page = await t.page({ role: p.role, js: false });
    const answer = await page.goto(p.path);
    t.ok(answer.status() === (p.status ?? 200), `without JavaScript ${p.path} answers ${answer.status()}`);
    t.ok((await page.locator('h1').count()) === 1, `without JavaScript ${p.path} has no heading`);
    await page.context().close();
  }
}

async function visit(t, page, p, look) {
  const answer = await page.goto(p.path);
  const name = `${p.path} as ${p.role || 'visitor'}, ${look}`;
  t.ok(answer.status() === (p.status ?? 200), `${name} answers ${answer.status()}`);
  t.ok((await page.locator('h1').count()) === 1, `${name} has ${await page.locator('h1').count()} h1`);
  await t.axe(page, name);
}

function group(list) {
  const out = new Map();
  for (const p of list) out.set(p.role, [...(out.get(p.role) ?? []), p]);
  return out;
}
