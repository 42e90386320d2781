/* The network's picture, in step with the table. Without it, the table and the filters work alone. */

import { draw, placeOf, radiusOf, writeNames } from "./network_drawing.js";

const { L, htmx } = window;
const config = JSON.parse(document.getElementById("picture-config").textContent);
const form = document.getElementById("looking");
const results = document.getElementById("results");
const search = document.getElementById("q");
const year = document.getElementById("id_year");
const element = document.getElementById("picture");
const problem = document.getElementById("picture-problem");
const words = element.dataset;

const MOST_NAMES = { narrow: 12, wide: 30 };
const NARROW = 600; // pixels
const drawn = L.layerGroup();
const names = L.layerGroup();
const here = L.tooltip({ direction: "top", className: "node-here", offset: [0, -8] });
let marks = [];
let data = null;
let asking = null;
let shown = null; // whose circle the picture is set to

const map = L.map(element, {
  crs: L.CRS.Simple,
  renderer: L.canvas({ padding: 0.3, tolerance: 6 }),
  zoomControl: false,
  attributionControl: false,
  minZoom: -5,
  maxZoom: 3,
  zoomSnap: 0.1,
  scrollWheelZoom: false,
  zoomDelta: 0.75,
  fadeAnimation: false,
});
map.setView([0, 0], 0);
L.control.zoom({ position: "topright", zoomInTitle: words.zoomIn, zoomOutTitle: words.zoomOut }).addTo(map);
drawn.addTo(map);
names.addTo(map);
// The wheel scrolls the page, until somebody is in the picture.
map.on("focus", () => map.scrollWheelZoom.enable());
map.on("blur", () => map.scrollWheelZoom.disable());
map.on("moveend", write);
map.on("zoomend", resize);

const asked = () => {
  const query = new URLSearchParams(window.location.search);
  query.delete("page");
  return query;
};

async function load() {
  asking?.abort();
  asking = new AbortController();
  const query = asked();
  try {
    const answer = await fetch(`${words.source}?${query}`, { signal: asking.signal });
    if (!answer.ok) throw new Error(answer.status);
    data = await answer.json();
    show(`${query.get("ego")} ${query.get("steps")}`);
    problem.textContent = data.left_out ? words.leftOut.replace("{number}", data.left_out) : "";
  } catch (error) {
    if (error.name === "AbortError") return;
    problem.textContent = words.offline;
  }
}

/* Where one looks stays as it is, unless another circle is shown. */
function show(circle) {
  if (circle !== shown && data.nodes.length) {
    map.fitBounds(L.latLngBounds(data.nodes.map(placeOf)), { padding: [40, 40], maxZoom: 0.75, animate: false });
  }
  shown = circle;
  paint();
}

function paint() {
  here.remove();
  marks = draw(drawn, data, config, map.getZoom(), touch);
  const canvas = element.querySelector("canvas");
  canvas?.setAttribute("role", "img");
  canvas?.setAttribute("aria-label", words.title);
  write();
}

function resize() {
  for (const mark of marks) mark.setRadius(radiusOf(mark.node, map.getZoom()));
}

function write() {
  writeNames(map, names, marks, element.offsetWidth < NARROW ? MOST_NAMES.narrow : MOST_NAMES.wide);
}

function touch(mark) {
  mark.on("mouseover", () => tell(mark));
  mark.on("mouseout", () => here.remove());
  mark.on("click", () => (mark.node.id ? choose(mark.node) : tell(mark)));
}

function tell(mark) {
  const text = document.createElement("span");
  text.textContent = mark.node.name;
  here.setLatLng(mark.getLatLng()).setContent(text).openOn(map);
}

/* The circle of the asset; once more on the one in the middle: its page. */
function choose({ id, url }) {
  const ego = document.getElementById("ego");
  if (ego.value === id) {
    window.location.assign(url);
    return;
  }
  ego.value = id;
  ego.disabled = false;
  htmx.trigger(form, "change");
}

/* The year is said while one pulls, and asked for when one lets go. */
year?.addEventListener("input", () => {
  document.getElementById("year").textContent = year.value;
});

/* Addresses of pages carry only what was chosen. */
document.body.addEventListener("htmx:configRequest", ({ detail }) => {
  for (const [name, value] of [...detail.formData.entries()]) {
    if (value === "" || (name === "year" && value === year?.max)) detail.formData.delete(name);
  }
});

/* What was open stays open, and what had the focus keeps it. */
let opened = false;
let focused = null;
document.body.addEventListener("htmx:beforeSwap", () => {
  opened = document.getElementById("more").open;
  focused = results.contains(document.activeElement) ? document.activeElement.id : null;
});
document.body.addEventListener("htmx:afterSettle", () => {
  if (opened) document.getElementById("more").open = true;
  if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
  if (document.activeElement !== search) {
    search.value = new URLSearchParams(window.location.search).get("q") ?? "";
  }
  load();
});

/* A page that turns from light to dark, by day or by choice. */
window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => data && paint());
new ResizeObserver(() => map.invalidateSize()).observe(element);

load();
