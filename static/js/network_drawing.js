/* How the network is drawn on a canvas: a layer is a shape and a colour, as everywhere. The shapes
   are those in the page, the colours those of the style sheet, so dark pages get theirs. */

const { L } = window;

const BOX = 12; // half of the box that the shapes are drawn in
const CIRCLE_PART = 8; // the radius of its circle
const SMALLEST = 4; // pixels
const LARGEST = 15;
const FAINT = 0.2;
const TRIED = 300; // names at most, until enough have found room

/** The shape of a layer as a path around (0, 0), read from the symbol in the page. */
function shapeOf(number) {
  const path = new Path2D();
  const shape = document.getElementById(`shape-${number}`).firstElementChild;
  const at = (name) => Number(shape.getAttribute(name));
  if (shape.tagName === "circle") path.arc(at("cx"), at("cy"), at("r"), 0, 2 * Math.PI);
  else if (shape.tagName === "rect") path.rect(at("x"), at("y"), at("width"), at("height"));
  else path.addPath(new Path2D(shape.getAttribute("d")));
  const centred = new Path2D();
  centred.addPath(path, new DOMMatrix().translate(-BOX, -BOX));
  return centred;
}

const shapes = new Map();
const shape = (number) => {
  if (!shapes.has(number)) shapes.set(number, shapeOf(number));
  return shapes.get(number);
};

const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

/** An asset: a circle to Leaflet, so that it knows where it was hit, but drawn as its shape. */
const Node = L.CircleMarker.extend({
  _updatePath() {
    const renderer = this._renderer;
    if (!renderer._drawing || this._empty()) return;
    const pen = renderer._ctx;
    const scale = this._radius / CIRCLE_PART;
    pen.save();
    pen.translate(this._point.x, this._point.y);
    pen.scale(scale, scale);
    pen.globalAlpha = this.options.faint ? FAINT : 1;
    pen.fillStyle = this.options.fillColor;
    pen.strokeStyle = this.options.color;
    pen.lineWidth = this.options.weight / scale;
    pen.setLineDash([]); // a tie drawn before may have left its own
    const path = shape(this.options.number);
    pen.stroke(path);
    pen.fill(path);
    pen.restore();
  },
});

/** Larger when one comes closer, but more slowly than the distances between them. */
export const radiusOf = (node, zoom) => {
  const wanted = SMALLEST + (LARGEST - SMALLEST) * node.size;
  return Math.max(2, wanted * Math.min(2, Math.max(0.4, 2 ** (zoom / 2))));
};

export const placeOf = ({ x, y }) => [-y, x];

/** Draw the ties, those that look alike as one, and then the assets. Returns the assets' marks.
    `touch(mark)` is called for each, to say what happens when it is clicked. */
export function draw(group, data, config, zoom, touch) {
  group.clearLayers();
  drawTies(group, data, config);
  const edge = colour("--card");
  const main = colour("--ink");
  return data.nodes.map((node) => {
    const number = config.layers[node.layer];
    const mark = new Node(placeOf(node), {
      number,
      radius: radiusOf(node, zoom),
      fillColor: colour(`--layer-${number}`),
      color: node.steps === 0 ? main : edge,
      weight: node.steps === 0 ? 6 : 2,
      faint: !node.hit && node.steps !== 0,
      bubblingMouseEvents: false,
    });
    mark.node = node;
    touch(mark);
    return mark.addTo(group);
  });
}

function drawTies(group, { nodes, ties }, { dashes, widths }) {
  const alike = new Map();
  const weak = ({ hit, steps }) => !hit && steps !== 0;
  for (const { ends, line, strength } of ties) {
    const [one, other] = ends.map((number) => nodes[number]);
    const look = JSON.stringify([line, strength, weak(one) || weak(other)]);
    if (!alike.has(look)) alike.set(look, []);
    alike.get(look).push([placeOf(one), placeOf(other)]);
  }
  const looks = [...alike].map(([look, lines]) => [...JSON.parse(look), lines]);
  looks.sort(([, , one], [, , other]) => Number(other) - Number(one)); // the faint ones first
  for (const [line, strength, faint, lines] of looks) {
    L.polyline(lines, {
      color: colour("--edge"),
      weight: widths[strength],
      dashArray: dashes[line].length ? dashes[line] : null,
      lineCap: "butt",
      opacity: faint ? FAINT : 0.75,
      interactive: false,
      smoothFactor: 0,
    }).addTo(group);
  }
}

/** Write the names of the largest that are in sight, as long as none covers another name or more
    than one other asset. */
export function writeNames(map, group, marks, most) {
  group.clearLayers();
  const sight = map.getBounds();
  const seen = marks.filter((mark) => sight.contains(mark.getLatLng()));
  const points = seen.map((mark) => map.latLngToContainerPoint(mark.getLatLng()));
  const taken = [];
  for (const mark of largest(seen)) {
    if (taken.length >= most) return;
    const main = mark.node.steps === 0;
    const box = boxOf(map, mark, main ? 9 : 7.2);
    if (taken.some((other) => overlap(box, other))) continue;
    if (!main && points.filter((point) => holds(box, point)).length > 1) continue;
    taken.push(box);
    name(mark, main).addTo(group);
  }
}

const rank = ({ node }) => (node.steps === 0 ? 2 : node.size);

const largest = (marks) => marks
  .filter(({ node, options }) => node.id && !options.faint)
  .sort((one, other) => rank(other) - rank(one))
  .slice(0, TRIED);

function boxOf(map, mark, letter) {
  const { x, y } = map.latLngToContainerPoint(mark.getLatLng());
  const half = (shortened(mark.node.name).length * letter) / 2;
  const top = y + mark.getRadius();
  return [x - half, top, x + half, top + 16];
}

const holds = ([left, top, right, bottom], { x, y }) => (
  left < x && x < right && top < y && y < bottom
);

const overlap = (one, other) => (
  one[0] < other[2] && other[0] < one[2] && one[1] < other[3] && other[1] < one[3]
);

const shortened = (text) => (text.length > 28 ? `${text.slice(0, 27).trimEnd()}…` : text);

/* Set as text, never as HTML. */
function name(mark, main) {
  const text = document.createElement("span");
  text.textContent = shortened(mark.node.name);
  return L.tooltip({
    permanent: true,
    direction: "bottom",
    offset: [0, mark.getRadius()],
    className: `node-name ${main ? "main" : ""}`,
    interactive: false,
  }).setLatLng(mark.getLatLng()).setContent(text);
}
