/* The registration: keeps what is being written on this device until the step is sent, and finds
   gifts while one types. Without it every step works, by the server alone. */

import { suggestAddresses } from "./address.js";

const PREFIX = "register:";
const SENT = `${PREFIX}sent`;
const here = `${PREFIX}${location.pathname}`;
const form = document.querySelector("form[data-keep]");
const kept = Object.keys(localStorage).filter((key) => key.startsWith(PREFIX));

/* What has been sent is the server's now, unless it asks for it again: then the line had broken,
   or the form is shown with its errors. One that is sent once comes back only with errors. */
const sent = localStorage.getItem(SENT);
const begun = document.querySelector("[data-begun]")?.pathname;
const isOver = form?.dataset.keep === "once" && !document.querySelector(".errors");
if (sent && (isOver || ![here, `${PREFIX}${begun}`].includes(sent))) localStorage.removeItem(sent);
localStorage.removeItem(SENT);

const clearAll = () => kept.forEach((key) => localStorage.removeItem(key));
document.querySelector("form[data-anew]")?.addEventListener("submit", clearAll);
if (document.querySelector("form[data-done]")) clearAll();

if (form) {
  const ours = (name) => !["csrfmiddlewaretoken", "q"].includes(name) && !name.endsWith("-current_step");
  const keep = () => {
    const rows = [...new FormData(form)].filter(([name]) => ours(name));
    localStorage.setItem(here, JSON.stringify(rows));
  };
  const bringBack = (rows) => {
    for (const field of form.elements) {
      if (!field.name || !ours(field.name) || field.type === "hidden" || field.tagName === "BUTTON") continue;
      const values = rows.filter(([name]) => name === field.name).map(([, value]) => value);
      if (["checkbox", "radio"].includes(field.type)) field.checked = values.includes(field.value);
      else if (values.length) [field.value] = values;
      const isChanged = field.checked !== field.defaultChecked || field.value !== field.defaultValue;
      if (isChanged) field.closest("details")?.setAttribute("open", "");
    }
  };
  const stored = localStorage.getItem(here);
  if (stored) bringBack(JSON.parse(stored));
  const offline = document.getElementById("offline");
  window.addEventListener("online", () => { offline.hidden = true; });
  form.addEventListener("input", keep);
  form.addEventListener("submit", (event) => {
    if (!navigator.onLine) {
      event.preventDefault();
      offline.hidden = false;
      return;
    }
    localStorage.setItem(SENT, here);
    /* A second press sends nothing twice; after Back the button works again. */
    setTimeout(() => { form.querySelectorAll("button").forEach((button) => { button.disabled = true; }); });
  });
  window.addEventListener("pageshow", ({ persisted }) => {
    if (persisted) localStorage.removeItem(SENT);
    form.querySelectorAll("button").forEach((button) => { button.disabled = false; });
  });
}

/* The gifts: shown as far as their words, in any language, hold what is typed. */

const find = document.getElementById("find");
const picks = [...document.querySelectorAll(".pick")];
const groups = [...document.querySelectorAll(".picks details")];
const said = document.getElementById("found");

const fold = (text) =>
  text.toLowerCase().replaceAll("æ", "ae").replaceAll("ø", "oe").replaceAll("å", "aa")
    .replaceAll("ı", "i").normalize("NFKD").replace(/\p{M}/gu, "").trim();

function show() {
  const words = fold(find.value).split(/\s+/).filter(Boolean);
  let found = 0;
  for (const pick of picks) {
    pick.hidden = !words.every((word) => pick.dataset.words.includes(word));
    found += !pick.hidden;
  }
  groups.forEach((group, number) => {
    const some = group.querySelector(".pick:not([hidden])");
    group.hidden = !some;
    group.open = words.length ? Boolean(some) : Boolean(group.querySelector(":checked")) || number === 0;
  });
  const { one, many, none } = said.dataset;
  said.classList.toggle("sr", found > 0 || !words.length);
  said.textContent = words.length ? (found === 0 ? none : found === 1 ? one : many.replace("{n}", found)) : "";
}

function count() {
  for (const group of groups) group.querySelector(".n").textContent = group.querySelectorAll(":checked").length || "";
}

if (find) {
  form.querySelector("button[name=find]").remove(); /* or Enter in a field would press it */
  find.addEventListener("input", show);
  find.addEventListener("keydown", (event) => { if (event.key === "Enter") event.preventDefault(); });
  form.addEventListener("input", count);
  count();
  show();
}

suggestAddresses(form?.querySelector("[list=addresses]"));
