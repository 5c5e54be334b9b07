// The articles that were found: only the rows in view are in the document.

const ROW = 66;
const list = document.getElementById("list");
const rail = h("div", { role: "none", class: "rail" });
list.append(rail);

const found = { articles: [], at: -1, top: -1 };

function showFound(articles) {
  found.articles = articles;
  rail.style.height = `${articles.length * ROW}px`;
  drawRows(true);
}

// Marks the article that is shown, and brings its row into view.
function markRow(number) {
  found.at = found.articles.findIndex((article) => article.number === number);
  if (found.at >= 0) {
    const top = found.at * ROW;
    if (top < list.scrollTop) list.scrollTop = top;
    else if (top + ROW > list.scrollTop + list.clientHeight) {
      list.scrollTop = top + ROW - list.clientHeight;
    }
  }
  drawRows(true);
}

function drawRows(anew = false) {
  const first = Math.max(0, Math.floor(list.scrollTop / ROW) - 4);
  if (!anew && first === found.top) return;
  found.top = first;
  const last = Math.min(found.articles.length, first + Math.ceil(list.clientHeight / ROW) + 8);
  const rows = [];
  for (let n = first; n < last; n += 1) rows.push(row(n));
  rail.replaceChildren(...rows);
  const current = rail.querySelector("[aria-selected=true]");
  if (current) list.setAttribute("aria-activedescendant", current.id);
  else list.removeAttribute("aria-activedescendant");
}

function row(n) {
  const article = found.articles[n];
  const where = [article.source, article.language, article.path].filter(Boolean).map(line);
  const node = h(
    "div",
    {
      role: "option",
      id: `row-${n}`,
      class: "row",
      "data-key": article.key,
      "aria-selected": String(n === found.at),
      "aria-setsize": String(found.articles.length),
      "aria-posinset": String(n + 1),
    },
    h(
      "span",
      { class: article.title ? "row-title" : "row-title none", dir: "auto" },
      line(article.title ?? "") || "No title",
    ),
    h("span", { class: "row-share" }, percent(article.removed, article.seen)),
    h("span", { class: "row-where", dir: "auto" }, where.join(" · ")),
    article.warnings.length || article.empty
      ? h("span", { class: "row-sign" }, article.empty ? "empty" : "warning")
      : null,
    strip(article),
  );
  node.style.top = `${n * ROW}px`;
  return node;
}

// Goes to another article of those that were found; true where there is one.
function step(by) {
  const { articles, at } = found;
  if (!articles.length) return false;
  const next = at < 0 ? (by > 0 ? 0 : articles.length - 1) : at + by;
  if (next < 0 || next >= articles.length) return false;
  go({ view: "articles", article: articles[next].key }, true);
  return true;
}

list.addEventListener("scroll", () => requestAnimationFrame(() => drawRows()));
list.addEventListener("click", (event) => {
  const chosen = event.target.closest("[data-key]");
  if (chosen) go({ article: chosen.dataset.key });
});
list.addEventListener("keydown", (event) => {
  const page = Math.max(1, Math.floor(list.clientHeight / ROW) - 1);
  const steps = {
    ArrowDown: 1,
    ArrowUp: -1,
    PageDown: page,
    PageUp: -page,
    Home: -found.at,
    End: found.articles.length - 1 - found.at,
  };
  const by = steps[event.key];
  if (by === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  event.stopPropagation();
  const last = found.articles.length - 1;
  step(Math.min(Math.max(by, -Math.max(found.at, 0)), last - found.at));
});
new ResizeObserver(() => drawRows(true)).observe(list);
