// Since your last visit: kept on this device, in this browser, and nowhere else. Pages work without.

const PREFIX = "parley.visit.";
const OFF = "parley.visits";
// So long without a page of the negotiation, and the next one is another visit.
const A_VISIT = 30 * 60 * 1000;
// So many changes are counted; beyond, there are more.
const MOST = 50;
// So many acts are asked for, one page after the other, to find them among what nobody changed.
const PAGES = [MOST + 1, 200, 200, 200];
// Acts that change what is told; that somebody looked is none.
const TELLING = new Set(["publish", "correct", "retract"]);

const filled = (text, facts) => text.replace(/\{(\w+)\}/g, (_, name) => facts[name]);

function button(words, press) {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = words;
  made.addEventListener("click", press);
  return made;
}

/** Forget all visits, and keep none from now on; or keep them again. */
function keep(storage, wanted) {
  for (const key of Object.keys(storage)) if (key.startsWith(PREFIX)) storage.removeItem(key);
  if (wanted) storage.removeItem(OFF);
  else storage.setItem(OFF, "off");
}

/** What is kept of a visit; nothing where that is no visit, whoever wrote it. */
function kept(storage, key) {
  try {
    const { number, board, at, since } = JSON.parse(storage.getItem(key));
    const whole = [number, board, at, ...(since ? [since.number, since.at] : [])];
    return whole.every((n) => Number.isSafeInteger(n) && n >= 0) ? { number, board, at, since } : null;
  } catch {
    return null;
  }
}

/** Note this page as seen; the number and the day of the visit before this one, if there was one. */
function visited(storage, place, now) {
  const key = PREFIX + place.negotiation;
  const number = Number(place.number);
  let visit = kept(storage, key);
  // A board that is behind what was seen on it is that of a record put back: begin anew.
  if (visit && !place.track && number < visit.board) visit = null;
  const seen = visit ?? { number: 0, board: 0 };
  const next = visit && now - visit.at > A_VISIT ? { number: visit.number, at: visit.at } : visit?.since;
  storage.setItem(
    key,
    JSON.stringify({
      number: Math.max(seen.number, number),
      board: place.track ? seen.board : number,
      at: now,
      since: next,
    }),
  );
  return next;
}

/** One page of the acts here after a number, oldest first. */
async function acts(place, after, limit) {
  const query = new URLSearchParams({ after, negotiation: place.negotiation, limit });
  if (place.track) query.set("track", place.track);
  const answer = await fetch(`${place.changes}?${query}`);
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
}

/** How many changes were told since, and whether these are all of them. */
async function changes(place, since) {
  let after = since.number;
  let count = 0;
  if (Number(place.number) <= after) return { count, all: true };
  for (const limit of PAGES) {
    const { results, next } = await acts(place, after, limit);
    count += results.filter((act) => TELLING.has(act.verb)).length;
    if (!next) return { count, all: true };
    if (count > MOST) break;
    after = results.at(-1).number;
  }
  return { count, all: false };
}

/** What is said of so many changes; those found may be all, or only some. */
function wordsFor(place, { count, all }) {
  if (count > MOST) return place.many;
  if (!all) return count > 1 ? place.least : place.any;
  return [place.none, place.one][count] ?? place.some;
}

function day(at, now) {
  const year = at.getFullYear() === now.getFullYear() ? undefined : "numeric";
  return at.toLocaleDateString(document.documentElement.lang === "ko" ? "ko" : "en-GB", {
    day: "numeric",
    month: "long",
    year,
  });
}

function show(line, storage, since, told) {
  const place = line.dataset;
  const facts = { day: day(new Date(since.at), new Date()), number: since.number, n: Math.min(told.count, MOST) };
  const link = document.createElement("a");
  link.href = `${place.compare}?since=${since.number}`;
  link.textContent = filled(wordsFor(place, told), facts);
  const forget = button(place.forget, () => {
    keep(storage, false);
    line.replaceChildren(place.forgotten);
  });
  const nothing = told.all && told.count === 0;
  line.replaceChildren(nothing ? link.textContent : link, " ", forget);
  line.parentElement.classList.add("visit-shown");
}

/** The choice on the page for readers: what is kept, and the way to end or to begin it. */
function choose(place, storage) {
  const off = storage.getItem(OFF) !== null;
  const press = () => {
    keep(storage, off);
    choose(place, storage);
    place.querySelector("button").focus();
  };
  const { offWords, onWords, keepWords, forgetWords } = place.dataset;
  place.replaceChildren(off ? offWords : onWords, " ", button(off ? keepWords : forgetWords, press));
  place.hidden = false;
}

async function begin() {
  const storage = window.localStorage;
  const choice = document.querySelector("[data-visits-choice]");
  if (choice) choose(choice, storage);
  const line = document.querySelector("[data-visit]");
  if (!line || storage.getItem(OFF) !== null) return;
  const since = visited(storage, line.dataset, Date.now());
  if (since) show(line, storage, since, await changes(line.dataset, since));
}

// Where nothing may be kept, or the record cannot be asked, nothing is said.
begin().catch(() => {});
