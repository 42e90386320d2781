/* What stands on the map: pins, clusters that tell the mix of layers, outlines and ties. */

import { words } from "./map.js";

const { L } = window;
const MOST_NAMES = 40; // of areas, before they cover each other

/** The icon of one asset: its layer's shape, taken from the shapes in the page. */
export function pinIcon(number, more = "") {
  return L.divIcon({
    className: `pin layer-${number} ${more}`,
    html: `<svg viewBox="0 0 24 24" aria-hidden="true"><use href="#shape-${number}"/></svg>`,
    iconSize: [30, 30],
  });
}

/** A ring whose arcs show how many there are of each layer. */
export function clusterIcon({ count, layers }, numbers) {
  const digits = String(count).length;
  const size = [40, 40, 46, 54][digits] ?? 62;
  let start = 0;
  const arcs = Object.entries(layers).map(([layer, n]) => {
    const share = (100 * n) / count;
    const arc = `<circle class="arc layer-${numbers[layer].number}" cx="24" cy="24" r="19" `
      + `pathLength="100" stroke-dasharray="${share} ${100 - share}" stroke-dashoffset="${-start}"/>`;
    start += share;
    return arc;
  });
  return L.divIcon({
    className: "cluster",
    html: `<svg viewBox="0 0 48 48" aria-hidden="true"><circle class="disc" cx="24" cy="24" r="22"/>`
      + `${arcs.join("")}<text class="digits-${digits}" x="24" y="24" dy=".35em">${count}</text></svg>`,
    iconSize: [size, size],
  });
}

function clusterTitle({ count, layers, area }, numbers) {
  const mix = Object.entries(layers).map(
    ([layer, n]) => `${n} ${n === 1 ? numbers[layer].singular : numbers[layer].plural}`,
  );
  const template = area ? words().area.replace("{area}", () => area) : words().cluster;
  return template.replace("{count}", count).replace("{layers}", mix.join(", "));
}

/** Leaflet clicks a marker by mouse and touch; this adds Enter and the space bar. */
function onChoice(marker, choose) {
  marker.on("click", choose);
  marker.on("add", () => marker.getElement().addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    choose(event);
  }));
}

/** Draw a feature collection into a layer group, and keep the focus on the pin that has it.
    `pick(properties, marker, event)` is called for a pin, `open(position, properties)` for a
    cluster. */
export function drawFeatures(group, collection, config, { pick, open }) {
  const numbers = Object.fromEntries(config.layers.map((layer) => [layer.value, layer]));
  const focused = group.getLayers().find(
    (layer) => layer.uid && layer.getElement() === document.activeElement,
  )?.uid;
  const special = new Set(
    collection.features.map(({ properties }) => properties)
      .filter(({ selected, tied }) => selected || tied).map(({ uid }) => uid),
  );
  const named = collection.features.length <= MOST_NAMES;
  group.clearLayers();
  for (const { geometry, properties } of collection.features) {
    const [longitude, latitude] = geometry.coordinates;
    const drawnLater = special.has(properties.uid) && !properties.selected && !properties.tied;
    if (drawnLater) continue;
    if (properties.tie) {
      const ends = geometry.coordinates.map(([lon, lat]) => [lat, lon]);
      L.polyline(ends, { className: "tie", interactive: false }).addTo(group);
    } else if (properties.cluster) {
      const title = clusterTitle(properties, numbers);
      const marker = L.marker([latitude, longitude], {
        icon: clusterIcon(properties, numbers), title,
      });
      onChoice(marker, (event) => open([latitude, longitude], properties, event));
      if (properties.area && named) nameArea(marker, properties.area);
      marker.addTo(group);
    } else {
      const marker = drawPin(group, [latitude, longitude], properties, numbers, pick);
      if (properties.uid === focused) marker.getElement().focus({ preventScroll: true });
    }
  }
}

/* Set as text, never as HTML. */
function nameArea(marker, name) {
  const text = document.createElement("span");
  text.textContent = name;
  marker.bindTooltip(text, {
    permanent: true, direction: "bottom", offset: [0, 18], className: "area-name", pane: "area-names",
  });
}

function drawPin(group, position, properties, numbers, pick) {
  const { number } = numbers[properties.layer];
  if (properties.outline) {
    L.geoJSON(properties.outline, { className: `outline layer-${number}`, interactive: false })
      .addTo(group);
  }
  const more = properties.selected ? "selected" : properties.tied ? "tied" : "";
  const marker = L.marker(position, {
    icon: pinIcon(number, more),
    title: properties.name,
    zIndexOffset: more ? 1000 : 0,
  });
  marker.uid = properties.uid;
  onChoice(marker, (event) => pick(properties, marker, event));
  return marker.addTo(group);
}

/** A small card for a pin: the name as a link. Text is set as text, never as HTML. */
export function popupFor(properties) {
  const link = document.createElement("a");
  link.href = properties.url;
  link.textContent = properties.name;
  const box = document.createElement("p");
  box.append(link);
  return box;
}
