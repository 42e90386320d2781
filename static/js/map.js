/* The map itself: our own base map, the area's outline, zoom buttons. Leaflet is `L`.
   All colours live in the style sheet, under the classes that are set here. */

const { L } = window;

const DRAWING_ORDER = [
  "land-block", "green", "water", "water-line", "house", "rail", "road", "road-main",
];
const NAMES_FROM = 16; // zoom
const METRES_WIDE = { "water-line": 5, rail: 3, road: 7, "road-main": 13 };

export const readConfig = () => JSON.parse(document.getElementById("map-config").textContent);
export const words = () => document.getElementById("map-words").dataset;

/** Make a map in the element, with its base map and the area's outline. */
export function createMap(element, config, options = {}) {
  const map = L.map(element, { zoomControl: false, minZoom: 10, maxZoom: 21, ...options });
  map.attributionControl.setPrefix(false);
  if (!options.still) {
    const { zoomIn, zoomOut } = words();
    L.control.zoom({ position: "topright", zoomInTitle: zoomIn, zoomOutTitle: zoomOut }).addTo(map);
  }
  config.credits.forEach((credit) => map.attributionControl.addAttribution(credit));
  map.setView(config.centre, 15, { animate: false });
  if (config.tiles.url) {
    L.tileLayer(config.tiles.url, { attribution: config.tiles.credit, maxZoom: 21 }).addTo(map);
  } else {
    drawBaseMap(map, config.baseMaps);
  }
  if (config.boundary) {
    L.geoJSON(config.boundary, { className: "boundary", interactive: false }).addTo(map);
  }
  return map;
}

/** Show the whole area, or its centre where it has no outline. */
export function fitArea(map, config) {
  if (!config.boundary) return;
  const bounds = L.geoJSON(config.boundary).getBounds();
  map.fitBounds(bounds, { padding: [8, 8], animate: false });
}

async function drawBaseMap(map, files) {
  const pane = map.createPane("base");
  pane.classList.add("base-pane");
  const answers = await Promise.all(files.map((file) => fetch(file).then((answer) => answer.json())));
  const features = answers.flatMap((answer) => answer.features);
  const drawn = features.filter(({ properties }) => DRAWING_ORDER.includes(properties.kind));
  const order = (feature) => DRAWING_ORDER.indexOf(feature.properties.kind);
  drawn.sort((one, other) => order(one) - order(other));
  const layer = L.geoJSON(
    { type: "FeatureCollection", features: drawn },
    {
      pane: "base",
      interactive: false,
      renderer: L.svg({ pane: "base", padding: 0.4 }),
      style: ({ properties }) => ({ className: `base ${properties.kind}`, weight: 1, smoothFactor: 0.7 }),
    },
  );
  const setWidths = () => layer.eachLayer((part) => {
    const metres = METRES_WIDE[part.feature.properties.kind];
    if (metres) part.setStyle({ weight: Math.max(0.6, metres / metresAPixel(map)) });
  });
  setWidths();
  layer.addTo(map);
  map.on("zoomend", setWidths);
  writeNames(map, features.filter(({ properties }) => properties.kind === "name"));
}

/* Street names stand along their streets, where there is room for them. */
function writeNames(map, names) {
  map.createPane("names").classList.add("names-pane");
  const group = L.layerGroup().addTo(map);
  const write = () => {
    group.clearLayers();
    if (map.getZoom() < NAMES_FROM) return;
    const shown = map.getBounds().pad(0.1);
    for (const { geometry, properties } of names) {
      const place = [geometry.coordinates[1], geometry.coordinates[0]];
      if (!shown.contains(place)) continue;
      const text = document.createElement("span");
      text.textContent = properties.name;
      text.style.rotate = `${properties.angle}deg`;
      const icon = L.divIcon({ className: "street-name", html: text, iconSize: [0, 0] });
      L.marker(place, { icon, pane: "names", interactive: false, keyboard: false }).addTo(group);
    }
  };
  write();
  map.on("moveend", write);
}

function metresAPixel(map) {
  const { lat } = map.getCenter();
  return (156543 * Math.cos((lat * Math.PI) / 180)) / 2 ** map.getZoom();
}
