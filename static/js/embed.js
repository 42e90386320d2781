/* The map inside somebody else's page: the filter's assets, whose pages open beside it. */

import { createMap, fitArea, readConfig, words } from "./map.js";
import { drawFeatures, popupFor } from "./pins.js";

const { L } = window;
const config = readConfig();
const element = document.getElementById("map");
const problem = document.getElementById("map-problem");
const hits = L.layerGroup();
let asking = null;

const map = createMap(element, config, { scrollWheelZoom: false }); // the page around it scrolls
hits.addTo(map);
fitArea(map, config);

async function load() {
  asking?.abort();
  asking = new AbortController();
  const source = new URL(element.dataset.source, window.location.href);
  if (!source.searchParams.has("bbox")) {
    source.searchParams.set("bbox", map.getBounds().pad(0.1).toBBoxString());
  }
  source.searchParams.set("zoom", map.getZoom());
  try {
    const answer = await fetch(source, { signal: asking.signal, credentials: "omit" });
    if (!answer.ok) throw new Error(answer.status);
    const collection = await answer.json();
    drawFeatures(hits, collection, config, { pick, open });
    problem.textContent = collection.capped ? words().capped : "";
  } catch (error) {
    if (error.name !== "AbortError") problem.textContent = words().offline;
  }
}

function open(position) {
  map.setView(position, Math.min(map.getZoom() + 2, map.getMaxZoom()));
}

function pick(properties, marker, event) {
  const content = popupFor(properties);
  const link = content.querySelector("a");
  Object.assign(link, { target: "_blank", rel: "noopener" });
  L.popup({ offset: [0, -10] }).setLatLng(marker.getLatLng()).setContent(content).openOn(map);
  if (event.type === "keydown") link.focus();
}

map.on("popupopen", ({ popup }) => {
  popup.getElement().querySelector(".leaflet-popup-close-button").ariaLabel = words().close;
});
map.on("moveend", load);
load();
