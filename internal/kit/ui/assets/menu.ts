// Closes the menu of a phone when the screen becomes wide, and the list of demo
// roles on a press outside or Escape.

export function menu(): void {
  const panel = document.getElementById("menu");
  window.matchMedia("(width >= 64rem)").addEventListener("change", () => {
    if (panel?.matches(":popover-open")) panel.hidePopover();
  });

  const roles = document.querySelector<HTMLDetailsElement>(".kt-demo__roles");
  document.addEventListener("click", (event) => {
    if (roles?.open && !roles.contains(event.target as Node)) roles.open = false;
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && roles?.open) {
      roles.open = false;
      roles.querySelector("summary")?.focus();
    }
  });
}
