// A press on a circle of the map opens what it stands for. The table beside the
// map holds the same as links.

export function maps(): void {
  document.addEventListener("click", (event) => {
    const mark = (event.target as Element).closest<SVGGElement>(".kt-map__points [data-href]");
    const href = mark?.dataset.href;
    if (href && new URL(href, location.href).origin === location.origin) location.assign(href);
  });
}
