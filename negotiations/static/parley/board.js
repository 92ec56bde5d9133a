// The board's picture: hints that stay, one Tab stop with arrow keys, a button that copies the link.
// Without this file marks are links with titles, in the order of the page.
const picture = document.querySelector(".lanes-picture");

function copying(button) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    const field = document.getElementById(button.dataset.copy);
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
    } catch {
      // Without that right, the older way.
      document.execCommand("copy");
    }
    button.parentElement.querySelector("[role=status]").textContent = button.dataset.copied;
  });
}

function hinting(marks) {
  const hint = document.createElement("div");
  hint.className = "hint";
  hint.id = "hint";
  hint.hidden = true;
  document.querySelector("main").append(hint);
  const told = new Map();
  let shown = null;
  let leaving = 0;

  const hide = () => {
    clearTimeout(leaving);
    hint.hidden = true;
    shown = null;
  };
  const show = (mark, touched) => {
    clearTimeout(leaving);
    if (mark === shown && !touched) return;
    shown = mark;
    hint.replaceChildren(...told.get(mark).map((line) => {
      const paragraph = document.createElement("p");
      paragraph.textContent = line;
      return paragraph;
    }));
    if (touched) {
      const link = document.createElement("a");
      link.href = mark.href.baseVal;
      link.textContent = picture.dataset.open;
      hint.append(link);
    }
    hint.hidden = false;
    place(hint, mark.getBoundingClientRect());
  };
  // It may be hovered itself, so it goes a little later (WCAG 1.4.13).
  const leave = () => {
    clearTimeout(leaving);
    leaving = setTimeout(hide, 250);
  };

  for (const mark of marks) {
    const title = mark.querySelector("title");
    told.set(mark, title.textContent.split("\n").filter(Boolean));
    // The browser's own hint would stand over this one.
    mark.setAttribute("aria-label", told.get(mark).map((line) => line.replace(/\.$/, "")).join(". "));
    title.remove();
    mark.addEventListener("pointerenter", (event) => event.pointerType === "mouse" && show(mark));
    mark.addEventListener("pointerleave", (event) => event.pointerType === "mouse" && leave());
    mark.addEventListener("focus", () => mark.matches(":focus-visible") && show(mark));
    mark.addEventListener("blur", leave);
    mark.addEventListener("click", (event) => {
      if (event.pointerType !== "touch" && event.pointerType !== "pen") return;
      event.preventDefault();
      show(mark, true);
    });
  }
  hint.addEventListener("pointerenter", () => clearTimeout(leaving));
  hint.addEventListener("pointerleave", leave);
  hint.addEventListener("focusin", () => clearTimeout(leaving));
  addEventListener("keydown", (event) => event.key === "Escape" && hide());
  addEventListener("pointerdown", (event) => {
    if (shown && !hint.contains(event.target) && !shown.contains(event.target)) hide();
  });
}

function place(hint, at) {
  const { clientWidth, clientHeight } = document.documentElement;
  const { offsetWidth, offsetHeight } = hint;
  const middle = Math.max(0, Math.min(at.left + Math.min(at.width, 80) / 2, clientWidth));
  const left = Math.min(Math.max(8, middle - 24), Math.max(8, clientWidth - offsetWidth - 8));
  const below = Math.min(at.bottom, clientHeight) + 8;
  const top = below + offsetHeight > clientHeight ? Math.max(8, at.top - offsetHeight - 8) : below;
  hint.style.left = `${left + scrollX}px`;
  hint.style.top = `${top + scrollY}px`;
}

function roving(marks) {
  const lanes = [...picture.querySelectorAll(".lane-marks")]
    .map((lane) => [...lane.querySelectorAll("a")].sort((a, b) => begin(a) - begin(b)))
    .filter((lane) => lane.length)
    .sort((a, b) => Number(isBetween(a[0])) - Number(isBetween(b[0])));
  let here = lanes[0]?.at(-1);
  for (const mark of marks) mark.setAttribute("tabindex", mark === here ? "0" : "-1");

  const go = (mark) => {
    here.setAttribute("tabindex", "-1");
    mark.setAttribute("tabindex", "0");
    here = mark;
    mark.focus();
    mark.scrollIntoView({ block: "nearest", inline: "nearest" });
  };
  const nearest = (lane, x) => lane.reduce((a, b) => Math.abs(begin(b) - x) < Math.abs(begin(a) - x) ? b : a);

  // Not on the picture itself: Chromium lets an SVG that listens be focused.
  const sheet = picture.parentElement;
  sheet.addEventListener("focusin", (event) => {
    const mark = event.target.closest(".lanes-picture a");
    if (!mark || mark === here) return;
    here.setAttribute("tabindex", "-1");
    mark.setAttribute("tabindex", "0");
    here = mark;
  });
  sheet.addEventListener("keydown", (event) => {
    const mark = event.target.closest(".lanes-picture a");
    if (!mark || event.ctrlKey || event.altKey || event.metaKey) return;
    const number = lanes.findIndex((lane) => lane.includes(mark));
    const lane = lanes[number];
    const place = lane.indexOf(mark);
    const to = {
      ArrowLeft: () => lane[place - 1],
      ArrowRight: () => lane[place + 1],
      Home: () => lane[0],
      End: () => lane.at(-1),
      ArrowUp: () => lanes[number - 1] && nearest(lanes[number - 1], begin(mark)),
      ArrowDown: () => lanes[number + 1] && nearest(lanes[number + 1], begin(mark)),
    }[event.key];
    if (!to) return;
    event.preventDefault();
    const next = to();
    if (next) go(next);
  });
}

function begin(mark) {
  return mark.getBBox().x;
}

function isBetween(mark) {
  return !mark.parentElement.hasAttribute("transform");
}

document.querySelectorAll("[data-copy]").forEach(copying);
if (picture) {
  const marks = [...picture.querySelectorAll("a")];
  roving(marks);
  hinting(marks);
}
