/* The small map on an asset's page: the asset, its ties and their other ends. */

import { createMap, readConfig } from "./map.js";
import { drawFeatures } from "./pins.js";

const { L } = window;
const config = readConfig();
const element = document.getElementById("map");
const position = element.dataset.position.split(",").map(Number);
const map = createMap(element, config, { scrollWheelZoom: false });
const ties = L.featureGroup().addTo(map);

async function load() {
  map.setView(position, 16, { animate: false });
  const answer = await fetch(`${element.dataset.source}&zoom=16`);
  const collection = await answer.json();
  collection.features = collection.features.filter(
    ({ properties }) => properties.selected || properties.tied || properties.tie,
  );
  const pick = ({ url, uid }) => {
    if (uid !== element.dataset.uid) window.location.assign(url);
  };
  drawFeatures(ties, collection, config, { pick });
  if (collection.features.length > 1) {
    map.fitBounds(ties.getBounds().pad(0.15), { maxZoom: 17, animate: false });
  }
}

load();
