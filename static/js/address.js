/* An address field that suggests the area's own addresses while one types. */

/** Fill the field's datalist while typing; `found({latitude, longitude})` when one is whole. */
export function suggestAddresses(input, found = () => {}, source = input?.dataset.addresses) {
  if (!input || input.dataset.suggests) return;
  input.dataset.suggests = "yes";
  let rows = [];
  let waiting;

  const matchTyped = () => {
    const match = rows.find((row) => row.text === input.value);
    if (match) found(match);
    return match;
  };
  const ask = async () => {
    const answer = await fetch(`${source}?q=${encodeURIComponent(input.value)}`);
    rows = answer.ok ? await answer.json() : [];
    input.list.replaceChildren(...rows.map((row) => new Option(row.text, row.text)));
    matchTyped();
  };
  input.addEventListener("input", () => {
    clearTimeout(waiting);
    if (!matchTyped() && input.value.trim().length > 1) waiting = setTimeout(ask, 200);
  });
}
