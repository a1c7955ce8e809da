// The map shows where the needs are, with the same figures in a table beside it.
export const title = 'the map of needs, and its table';

export async function run(t) {
  const page = await t.page({ role: 'county' });
  await page.goto('/behov/kart');
  t.ok((await page.locator('main svg title').count()) > 0, 'the map has no title');
  t.ok((await page.locator('main table tbody tr').count()) >= 5, 'the table beside the map is empty');
  await t.axe(page, 'map');
  const visitor = await t.page({ width: 320 });
  await visitor.goto('/behov/kart');
  await t.axe(visitor, 'map for visitors at 320 px');
}
