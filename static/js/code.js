/* A private link holds its code behind #, where only the browser sees it: it is filled in here. */

const form = document.querySelector("form[data-code]");

function open() {
  const code = decodeURIComponent(location.hash.slice(1));
  if (!code) return;
  history.replaceState(null, "", location.pathname);
  form.querySelector("input[name=code]").value = code;
  form.requestSubmit();
}

window.addEventListener("hashchange", open);
open();
