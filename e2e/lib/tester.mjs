// What a journey gets: browsers in a role, checks, axe.
import { mkdir } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { AxeBuilder } from '@axe-core/playwright';
import { chromium } from 'playwright-core';
import { press } from './steps.mjs';

const paths = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const flags = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

export class Tester {
  passed = 0;

  static async start(url) {
    const t = new Tester();
    t.url = url;
    t.browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? paths.find(existsSync), args: flags });
    t.shots = process.env.SHOTS;
    if (t.shots) await mkdir(t.shots, { recursive: true });
    return t;
  }

  stop() {
    return this.browser.close();
  }

  // journey runs one journey and answers how many faults it had.
  async journey(title, run) {
    this.faults = [];
    this.contexts = [];
    const start = Date.now();
    try {
      await run(this);
    } catch (error) {
      this.faults.push(error.stack ?? String(error));
    }
    for (const c of this.contexts) await c.close();
    if (this.faults.length === 0) this.passed++;
    console.log(`${this.faults.length ? 'FAIL' : 'ok  '} ${title} (${((Date.now() - start) / 1000).toFixed(1)} s)`);
    for (const f of this.faults) console.log(`     ${f}`);
    return this.faults.length ? 1 : 0;
  }

  // page opens a page in a browser of its own. options: role (of the demo, or
  // 'own' for the account that was made on the way), at (what the demo bar calls
  // another in the same role: "NTNU Videre"; also written into the role after @), width,
  // scheme, lang, js.
  async page({ role: written = '', at: given = '', width = 1280, scheme = 'light', lang = 'nb', js = true } = {}) {
    const [role, at = given] = written.split('@');
    // Without motion: a press on what is still sliding into place reaches nothing.
    const context = await this.browser.newContext({
      viewport: { width, height: 900 }, colorScheme: scheme, reducedMotion: 'reduce', locale: 'nb-NO', javaScriptEnabled: js, baseURL: this.url, acceptDownloads: true,
    });
    this.contexts.push(context);
    await context.addCookies([{ name: 'sprak', value: lang, url: this.url }]);
    if (role) {
      const [path, form] = role === 'own' ? ['/logg-inn', this.account] : ['/demo/rolle', { role }];
      const answer = await context.request.post(path, { form, maxRedirects: 0 });
      this.ok(answer.status() === 303, `signing in as ${role} answers ${answer.status()}`);
    }
    context.setDefaultTimeout(15_000);
    const page = await context.newPage();
    if (at) {
      await page.goto('/');
      await page.locator('.kt-demo summary').click();
      await press(page.locator('.kt-demo button[name=account]', { hasText: at }));
    }
    page.on('console', (m) => m.type() === 'error' && !m.text().includes('status of 4') && this.faults.push(`${page.url()}: console: ${m.text()}`));
    page.on('pageerror', (e) => this.faults.push(`${page.url()}: ${e.message}`));
    page.on('request', (r) => {
      if (!r.url().startsWith(this.url) && !r.url().startsWith('data:')) this.faults.push(`${page.url()} asks another site: ${r.url()}`);
    });
    return page;
  }

  // ok notes a fault when the condition does not hold.
  ok(condition, message) {
    if (!condition) this.faults.push(message);
  }

  // axe checks the page as it stands now.
  async axe(page, name) {
    const result = await new AxeBuilder({ page }).setLegacyMode().withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice']).analyze();
    for (const v of result.violations) {
      this.faults.push(`${name}: axe ${v.id}: ${v.help} (${v.nodes.slice(0, 3).map((n) => n.target.join(' ')).join('; ')})`);
    }
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    this.ok(overflow <= 0, `${name}: scrolls ${overflow} px sideways`);
    if (this.shots) await page.screenshot({ path: `${this.shots}/${name.replaceAll(/[^a-z0-9]+/gi, '-')}.png`, fullPage: true });
  }
}
