// Keeps what is typed. A form with ui.draft in it is posted to the draft's
// address when the typing rests. When that fails, or there is no address, the
// text is kept in the browser under the draft's key until the form is sent or
// the reader signs out; what is found there later can be put back.

import { clockTime, fill } from "./words";

const prefix = "draft:";
const rest = 1500;

interface Kept {
  at: number;
  fields: [string, string][];
}

export function drafts(root: ParentNode): void {
  for (const box of root.querySelectorAll<HTMLElement>("[data-draft]")) {
    const form = box.closest("form");
    if (form && !box.dataset.ready) {
      box.dataset.ready = "yes";
      watch(form, box);
    }
  }
}

/** forgetDrafts empties the browser's store when the reader signs out. */
export function forgetDrafts(): void {
  document.addEventListener("submit", (event) => {
    if (!(event.target as Element).matches("[data-sign-out]")) return;
    for (const key of Object.keys(localStorage)) if (key.startsWith(prefix)) localStorage.removeItem(key);
  });
}

function watch(form: HTMLFormElement, box: HTMLElement): void {
  const key = prefix + (box.dataset.key || location.pathname);
  const status = box.querySelector("p");
  const say = (text: string): void => {
    if (status) status.textContent = text;
  };
  let pause = 0;
  let sent = false;

  const save = async (): Promise<void> => {
    if (sent) return;
    const fields = read(form);
    const now = clockTime(new Date());
    if (box.dataset.post) {
      say(box.dataset.saving ?? "");
      if (await post(box.dataset.post, fields)) {
        localStorage.removeItem(key);
        say(fill(box.dataset.saved ?? "", { time: now }));
        return;
      }
    }
    // The form may have been sent while the draft was on its way.
    if (sent) return;
    keep(key, { at: Date.now(), fields });
    say(fill((box.dataset.post ? box.dataset.offline : box.dataset.saved) ?? "", { time: now }));
  };

  const found = kept(key);
  if (found && differs(found, read(form))) offer(form, box, key, found);

  form.addEventListener("input", () => {
    clearTimeout(pause);
    pause = window.setTimeout(save, rest);
  });
  form.addEventListener("submit", () => {
    sent = true;
    clearTimeout(pause);
    localStorage.removeItem(key);
  });
  // Back to a form that was sent: it is alive again.
  window.addEventListener("pageshow", () => (sent = false));
}

/** read gives the text of the form; passwords and files are never kept. */
function read(form: HTMLFormElement): [string, string][] {
  const secret = new Set([...form.querySelectorAll<HTMLInputElement>("input[type=password], input[type=file]")].map((i) => i.name));
  return [...new FormData(form)].flatMap(([name, value]) =>
    typeof value === "string" && !secret.has(name) ? [[name, value] as [string, string]] : []);
}

async function post(address: string, fields: [string, string][]): Promise<boolean> {
  try {
    const answer = await fetch(address, { method: "POST", body: new URLSearchParams(fields), headers: { "HX-Request": "true" }, redirect: "error" });
    return answer.ok;
  } catch {
    return false;
  }
}

function keep(key: string, draft: Kept): void {
  try {
    localStorage.setItem(key, JSON.stringify(draft));
  } catch {
    // The store is full or closed; the text is still in the form.
  }
}

function kept(key: string): Kept | null {
  try {
    return JSON.parse(localStorage.getItem(key) ?? "null") as Kept | null;
  } catch {
    return null;
  }
}

function differs(found: Kept, now: [string, string][]): boolean {
  return JSON.stringify(found.fields) !== JSON.stringify(now);
}

/** offer asks whether to put back what was found. */
function offer(form: HTMLFormElement, box: HTMLElement, key: string, found: Kept): void {
  const line = document.createElement("div");
  line.className = "kt-draft__found";
  const text = document.createElement("span");
  const at = new Date(found.at);
  text.textContent = fill(box.dataset.found ?? "", { time: at.toLocaleDateString("nb-NO") + " " + clockTime(at) });
  line.append(text, button(box.dataset.restore, "", () => {
    putBack(form, found.fields);
    line.remove();
    form.dispatchEvent(new Event("input", { bubbles: true }));
  }), button(box.dataset.throw, "tertiary", () => {
    localStorage.removeItem(key);
    line.remove();
  }));
  box.prepend(line);
}

function button(label: string | undefined, variant: string, act: () => void): HTMLButtonElement {
  const b = document.createElement("button");
  b.type = "button";
  b.className = "ds-button";
  b.dataset.variant = variant || "secondary";
  b.textContent = label ?? "";
  b.addEventListener("click", act);
  return b;
}

function putBack(form: HTMLFormElement, fields: [string, string][]): void {
  const values = new Map<string, string[]>();
  for (const [name, value] of fields) values.set(name, [...(values.get(name) ?? []), value]);
  for (const control of form.elements) {
    if (control instanceof HTMLInputElement && (control.type === "checkbox" || control.type === "radio")) {
      control.checked = values.get(control.name)?.includes(control.value) ?? false;
    } else if (control instanceof HTMLInputElement || control instanceof HTMLTextAreaElement || control instanceof HTMLSelectElement) {
      const value = values.get(control.name)?.[0];
      if (value !== undefined && control.type !== "hidden" && control.type !== "password" && control.type !== "file") control.value = value;
    }
  }
}
