/* Suggestions under the search box while one types: a combobox whose list has groups. */

const PAUSE = 150; // milliseconds without a key before one asks

/** Let a field suggest what `source` answers to ?q=; `box` is the empty element for the list.
    `use(words)` puts other words in the field's place, when those were meant. */
export function suggest(input, box, use) {
  let waiting;
  let asking;
  let active = null;

  Object.entries({
    role: "combobox", "aria-autocomplete": "list", "aria-controls": box.id, "aria-expanded": "false",
  }).forEach(([name, value]) => input.setAttribute(name, value));
  box.setAttribute("role", "listbox");

  const options = () => [...box.querySelectorAll("[role=option]")];

  const mark = (option) => {
    active?.setAttribute("aria-selected", "false");
    active = option;
    active?.setAttribute("aria-selected", "true");
    active?.scrollIntoView({ block: "nearest" });
    if (active) input.setAttribute("aria-activedescendant", active.id);
    else input.removeAttribute("aria-activedescendant");
  };

  const show = (parts) => {
    mark(null);
    box.replaceChildren(...parts);
    options().forEach((option, at) => { option.id = `${box.id}-${at}`; });
    box.hidden = !parts.length;
    input.setAttribute("aria-expanded", String(!box.hidden));
  };
  const close = () => {
    clearTimeout(waiting);
    asking?.abort();
    show([]);
  };

  const ask = async () => {
    asking?.abort();
    asking = new AbortController();
    const query = new URLSearchParams({ q: input.value });
    try {
      const answer = await fetch(`${box.dataset.source}?${query}`, { signal: asking.signal });
      if (answer.ok) show(partsOf(await answer.json(), box, use));
    } catch (error) {
      if (error.name !== "AbortError") show([]); // the search itself works all the same
    }
  };

  input.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(ask, PAUSE);
  });
  input.addEventListener("keydown", (event) => {
    const all = options();
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && all.length) {
      event.preventDefault();
      const from = active ? all.indexOf(active) : step > 0 ? -1 : all.length;
      mark(all[from + step] ?? null);
    } else if (event.key === "Enter" && active) {
      event.preventDefault();
      active.click();
    } else if (event.key === "Escape" && !box.hidden) {
      event.preventDefault();
      close();
    } else if (event.key === "Enter") {
      close();
    }
  });
  input.addEventListener("blur", close);
  box.addEventListener("pointerdown", (event) => event.preventDefault()); // the field keeps the focus
  box.addEventListener("click", close);
  if (input.value) ask();
}

/* All text is set as text, never as HTML. */
function partsOf({ groups, instead }, box, use) {
  const parts = groups.map(({ title, layer, rows }) => {
    const group = element("div", { role: "group", "aria-label": title });
    group.append(element("p", { "aria-hidden": "true" }, title));
    group.append(...rows.map((row) => optionOf(row, layer)));
    return group;
  });
  if (!instead) return parts;
  const option = element("a", { role: "option", href: `?${new URLSearchParams({ q: instead })}` });
  option.append(`${box.dataset.instead} `, element("strong", {}, instead));
  option.addEventListener("click", (event) => {
    event.preventDefault();
    use(instead);
  });
  return [...parts, option];
}

function optionOf({ name, url, count }, layer) {
  const option = element("a", { role: "option", href: url, tabindex: "-1" });
  option.className = layer ? `layer-${layer}` : "";
  option.append(element("span", { dir: "auto" }, name));
  if (count) option.append(" ", element("span", { class: "n" }, String(count)));
  return option;
}

function element(tag, attributes, text = "") {
  const made = document.createElement(tag);
  Object.entries(attributes).forEach(([name, value]) => made.setAttribute(name, value));
  made.textContent = text;
  return made;
}
