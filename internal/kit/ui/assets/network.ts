// When a part of the page cannot be fetched the reader is told, once, at the
// top of the content; what stands there stays.

import { word } from "./words";

export function network(): void {
  const tell = (): void => {
    document.getElementById("network-error")?.remove();
    const text = document.createElement("p");
    text.textContent = word("networkError");
    const notice = document.createElement("div");
    notice.id = "network-error";
    notice.className = "ds-alert kt-notice";
    notice.dataset.color = "danger";
    notice.setAttribute("role", "alert");
    notice.append(text);
    document.getElementById("main")?.prepend(notice);
  };
  document.addEventListener("htmx:sendError", tell);
  document.addEventListener("htmx:responseError", tell);
  document.addEventListener("htmx:afterOnLoad", () => document.getElementById("network-error")?.remove());
}
