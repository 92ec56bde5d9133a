// Loads the console only for who asks for it: its script weighs 1.6 MB.
"use strict";

const opener = document.getElementById("try-open");
const dark = window.matchMedia("(prefers-color-scheme: dark)");

function follow() {
  document.documentElement.classList.toggle("dark-mode", dark.matches);
}

function start() {
  window.SwaggerUIBundle({
    url: opener.dataset.schema,
    domNode: document.getElementById("swagger-ui"),
    deepLinking: false,
    validatorUrl: null,
    tryItOutEnabled: true,
    supportedSubmitMethods: ["get"],
    defaultModelsExpandDepth: 0,
    docExpansion: "list",
  });
}

opener.hidden = false;
opener.addEventListener("click", () => {
  opener.remove();
  const style = document.createElement("link");
  style.rel = "stylesheet";
  style.href = opener.dataset.style;
  const script = document.createElement("script");
  script.src = opener.dataset.script;
  script.addEventListener("load", start);
  document.head.append(style, script);
  follow();
  dark.addEventListener("change", follow);
});
