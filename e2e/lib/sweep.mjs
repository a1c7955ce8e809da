// Every page, opened in each language and light, on a narrow screen and without
// JavaScript, with axe.
import { pages } from './pages.mjs';

const looks = [
  { name: 'nn dark', lang: 'nn', scheme: 'dark' },
  { name: 'en 320', lang: 'en', width: 320 },
];
const moreLooks = [
  { name: 'nb', lang: 'nb' },
  { name: 'nb 320 dark', lang: 'nb', width: 320, scheme: 'dark' },
];

// sweep opens every page in two looks that cover language, light and width;
// with thorough, in four.
export async function sweep(t, thorough = false) {
  const byRole = new Map();
  for (const p of await pages(t)) byRole.set(p.role, [...(byRole.get(p.role) ?? []), p]);
  const rounds = [...looks, ...(thorough ? moreLooks : [])].flatMap((look) => [...byRole].map(([role, list]) => () => looksAt(t, look, role, list)));
  for (const [role, list] of byRole) rounds.push(() => withoutScript(t, role, list));
  // Two at a time: the machine that tests has two cores.
  const worker = async () => {
    for (let round = rounds.shift(); round; round = rounds.shift()) await round();
  };
  await Promise.all([worker(), worker()]);
}

async function looksAt(t, look, role, list) {
  const page = await t.page({ ...look, role });
  for (const p of list) {
    const name = `${p.path} as ${role || 'visitor'}, ${look.name}`;
    await opens(t, page, p, name);
    await t.axe(page, name);
  }
  await page.context().close();
}

// withoutScript: axe needs JavaScript; without it a page must still answer and
// say what it is about.
async function withoutScript(t, role, list) {
  const page = await t.page({ role, js: false });
  for (const p of list) await opens(t, page, p, `${p.path} as ${role || 'visitor'}, without JavaScript`);
  await page.context().close();
}

async function opens(t, page, p, name) {
  const answer = await page.goto(p.path);
  t.ok(answer.status() === p.status, `${name} answers ${answer.status()}`);
  t.ok(new URL(page.url()).pathname === new URL(p.path, t.url).pathname, `${name} leads to ${page.url()}`);
  const headings = await page.locator('h1').count();
  t.ok(headings === 1, `${name} has ${headings} h1`);
}
