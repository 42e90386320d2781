/* Explore: keeps the map in step with the list. Without it, the list and the filters work alone. */

import { createMap, fitArea, readConfig, words } from "./map.js";
import { drawFeatures, popupFor } from "./pins.js";

const { L, htmx } = window;
const config = readConfig();
const form = document.getElementById("explore");
const results = document.getElementById("results");
const search = document.getElementById("q");
const follow = document.getElementById("follow");
const element = document.getElementById("map");
const problem = document.getElementById("map-problem");
const page = document.querySelector(".explore");

const hits = L.layerGroup();
const halo = L.circleMarker([0, 0], { className: "halo", radius: 20, interactive: false });
let map = null;
let selected = null;
let asking = null;

/* Where the map is not shown, as on a phone at first, none of it is fetched. */
function startMap() {
  if (map || !element.offsetWidth) return;
  document.getElementById("map-style").media = "all";
  map = createMap(element, config);
  hits.addTo(map);
  map.on("popupopen", ({ popup }) => {
    popup.getElement().querySelector(".leaflet-popup-close-button").ariaLabel = words().close;
  });
  const bbox = new URLSearchParams(window.location.search).get("bbox")?.split(",").map(Number);
  if (bbox?.length === 4 && bbox.every(Number.isFinite)) {
    map.fitBounds([[bbox[1], bbox[0]], [bbox[3], bbox[2]]]);
  } else {
    fitArea(map, config);
  }
  map.on("moveend", () => {
    load();
    if (follow.checked) narrowTo(map.getBounds());
  });
  if (element.dataset.add) map.on("contextmenu", offerToAdd);
  load();
}

/* A coordinator who presses long, or clicks right, may add something at that point. */
function offerToAdd({ latlng }) {
  const link = document.createElement("a");
  const [latitude, longitude] = [latlng.lat.toFixed(6), latlng.lng.toFixed(6)];
  link.href = `${element.dataset.add}?latitude=${latitude}&longitude=${longitude}`;
  link.textContent = words().add;
  L.popup().setLatLng(latlng).setContent(link).openOn(map);
}

/* The map asks for the same filter as the list, inside what it shows. */
async function load() {
  if (!map) return;
  asking?.abort();
  asking = new AbortController();
  const query = new URLSearchParams(window.location.search);
  query.delete("page");
  query.set("bbox", map.getBounds().pad(0.1).toBBoxString());
  query.set("zoom", map.getZoom());
  if (selected) query.set("selected", selected);
  try {
    const answer = await fetch(`${element.dataset.source}?${query}`, { signal: asking.signal });
    if (!answer.ok) throw new Error(answer.status);
    const collection = await answer.json();
    drawFeatures(hits, collection, config, { pick, open });
    problem.textContent = collection.capped && !selected ? words().capped : "";
  } catch (error) {
    if (error.name === "AbortError") return;
    problem.textContent = words().offline;
  }
}

function open(position, { count, url }, { type }) {
  if (url) {
    window.location.assign(url); // an area
    return;
  }
  if (type === "keydown") element.focus(); // the cluster itself is about to go
  if (map.getZoom() >= map.getMaxZoom() - 1 || (map.getZoom() >= 19 && count > 1)) {
    narrowTo(L.latLng(position).toBounds(12));
  } else {
    map.setView(position, Math.min(map.getZoom() + 2, map.getMaxZoom()));
  }
}

function pick(properties, marker, event) {
  select(properties.uid);
  const content = popupFor(properties);
  L.popup({ offset: [0, -10], autoPan: false })
    .setLatLng(marker.getLatLng())
    .setContent(content)
    .openOn(map);
  if (event.type === "keydown") content.querySelector("a").focus();
}

/* Escape closes the popup from anywhere on the map, and gives the focus back to its pin. */
element.addEventListener("keydown", ({ key }) => {
  if (key !== "Escape" || !map) return;
  map.closePopup();
  hits.getLayers().find((layer) => layer.uid && layer.uid === selected)?.getElement().focus();
});

function select(uid) {
  selected = uid;
  for (const card of results.querySelectorAll(".card")) {
    card.classList.toggle("on", card.dataset.uid === uid);
  }
  const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  results.querySelector(".card.on")
    ?.scrollIntoView({ block: "nearest", behavior: still ? "auto" : "smooth" });
  load();
}

/* Hovering or focusing a card shows where it is, also inside a cluster. */
function point(event) {
  const position = event.target.closest?.(".card")?.dataset.position;
  if (position && map) halo.setLatLng(position.split(",").map(Number)).addTo(map);
  else halo.remove();
}
results.addEventListener("pointerover", point);
results.addEventListener("focusin", point);
results.addEventListener("pointerleave", () => halo.remove());
results.addEventListener("click", (event) => {
  const card = event.target.closest(".card");
  if (!map || !card || event.target.closest("a, button, input, label") || !card.dataset.position) return;
  select(card.dataset.uid);
  const position = card.dataset.position.split(",").map(Number);
  if (!map.getBounds().pad(-0.1).contains(position)) map.panTo(position);
});

/* Moving the map narrows the list, when asked to. */
function narrowTo(bounds) {
  const bbox = document.getElementById("bbox");
  bbox.value = bounds ? bounds.toBBoxString() : "";
  bbox.disabled = !bounds;
  htmx.trigger(form, "change");
}
follow.addEventListener("change", () => narrowTo(follow.checked ? map.getBounds() : null));

/* Addresses of pages carry only what was chosen. */
document.body.addEventListener("htmx:configRequest", ({ detail }) => {
  for (const [name, value] of [...detail.formData.entries()]) {
    if (value === "") detail.formData.delete(name);
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
  if (document.getElementById("bbox").disabled) follow.checked = false;
  load();
});

/* Addresses are suggested from the first time that somebody is in their field. */
results.addEventListener("focusin", async ({ target }) => {
  if (target.id !== "near" || target.dataset.suggests) return;
  const { suggestAddresses } = await import("./address.js");
  suggestAddresses(target);
  // What was typed while the script was on its way counts too.
  if (target.value !== target.defaultValue) target.dispatchEvent(new Event("input"));
});

/* The search box suggests from the first time that somebody is in it. */
const box = document.getElementById("suggestions");
const startSuggesting = async () => {
  const { suggest } = await import("./suggest.js");
  suggest(search, box, (words) => {
    search.value = words;
    htmx.trigger(form, "submit");
  });
};
if (box) search.addEventListener("focus", startSuggesting, { once: true });
if (box && document.activeElement === search) startSuggesting();

/* Phones show the list or the map. */
for (const button of document.querySelectorAll(".switch button")) {
  button.addEventListener("click", () => {
    page.classList.toggle("shows-map", button.dataset.show === "map");
    for (const other of document.querySelectorAll(".switch button")) {
      other.setAttribute("aria-pressed", String(other === button));
    }
    startMap();
    map?.invalidateSize();
  });
}

startMap();
window.addEventListener("resize", startMap);
