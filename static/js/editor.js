/* The form of an asset: a pin by click or by address, and more rows where wanted. */

import { createMap, readConfig, words } from "./map.js";
import { suggestAddresses } from "./address.js";

const { L } = window;
const element = document.getElementById("map");
const latitude = document.getElementById("id_latitude");
const longitude = document.getElementById("id_longitude");
const config = readConfig();
const map = createMap(element, config);
const pin = L.marker(map.getCenter(), {
  draggable: true,
  title: words().here,
  icon: L.divIcon({ className: "here", html: "", iconSize: [26, 26] }),
});

const typed = (input) => parseFloat(input.value.replace(",", "."));

function showPin() {
  const point = [typed(latitude), typed(longitude)];
  if (point.some(Number.isNaN) || Math.abs(point[0]) > 90 || Math.abs(point[1]) > 180) pin.remove();
  else pin.setLatLng(point).addTo(map);
  return map.hasLayer(pin);
}

function place({ lat, lng }) {
  latitude.value = lat.toFixed(6);
  longitude.value = lng.toFixed(6);
  showPin();
  latitude.dispatchEvent(new Event("change", { bubbles: true }));
}

map.on("click", ({ latlng }) => place(latlng));
pin.on("dragend", () => place(pin.getLatLng()));
latitude.addEventListener("input", showPin);
longitude.addEventListener("input", showPin);
suggestAddresses(
  document.getElementById("id_address"),
  (found) => {
    place({ lat: found.latitude, lng: found.longitude });
    map.setView([found.latitude, found.longitude], 18);
  },
  element.dataset.addresses,
);
if (showPin()) map.setView(pin.getLatLng(), 17, { animate: false });

for (const rows of document.querySelectorAll(".rows")) {
  const total = rows.querySelector(`[name="${rows.dataset.prefix}-TOTAL_FORMS"]`);
  rows.querySelector("[data-add-row]").addEventListener("click", (event) => {
    const html = rows.querySelector("template").innerHTML.replaceAll("__prefix__", total.value);
    event.target.closest("p").insertAdjacentHTML("beforebegin", html);
    total.value = Number(total.value) + 1;
    event.target.closest("p").previousElementSibling.querySelector("input:not([type=hidden])").focus();
  });
}
