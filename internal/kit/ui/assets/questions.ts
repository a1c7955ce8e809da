// Keeps ui.questions up to date while somebody answers: when an answer is
// changed, the form is sent to data-live, which answers the questions anew. Only
// what has come, gone or been worked out is put in; a field that somebody may be
// writing in is never touched.

export function questions(root: ParentNode): void {
  for (const part of root.querySelectorAll<HTMLElement>("[data-live]")) {
    const form = part.closest("form");
    if (!form || !part.dataset.live || part.dataset.ready) continue;
    part.dataset.ready = "yes";
    let asked = 0;
    form.addEventListener("change", async () => {
      const mine = ++asked;
      const fresh = await ask(part.dataset.live ?? "", form);
      if (fresh && mine === asked) merge(part, fresh);
    });
  }
}

async function ask(address: string, form: HTMLFormElement): Promise<HTMLElement | null> {
  const fields = [...new FormData(form)].filter((f): f is [string, string] => typeof f[1] === "string");
  try {
    const answer = await fetch(address, { method: "POST", body: new URLSearchParams(fields), headers: { "HX-Request": "true" }, redirect: "error" });
    if (!answer.ok) return null;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    return page.querySelector<HTMLElement>("[data-live]");
  } catch {
    return null; // the button "Oppdater" says what is wrong
  }
}

/** merge makes the list of questions the same as the fresh one. */
function merge(now: Element, fresh: Element): void {
  const list = (e: Element): HTMLElement[] => [...e.querySelectorAll<HTMLElement>("[data-asked]")].filter((x) => x.parentElement?.closest("[data-asked], [data-live]") === e);
  const old = new Map(list(now).map((e) => [e.id, e]));
  for (const next of list(fresh)) {
    let here = old.get(next.id);
    old.delete(next.id);
    if (!here) {
      here = document.importNode(next, true);
      put(here, next, now);
      here.dispatchEvent(new CustomEvent("htmx:load", { bubbles: true }));
    } else if (here.dataset.asked !== next.dataset.asked && !here.contains(document.activeElement)) {
      const other: HTMLElement = document.importNode(next, true);
      here.replaceWith(other);
      other.dispatchEvent(new CustomEvent("htmx:load", { bubbles: true }));
      here = other;
    } else {
      for (const told of next.querySelectorAll("[data-told]")) {
        const place = document.getElementById(told.id);
        if (place && here.contains(place) && place.innerHTML !== told.innerHTML) place.innerHTML = told.innerHTML;
      }
      merge(here, next);
    }
  }
  for (const gone of old.values()) gone.remove();
}

/** put places what has come beside what it stands beside in the fresh list. */
function put(here: HTMLElement, fresh: HTMLElement, holder: Element): void {
  const same = (e: Element | null): HTMLElement | null => (e?.id ? document.getElementById(e.id) : null);
  const before = same(fresh.previousElementSibling);
  const after = same(fresh.nextElementSibling);
  if (before) before.after(here);
  else if (after) after.before(here);
  else holder.append(here);
}
