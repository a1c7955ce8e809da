// Looks at every component in a browser: on a wide screen and on the narrowest
// phone, light and dark, with the product's content security policy. Fails on
// any axe violation, on sideways scrolling, on targets under 44 px, on what the
// policy blocked and on errors in the console.
//
//   node e2e/gallery.mjs [folder for the pictures]
//
// Needs the bundle (go generate ./internal/kit/ui) and Chromium.

import { execFileSync } from "node:child_process";
import { mkdtempSync, mkdirSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { basename, extname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { AxeBuilder } from "@axe-core/playwright";
import { chromium } from "playwright-core";

const root = fileURLToPath(new URL("..", import.meta.url));
const dist = join(root, "internal/kit/ui/dist");
const pictures = process.argv[2] ?? mkdtempSync(join(tmpdir(), "gallery-"));
mkdirSync(pictures, { recursive: true });

const policy = "default-src 'self'; img-src 'self' data:; worker-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'";
const kinds = { ".css": "text/css", ".js": "text/javascript", ".woff2": "font/woff2", ".svg": "image/svg+xml" };

/** page is the gallery as the Go test writes it. */
function page() {
  const file = join(mkdtempSync(join(tmpdir(), "gallery-")), "gallery.html");
  execFileSync("go", ["test", "-count=1", "-run", "^TestGallery$", "./internal/kit/ui"], {
    cwd: root, env: { ...process.env, KOMPETANSETORG_GALLERY: file }, stdio: ["ignore", "ignore", "inherit"],
  });
  return readFileSync(file);
}

function serve(html) {
  const server = createServer((request, response) => {
    const path = new URL(request.url, "http://localhost").pathname;
    response.setHeader("Content-Security-Policy", policy);
    if (path.startsWith("/assets/")) {
      response.setHeader("Content-Type", kinds[extname(path)] ?? "application/octet-stream");
      response.end(readFileSync(basename(path) === "mark.svg" ? join(dist, "../assets/mark.svg") : join(dist, basename(path))));
      return;
    }
    if (request.headers.accept === "text/event-stream") { // what a live page follows; nothing happens here
      response.writeHead(200, { "Content-Type": "text/event-stream" });
      response.write(": følger\n\n");
      return;
    }
    response.setHeader("Content-Type", "text/html; charset=utf-8");
    response.end(html);
  });
  return new Promise((done) => server.listen(0, "127.0.0.1", () => done(server)));
}

/** smallTargets lists what can be pressed and is under 44 px high or 24 px
 *  wide; links inside running text are exempt (WCAG 2.5.8). */
function smallTargets() {
  const pressable = "a[href], button, summary, input:not([type=hidden]), select, textarea";
  return [...document.querySelectorAll(pressable)].filter((e) => e.checkVisibility() && !e.closest(".kt-skip, p, .kt-hint, caption")).flatMap((e) => {
    const boxed = e.matches("[type=radio], [type=checkbox]") ? e.labels[0] ?? e : e;
    const { width, height } = boxed.getBoundingClientRect();
    if (width < 2 || (height >= 43.5 && width >= 24)) return [];
    return [`${e.tagName.toLowerCase()}.${e.className} "${(e.textContent || e.name || "").trim().slice(0, 30)}" ${Math.round(width)}x${Math.round(height)}`];
  });
}

/** behaviour tries what the script adds. */
async function behaviour() {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, permissions: ["clipboard-read", "clipboard-write"] });
  const tab = await context.newPage();
  tab.on("pageerror", (e) => fault("behaviour", `script: ${e.message}`));
  const check = (what, ok) => ok || fault("behaviour", what);
  await tab.goto(address);

  check("the error summary has no focus", await tab.locator(".ds-error-summary").evaluate((e) => e === document.activeElement));
  await tab.evaluate(() => { document.body.tabIndex = -1; document.body.focus(); document.body.removeAttribute("tabindex"); scrollTo(0, 0); });
  await tab.keyboard.press("Tab");
  check("the skip link is not the first stop, or not in view", await tab.locator(".kt-skip").evaluate((e) => e === document.activeElement && e.getBoundingClientRect().height > 30));
  await tab.screenshot({ path: join(pictures, "focus-skip.png"), clip: { x: 0, y: 0, width: 1280, height: 300 } });
  for (let i = 0; i < 4; i++) await tab.keyboard.press("Tab");
  await tab.screenshot({ path: join(pictures, "focus-header.png"), clip: { x: 0, y: 0, width: 1280, height: 300 } });

  const text = tab.getByLabel("Hva trenger virksomheten?");
  await text.fill("a".repeat(203));
  check("the counter does not say what is too much", await tab.getByText("3 tegn for mye").first().isVisible());
  check("the counter cut the text", (await text.inputValue()).length === 203);

  await tab.getByRole("button", { name: "Trekk behovet" }).click();
  check("no question before withdrawing", await tab.getByRole("dialog", { name: /Vil du trekke behovet/ }).isVisible());
  await tab.screenshot({ path: join(pictures, "confirm.png") });
  await tab.getByRole("button", { name: "Behold det" }).click();
  check("the question stays", (await tab.getByRole("dialog").count()) === 0);
  check("focus is not back at the button", await tab.getByRole("button", { name: "Trekk behovet" }).evaluate((e) => e === document.activeElement));

  await tab.route("**/steder*", (route) => route.abort());
  await tab.getByLabel("Kommune", { exact: true }).selectOption("5058");
  await tab.getByText("Fikk ikke kontakt med tjenesten.").waitFor();
  await tab.unroute("**/steder*");

  await tab.getByRole("button", { name: "Kopier" }).click();
  await tab.getByText("Lenken er kopiert").waitFor();
  check("the link is not copied", (await tab.evaluate(() => navigator.clipboard.readText())).includes("/f/"));

  const last = tab.getByRole("main").getByRole("link", { name: "API og åpne data" });
  check("the long list is not shortened", !(await last.isVisible()));
  await tab.getByRole("button", { name: "Vis alle 4" }).click();
  check("the long list does not open", await last.isVisible());

  await text.fill("Vi mangler en kokk");
  await tab.getByText(/Utkast lagret/).waitFor();
  await tab.reload();
  check("the draft is put back without asking", (await text.inputValue()) !== "Vi mangler en kokk");
  await tab.getByRole("button", { name: "Hent den fram" }).click();
  check("the draft is not put back", (await text.inputValue()) === "Vi mangler en kokk");
  const sent = tab.waitForRequest((r) => r.method() === "POST" && r.url().endsWith("/behov"));
  await tab.getByRole("button", { name: "Lagre utkast" }).click();
  check("the form was sent without its button", new URLSearchParams((await sent).postData()).get("save") === "draft");
  await tab.goto(address);
  check("a sent draft is kept", (await tab.getByRole("button", { name: "Hent den fram" }).count()) === 0);

  await text.fill("Noe personlig");
  await tab.getByText(/Utkast lagret/).waitFor();
  await tab.getByRole("button", { name: "Logg ut" }).click();
  await tab.waitForURL("**/logg-ut");
  check("signing out leaves text in the browser", (await tab.evaluate(() => localStorage.length)) === 0);
  await context.close();
}

/** withoutScript opens the menu of a phone and the filter with no JavaScript. */
async function withoutScript() {
  const context = await browser.newContext({ viewport: { width: 320, height: 640 }, javaScriptEnabled: false });
  const tab = await context.newPage();
  await tab.goto(address);
  const strategy = tab.getByRole("link", { name: "Strategi" });
  if (await strategy.isVisible()) fault("no script", "the menu is open at once");
  await tab.getByRole("button", { name: "Meny" }).click();
  if (!(await strategy.isVisible())) fault("no script", "the menu does not open");
  await tab.getByRole("button", { name: "Lukk" }).click();
  if (await strategy.isVisible()) fault("no script", "the menu does not close");
  if (await tab.getByRole("button", { name: "Kopier" }).isVisible()) fault("no script", "a button that needs script is shown");
  await context.close();
}

const server = await serve(page());
const address = `http://127.0.0.1:${server.address().port}/`;
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});
let faults = 0;
const fault = (where, text) => {
  faults++;
  console.error(`${where}: ${text}`);
};

for (const width of [1280, 768, 320]) {
  for (const colorScheme of ["light", "dark"]) {
    const name = `${width}-${colorScheme}`;
    const context = await browser.newContext({ viewport: { width, height: width > 700 ? 900 : 640 }, colorScheme, reducedMotion: "reduce" });
    const tab = await context.newPage();
    tab.on("console", (m) => ["error", "warning"].includes(m.type()) && fault(name, `console: ${m.text()}`));
    tab.on("pageerror", (e) => fault(name, `script: ${e.message}`));
    await tab.goto(address);
    await tab.evaluate(() => document.fonts.ready);
    await tab.evaluate(() => { document.activeElement?.blur(); scrollTo(0, 0); });

    const scroll = await tab.evaluate(() => document.documentElement.scrollWidth);
    if (scroll > width) fault(name, `the page is ${scroll} px wide`);
    for (const t of await tab.evaluate(smallTargets)) fault(name, `small target: ${t}`);
    const { violations } = await new AxeBuilder({ page: tab }).analyze();
    for (const v of violations) fault(name, `axe ${v.id}: ${v.help}: ${v.nodes.map((n) => `${n.target} ${n.any[0]?.message ?? ""}`).join("; ")}`);
    await tab.screenshot({ path: join(pictures, `${name}.png`), fullPage: true });
    if (width < 1024) {
      await tab.getByRole("button", { name: "Meny" }).click();
      await tab.getByRole("link", { name: "Strategi" }).waitFor({ state: "visible" });
      for (const t of await tab.evaluate(smallTargets)) fault(name, `small target in the menu: ${t}`);
      await tab.screenshot({ path: join(pictures, `${name}-menu.png`) });
    }
    await context.close();
  }
}
await behaviour();
await withoutScript();
await browser.close();
server.close();
console.log(`pictures in ${pictures}; ${faults} faults`);
process.exit(faults ? 1 : 0);
