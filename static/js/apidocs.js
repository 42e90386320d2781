/* Swagger UI below the table of requests, which folds: to read about the API, and to try it. */

const place = document.getElementById("try");

window.SwaggerUIBundle({
  domNode: place,
  url: place.dataset.document,
  deepLinking: true,
  validatorUrl: null, // else the document would be sent to somebody else
  onComplete: () => { document.getElementById("operations").open = false; },
});
