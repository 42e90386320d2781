/* Copies the text of a field: <button data-copy="id of the field" data-done="Copied">, and says so in #copied. */

for (const button of document.querySelectorAll("[data-copy]")) {
  button.addEventListener("click", async () => {
    const field = document.getElementById(button.dataset.copy);
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
    } catch {
      document.execCommand("copy"); // where the page is not served over https
    }
    document.getElementById("copied").textContent = button.dataset.done;
  });
}
