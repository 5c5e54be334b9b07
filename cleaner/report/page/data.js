// What the page was made of, and how it is filtered and searched.

function take(id) {
  const block = document.getElementById(id);
  const text = block.textContent;
  block.remove();
  return text;
}

const REPORT = JSON.parse(take("data-report"));
// An article is read when it is shown or searched, not before.
const LINES = take("data-articles").split("\n").filter(Boolean);
const RULES = REPORT.rules.map(([kind, id, why]) => ({ kind, id, why }));
const NONE = " ";
const SPACE = 0,
  BODY = 1,
  FIELD = 2,
  REMOVED = 3;

const ARTICLES = REPORT.index.map((entry, number) => {
  const kinds = new Map();
  const rules = new Set();
  for (let n = 0; n < entry.rules.length; n += 2) {
    const { kind, id } = RULES[entry.rules[n]];
    kinds.set(kind, (kinds.get(kind) ?? 0) + entry.rules[n + 1]);
    rules.add(id);
  }
  return {
    ...entry,
    number,
    kinds: new Map([...kinds].sort((a, b) => b[1] - a[1])),
    rules,
    share: entry.seen ? entry.removed / entry.seen : 0,
    signs: signsOf(entry),
  };
});

// What an article is linked to by: its path, or its number where paths repeat.
const KEYS = new Map();
for (const article of ARTICLES) {
  article.key = KEYS.has(article.path) ? `#${article.number}` : article.path;
  KEYS.set(article.key, article.number);
}

function signsOf(entry) {
  const signs = [...new Set(entry.warnings.map((warning) => warning.split(":")[0]))];
  if (signs.length) signs.unshift("any warning");
  if (entry.title === null) signs.push("no title");
  if (entry.empty) signs.push("empty body");
  if (!entry.count) signs.push("nothing removed");
  return signs;
}

function details(number) {
  return JSON.parse(LINES[number]);
}

const FILTERS = {
  kind: { label: "Kind removed", of: (article) => [...article.kinds.keys()] },
  rule: { label: "Rule", of: (article) => [...article.rules] },
  source: { label: "Source", of: (article) => [article.source ?? NONE] },
  language: { label: "Language", of: (article) => [article.language ?? NONE] },
  sign: { label: "Condition", of: (article) => article.signs },
};

// The values of a filter with the number of articles of each: the most frequent first.
function choices(name) {
  const counts = new Map();
  for (const article of ARTICLES) {
    for (const value of FILTERS[name].of(article)) counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
}

const SORTS = {
  "": { label: "as in the run", by: (a, b) => a.number - b.number },
  removed: { label: "most removed first", by: (a, b) => b.share - a.share },
  count: { label: "most removals first", by: (a, b) => b.count - a.count },
  unsure: { label: "least certain first", by: (a, b) => (a.least ?? 2) - (b.least ?? 2) },
  long: { label: "longest first", by: (a, b) => b.seen - a.seen },
};

function filtered(state) {
  const asked = Object.keys(FILTERS).filter((name) => state[name]);
  return ARTICLES.filter((a) => asked.every((name) => FILTERS[name].of(a).includes(state[name])));
}

function fold(text) {
  return text.normalize("NFC").toLowerCase().replace(/\s+/g, " ").trim();
}

// The words and quoted phrases of a query.
function terms(query) {
  const found = query.matchAll(/["“„]([^"“”]*)(?:["”“]|$)|[^\s"“”„]+/g);
  return [...found].map((match) => fold(match[1] ?? match[0])).filter(Boolean);
}

const TEXTS = new Array(ARTICLES.length);

// What is searched of an article. Pieces are parted by a line feed, which no query holds.
function textsOf(number) {
  if (TEXTS[number] === undefined) {
    const { tiles, blocks } = details(number);
    const bodies = blocks.map(([, text]) => text ?? "");
    const removed = [];
    for (let n = 0; n < tiles.length; n += 3) {
      if (tiles[n] === REMOVED) removed.push(fold(tiles[n + 2]));
      else if (tiles[n] === BODY && blocks[tiles[n + 1]]?.[1] === null) {
        bodies[tiles[n + 1]] += tiles[n + 2];
      }
    }
    TEXTS[number] = {
      title: fold(ARTICLES[number].title ?? ""),
      body: bodies.map(fold).join("\n"),
      removed: removed.join("\n"),
    };
  }
  return TEXTS[number];
}

function holds(number, wanted, where) {
  const texts = textsOf(number);
  const parts = where ? [texts[where]] : [texts.title, texts.body, texts.removed];
  return wanted.every((term) => parts.some((part) => part.includes(term)));
}

let searches = 0;

// Calls `done` with the articles that are found, and `busy` before that where it takes a while;
// a later search ends an earlier one.
function search(state, busy, done) {
  const turn = ++searches;
  const wanted = terms(state.q);
  const candidates = filtered(state).sort(SORTS[state.sort].by);
  if (!wanted.length) {
    done(candidates);
    return;
  }
  const found = [];
  let next = 0;
  const go = () => {
    if (turn !== searches) return;
    const until = performance.now() + 24;
    while (next < candidates.length) {
      if (holds(candidates[next].number, wanted, state.in)) found.push(candidates[next]);
      next += 1;
      if (performance.now() > until && next < candidates.length) {
        busy();
        setTimeout(go);
        return;
      }
    }
    done(found);
  };
  go();
}

// Gets the texts ready while nobody waits for them, so that the first search is as fast as others.
function prepare(number = 0) {
  const until = performance.now() + 8;
  while (number < ARTICLES.length && performance.now() < until) textsOf(number++);
  if (number < ARTICLES.length) setTimeout(prepare, 16, number);
}
