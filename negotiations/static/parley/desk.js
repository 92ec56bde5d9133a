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

  // The text can be walked and selected in by keyboard, but not written in.
  const kept = text.defaultValue;
  text.addEventListener("beforeinput", (event) => event.preventDefault());
  text.addEventListener("input", () => {
    if (text.value !== kept) text.value = kept;
  });

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

// A capture under way: its state is read again until it is over; then the page is loaded anew.
const state = document.querySelector("[data-capture]");
if (state) {
  const patience = 1000;
  const look = async () => {
    try {
      const answer = await fetch(location.href, { headers: { Accept: "text/html" }, cache: "no-store" });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const now = page.querySelector("[data-capture]");
      if (!now) return location.reload();
      if (now.textContent !== state.textContent) state.replaceChildren(...now.childNodes);
    } catch {
      // The network is away: the next look tells.
    }
    setTimeout(look, patience);
  };
  setTimeout(look, patience);
}
