// What is shown is said by the fragment of the address; everything else follows from it.

const CLEAN = { kind: "", rule: "", source: "", language: "", sign: "", q: "", in: "", sort: "" };
const START = { view: "overview", article: "", ...CLEAN };
const $ = (id) => document.getElementById(id);
let state = { ...START };

function stateOf(fragment) {
  const read = { ...START };
  for (const [name, value] of new URLSearchParams(fragment.replace(/^#/, ""))) {
    if (Object.hasOwn(START, name)) read[name] = value;
  }
  if (!Object.hasOwn(SORTS, read.sort)) read.sort = "";
  if (!["", "title", "body", "removed"].includes(read.in)) read.in = "";
  if (read.view !== "articles") read.view = "overview";
  return read;
}

function fragmentOf(wanted) {
  const given = Object.entries(wanted).filter(([name, value]) => value !== START[name]);
  return `#${new URLSearchParams(given)}`;
}

// Changes what is shown. Steps through a list replace the address, so that Back leads out of it.
function go(patch, quietly = false) {
  const next = { ...state, ...patch };
  const fragment = fragmentOf(next);
  if (fragment !== fragmentOf(state)) {
    try {
      history[quietly ? "replaceState" : "pushState"](null, "", fragment);
    } catch {
      // A browser may limit how often: what is shown matters more than the address.
    }
  }
  apply(next);
}

function apply(next) {
  const before = state;
  state = next;
  const articles = state.view === "articles";
  $("overview").hidden = articles;
  $("articles").hidden = !articles;
  for (const [id, on] of [
    ["to-overview", !articles],
    ["to-articles", articles],
  ]) {
    if (on) $(id).setAttribute("aria-current", "page");
    else $(id).removeAttribute("aria-current");
  }
  if (document.activeElement !== $("query")) $("query").value = state.q;
  $("in").value = state.in;
  for (const name of [...Object.keys(FILTERS), "sort"]) choose($(`by-${name}`), state[name]);
  if (!articles) return;
  const asked = (of) =>
    Object.keys(CLEAN)
      .map((name) => of[name])
      .join("\n");
  if (asked(before) !== asked(state) || before.view !== state.view) {
    search(
      state,
      () => {
        $("found").textContent = "Searching…";
      },
      showResult,
    );
  } else select();
}

function showResult(articles) {
  showFound(articles);
  const all = articles.length === ARTICLES.length;
  $("found").textContent = all
    ? plural(articles.length, "article")
    : `${count(articles.length)} of ${plural(ARTICLES.length, "article")}`;
  $("clear").hidden = !Object.keys(CLEAN).some(
    (name) => name !== "sort" && name !== "in" && state[name],
  );
  select(true);
}

// Shows the article that the address names, or the first of those found.
function select(anew = false) {
  let number = KEYS.get(state.article) ?? -1;
  const there = found.articles.some((article) => article.number === number);
  if (!there && anew) {
    number = found.articles[0]?.number ?? -1;
    state = { ...state, article: number >= 0 ? ARTICLES[number].key : "" };
    history.replaceState(null, "", fragmentOf(state));
  }
  markRow(number);
  if (anew || number !== shown.number) showArticle(number, state);
}

// A select with a value that may not be among its options, as an old address may name one.
function choose(node, value) {
  const known = [...node.options].some((option) => option.value === value);
  node.querySelector("[data-unknown]")?.remove();
  if (!known) node.append(h("option", { value, "data-unknown": true }, `${line(value)} (0)`));
  node.value = value;
}

function buildFilters() {
  for (const [name, { label }] of Object.entries(FILTERS)) {
    const options = choices(name).map(([value, number]) =>
      h("option", { value }, `${value === NONE ? "none" : line(value)} (${count(number)})`),
    );
    put(name, label, [h("option", { value: "" }, "any"), ...options]);
  }
  put(
    "sort",
    "Order",
    Object.entries(SORTS).map(([value, { label }]) => h("option", { value }, label)),
  );
}

function put(name, label, options) {
  const node = h(
    "select",
    { id: `by-${name}`, onchange: () => go({ [name]: node.value }) },
    ...options,
  );
  $("filters").append(h("div", {}, h("label", { for: node.id }, label), node));
}

const THEMES = ["", "dark", "light"];

function setTheme(theme) {
  if (theme) document.documentElement.dataset.theme = theme;
  else delete document.documentElement.dataset.theme;
  $("theme").textContent = `Theme: ${theme || "system"}`;
  try {
    localStorage.setItem("cleaner-report-theme", theme);
  } catch {
    // Not every browser keeps something for a page that is a file.
  }
}

function nextTheme() {
  const now = document.documentElement.dataset.theme ?? "";
  setTheme(THEMES[(THEMES.indexOf(now) + 1) % THEMES.length]);
}

const ACTIONS = {
  j: () => step(1),
  k: () => step(-1),
  ArrowRight: () => step(1),
  ArrowLeft: () => step(-1),
  n: () => nextRemoval(1),
  p: () => nextRemoval(-1),
  "/": () => {
    $("query").focus();
    $("query").select();
  },
  o: () => go({ view: "overview" }),
  a: () => go({ view: "articles" }),
  d: nextTheme,
  "?": () => $("help").showModal(),
};

function escape() {
  const query = $("query");
  if (document.activeElement === query) {
    if (query.value) {
      query.value = "";
      go({ q: "" });
    } else query.blur();
  } else {
    hideTip();
    document.activeElement?.blur();
  }
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || $("help").open) return;
  if (event.key === "Escape") {
    escape();
    event.preventDefault();
    return;
  }
  const typing = event.target.matches("input:not([type=checkbox]), select, textarea");
  const action = Object.hasOwn(ACTIONS, event.key) ? ACTIONS[event.key] : null;
  if (typing || !action || !$("keys").checked) return;
  if (state.view !== "articles" && ["n", "p", "ArrowLeft", "ArrowRight"].includes(event.key))
    return;
  event.preventDefault();
  action();
});

let typed = 0;
$("query").addEventListener("input", () => {
  clearTimeout(typed);
  typed = setTimeout(() => go({ view: "articles", q: $("query").value }, true), 120);
});
$("search").addEventListener("submit", (event) => {
  event.preventDefault();
  clearTimeout(typed);
  go({ view: "articles", q: $("query").value });
  list.focus();
});
$("in").addEventListener("change", () => go({ view: "articles", in: $("in").value }));
$("filters").addEventListener("submit", (event) => event.preventDefault());
$("clear").addEventListener("click", () => {
  $("query").value = "";
  go({ ...CLEAN, sort: state.sort });
  list.focus();
});
$("to-overview").addEventListener("click", () => go({ view: "overview" }));
$("to-articles").addEventListener("click", () => go({ view: "articles" }));
$("theme").addEventListener("click", nextTheme);
$("ask").addEventListener("click", ACTIONS["?"]);
$("skip").addEventListener("click", () => $("main").focus());
addEventListener("popstate", () => apply(stateOf(location.hash)));

let theme = "";
try {
  theme = localStorage.getItem("cleaner-report-theme") ?? "";
} catch {
  // As above.
}
setTheme(THEMES.includes(theme) ? theme : "");
$("name").textContent = line(REPORT.title);
$("shown-count").textContent = count(ARTICLES.length);
buildFilters();
$("overview").append(...overview().filter(Boolean));
apply(stateOf(location.hash));
setTimeout(prepare, 300);
