/* The map itself: our own base map, the area's outline, zoom buttons. Leaflet is `L`.
   All colours live in the style sheet, under the classes that are set here. */

const { L } = window;

const DRAWING_ORDER = [
  "land-block", "green", "water", "water-line", "house", "rail", "road", "road-main",
];
const NAMES_FROM = 16; // zoom
const NAMES_FILE = /\/names\.[^/]*$/; // fetched when the first names are written
const METRES_WIDE = { "water-line": 5, rail: 3, road: 7, "road-main": 13 };

export const readConfig = () => JSON.parse(document.getElementById("map-config").textContent);
export const words = () => document.getElementById("map-words").dataset;

/** Make a map in the element, with its base map and the area's outline. */
export function createMap(element, config, options = {}) {
  const minZoom = config.bounds ? 5 : 10;
  const map = L.map(element, { zoomControl: false, minZoom, maxZoom: 21, ...options });
  map.attributionControl.setPrefix(false);
  if (!options.still) {
    const { zoomIn, zoomOut } = words();
    L.control.zoom({ position: "topright", zoomInTitle: zoomIn, zoomOutTitle: zoomOut }).addTo(map);
  }
  config.credits.forEach((credit) => map.attributionControl.addAttribution(credit));
  map.createPane("area-names").classList.add("area-names-pane"); // below the pins
  if (config.centre) map.setView(config.centre, 15, { animate: false });
  else fitArea(map, config);
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

/** Show the whole area, or its centre where it has no outline; or all areas. */
export function fitArea(map, config) {
  if (config.bounds) map.fitBounds(config.bounds, { padding: [48, 48], maxZoom: 13, animate: false });
  if (!config.boundary) return;
  const bounds = L.geoJSON(config.boundary).getBounds();
  map.fitBounds(bounds, { padding: [8, 8], animate: false });
}

const fetchFeatures = async (files) => {
  const answers = await Promise.all(files.map((file) => fetch(file).then((answer) => answer.json())));
  return answers.flatMap(({ features }) => features);
};

async function drawBaseMap(map, files) {
  const pane = map.createPane("base");
  pane.classList.add("base-pane");
  writeNames(map, files.filter((file) => NAMES_FILE.test(file)));
  const features = await fetchFeatures(files.filter((file) => !NAMES_FILE.test(file)));
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
}

/* Street names stand along their streets, where there is room for them. */
function writeNames(map, files) {
  map.createPane("names").classList.add("names-pane");
  const group = L.layerGroup().addTo(map);
  let asked = null;
  const ask = () => fetchFeatures(files).catch(() => {
    asked = null; // the next move tries again
    return [];
  });
  const write = async () => {
    if (map.getZoom() >= NAMES_FROM) asked ??= ask();
    const names = (await asked) ?? [];
    group.clearLayers();
    if (map.getZoom() < NAMES_FROM) return;
    const shown = map.getBounds().pad(0.1);
    names.filter(({ geometry }) => shown.contains(placeOf(geometry)))
      .forEach((name) => nameMarker(name).addTo(group));
  };
  write();
  map.on("moveend", write);
}

const placeOf = ({ coordinates: [longitude, latitude] }) => [latitude, longitude];

function nameMarker({ geometry, properties }) {
  const text = document.createElement("span");
  text.textContent = properties.name;
  text.style.rotate = `${properties.angle}deg`;
  const icon = L.divIcon({ className: "street-name", html: text, iconSize: [0, 0] });
  return L.marker(placeOf(geometry), { icon, pane: "names", interactive: false, keyboard: false });
}

function metresAPixel(map) {
  const { lat } = map.getCenter();
  return (156543 * Math.cos((lat * Math.PI) / 180)) / 2 ** map.getZoom();
}
