// A page with ui.live follows what others do: when the server says that what it shows
// has changed, it is fetched anew, and the parts of it (data-part) that are different
// are put in. What somebody is writing in is never touched. With data-tell nothing is
// put in; the reader is told, and loads the page when it suits.

import htmx from "htmx.org";

import { clockTime, fill } from "./words";

/** How long a server that refuses is left alone, and how often it is asked. */
const rest = 15_000;
const most = 20;

export function live(): void {
  const box = document.querySelector<HTMLElement>("[data-watch]");
  if (!box || typeof EventSource === "undefined") return;
  // As the server sent them: the script adds things to them later.
  const sent = new Map(parts(document).map((p) => [p.dataset.part, p.outerHTML]));
  follow(box, sent);
}

function follow(box: HTMLElement, sent: Map<string | undefined, string>): void {
  const address = new URL(box.dataset.watch ?? "", location.href);
  let source: EventSource | null = null;
  let over = false;
  let refused = 0;
  let fetching = false;
  let again = false;

  const say = (state: string, text: string | undefined): void => {
    box.dataset.state = state;
    const line = box.querySelector("[role=status]");
    if (line && line.textContent !== text) line.textContent = text ?? "";
  };
  const close = (): void => {
    source?.close();
    source = null;
  };
  const end = (): void => {
    over = true;
    close();
    say("lost", box.dataset.ended);
  };

  const refresh = async (): Promise<void> => {
    if (fetching) {
      again = true;
      return;
    }
    fetching = true;
    do {
      again = false;
      const fresh = await fetchParts();
      if (fresh === "gone") end();
      else if (fresh === "failed") say("lost", box.dataset.lost);
      else {
        const names = merge(fresh, sent, () => void refresh());
        if (names.length > 0) say("on", fill(box.dataset.updated ?? "", { time: clockTime(new Date()), what: names.join(", ") }));
      }
    } while (again && !over);
    fetching = false;
  };

  const open = (): void => {
    if (source || over || document.hidden) return;
    source = new EventSource(address);
    source.addEventListener("open", () => {
      refused = 0;
      if (box.dataset.state !== "told" && box.dataset.state !== "on") say("on", box.dataset.following);
    });
    source.addEventListener("changed", (event) => {
      address.searchParams.set("sett", (event as MessageEvent).lastEventId);
      if (box.dataset.tell) say("told", box.dataset.tell);
      else void refresh();
    });
    source.addEventListener("end", end);
    source.addEventListener("error", () => {
      if (box.dataset.state !== "told") say("lost", box.dataset.lost);
      if (source?.readyState !== EventSource.CLOSED) return; // it comes back by itself
      close();
      if (++refused < most) window.setTimeout(open, rest);
    });
  };

  // A browser keeps few connections to one address: only the window that is seen follows.
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) close();
    else open();
  });
  window.addEventListener("pagehide", close);
  window.addEventListener("pageshow", open);
  open();
}

function parts(root: ParentNode): HTMLElement[] {
  return [...root.querySelectorAll<HTMLElement>("main > [data-part], body > [data-part]")];
}

async function fetchParts(): Promise<HTMLElement[] | "gone" | "failed"> {
  try {
    const answer = await fetch(location.pathname + location.search, { headers: { "HX-Request": "true" }, cache: "no-store", redirect: "error" });
    if (answer.status === 404 || answer.status === 403) return "gone";
    if (!answer.ok) return "failed";
    return parts(new DOMParser().parseFromString(await answer.text(), "text/html"));
  } catch {
    return "failed";
  }
}

/** merge puts in what is different and answers what that is called. later is called when
 *  a part that could not be touched can be. */
function merge(fresh: HTMLElement[], sent: Map<string | undefined, string>, later: () => void): string[] {
  const names: string[] = [];
  const here = new Map(parts(document).map((p) => [p.dataset.part, p]));
  let last: HTMLElement | null = null;
  for (const next of fresh) {
    const key = next.dataset.part;
    const html = next.outerHTML;
    const old = here.get(key);
    here.delete(key);
    if (old && sent.get(key) === html) {
      last = old;
      continue;
    }
    if (old && edited(old)) {
      old.addEventListener("focusout", () => window.setTimeout(later, 0), { once: true });
      last = old;
      continue;
    }
    last = old ? replace(old, html) : insert(last, next);
    sent.set(key, html);
    names.push(called(next));
  }
  for (const [key, gone] of here) {
    if (edited(gone)) continue;
    names.push(called(gone));
    gone.remove();
    sent.delete(key);
  }
  return [...new Set(names)].filter((n) => n !== "");
}

function called(part: HTMLElement): string {
  return part.dataset.name ?? part.querySelector("h1, h2")?.textContent?.trim() ?? "";
}

/** edited reports whether somebody writes in the part, or has written in it. */
function edited(part: HTMLElement): boolean {
  const fields = [...part.querySelectorAll<HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement>("input:not([type=hidden]), textarea, select")];
  return fields.some((f) => f === document.activeElement || dirty(f));
}

function dirty(f: HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement): boolean {
  if (f instanceof HTMLSelectElement) return [...f.options].some((o) => o.selected !== o.defaultSelected && !(f.selectedIndex === 0 && o.index === 0));
  if (f instanceof HTMLInputElement && (f.type === "checkbox" || f.type === "radio")) return f.checked !== f.defaultChecked;
  return f.value !== f.defaultValue;
}

function insert(after: HTMLElement | null, next: HTMLElement): HTMLElement {
  const part = document.importNode(next, true);
  if (after) after.after(part);
  else document.getElementById("main")?.append(part);
  htmx.process(part);
  part.dispatchEvent(new CustomEvent("htmx:load", { bubbles: true }));
  return part;
}

/** replace swaps the part and keeps the focus and what was folded out. */
function replace(old: HTMLElement, html: string): HTMLElement {
  const key = old.dataset.part ?? "";
  const active = old.contains(document.activeElement) ? document.activeElement : null;
  const place = active ? same(old, active) : -1;
  const open = [...old.querySelectorAll("details")].filter((d) => d.open).map((d) => d.querySelector("summary")?.textContent);
  htmx.swap(old, html, { swapStyle: "outerHTML", swapDelay: 0, settleDelay: 0 });
  const part = document.querySelector<HTMLElement>(`[data-part="${CSS.escape(key)}"]`) ?? old;
  for (const d of part.querySelectorAll("details")) {
    if (open.includes(d.querySelector("summary")?.textContent)) d.open = true;
  }
  if (active && !part.contains(document.activeElement)) {
    const target = find(part, active, place) ?? part;
    if (target === part) part.tabIndex = -1;
    target.focus({ preventScroll: true });
  }
  return part;
}

/** alike are the things in the part that can have the focus and say and lead to the same. */
function alike(part: HTMLElement, active: Element): HTMLElement[] {
  return [...part.querySelectorAll<HTMLElement>(active.tagName)].filter((e) => e.textContent === active.textContent && e.getAttribute("href") === active.getAttribute("href"));
}

function same(part: HTMLElement, active: Element): number {
  return alike(part, active).indexOf(active as HTMLElement);
}

function find(part: HTMLElement, active: Element, place: number): HTMLElement | undefined {
  const list = alike(part, active);
  return list[place] ?? list[0];
}
