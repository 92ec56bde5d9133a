// The desk's scripts. Every page works without them; they save steps where they run.

// The reading pane: the selection becomes the quotation, with its place in code points.
const codePoints = (text) => [...text].length;

function quoting(text, quote) {
  const quotation = document.getElementById("id_quotation");
  const [start, end] = ["id_start", "id_end"].map((id) => document.getElementById(id));
  const around = document.querySelector("[data-around]");
  const status = document.querySelector("[data-quote-status]");
  const show = (before, words, after) => {
    around.querySelector("[data-before]").textContent = before;
    around.querySelector("[data-words]").textContent = words;
    around.querySelector("[data-after]").textContent = after;
    around.hidden = !words;
  };

  quote.hidden = false;
  quote.addEventListener("click", () => {
    const chosen = text.value.slice(text.selectionStart, text.selectionEnd);
    const words = chosen.trim();
    if (!words) {
      status.textContent = status.dataset.nothing;
      text.focus();
      return;
    }
    const from = text.selectionStart + chosen.length - chosen.trimStart().length;
    const before = text.value.slice(0, from);
    start.value = codePoints(before);
    end.value = codePoints(before) + codePoints(words);
    quotation.value = words;
    const after = text.value.slice(from + words.length);
    show([...before].slice(-40).join(""), words, [...after.slice(0, 80)].slice(0, 40).join(""));
    status.textContent = status.dataset.done;
    quotation.focus();
  });
  // Words that are typed are looked for by the server.
  quotation.addEventListener("input", () => {
    start.value = end.value = "";
    show("", "", "");
  });
}

const text = document.getElementById("reading-text");
const quote = document.querySelector("[data-quote]");
if (text && quote) quoting(text, quote);
