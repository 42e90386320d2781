/* The import: says at once that a file is too big, and asks what follows from an answer. */

const file = document.querySelector("input[type=file]");
const limit = document.querySelector("[data-megabytes]");

if (file && limit) {
  const wrong = limit.querySelector("[hidden]");
  file.addEventListener("change", () => {
    const most = Number(limit.dataset.megabytes) * 1024 ** 2;
    const isBig = [...file.files].some((chosen) => chosen.size > most);
    file.setCustomValidity(isBig ? wrong.textContent : "");
    file.reportValidity();
  });
}

const ASKS_MORE = ["kind", "tie"]; // targets whose words are matched one by one

/* What a sheet holds, and such a target, come with other questions: the server asks them. */
document.addEventListener("focusin", ({ target }) => {
  if (target.matches("[data-match] select")) target.dataset.before = target.value;
});
document.addEventListener("change", ({ target }) => {
  if (!target.matches("[data-match] select")) return;
  const isSheet = target.name.endsWith("-as");
  const asks = [target.value, target.dataset.before].some((code) => ASKS_MORE.includes(code));
  if (isSheet || asks) window.htmx.trigger(target.form, "look");
  target.dataset.before = target.value;
});
