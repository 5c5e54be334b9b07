// The overview: totals, bars, outliers.

function figures() {
  const t = REPORT.totals;
  const fields = t.seen - t.kept - t.removed;
  const tiles = [
    [
      count(t.articles),
      t.articles === 1 ? "article" : "articles",
      `${count(t.text)} text, ${count(t.html)} HTML`,
    ],
    [percent(t.removed, t.seen), "removed", `${count(t.removed)} of ${count(t.seen)} characters`],
    [percent(t.kept, t.seen), "kept as body", `${count(t.kept)} characters`],
    [percent(fields, t.seen), "found as fields", `${count(fields)} characters`],
    [count(t.removals), "removals", `${count(t.untouched)} articles without any`],
    [
      count(t.warned),
      "with warnings",
      t.warnings.map(([name, number]) => `${line(name)} ${count(number)}`).join(", ") || "none",
    ],
    [count(t.untitled), "without a title", `${percent(t.untitled, t.articles)} of articles`],
    [count(t.empty), "with an empty body", `${percent(t.empty, t.articles)} of articles`],
  ];
  return h(
    "ul",
    { class: "figures" },
    ...tiles.map(([figure, what, note]) =>
      h("li", {}, h("strong", {}, figure), h("span", {}, what), h("small", {}, note)),
    ),
  );
}

const SVG = "http://www.w3.org/2000/svg";

function draw(tag, attributes, ...children) {
  const node = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, String(value));
  node.append(...children);
  return node;
}

function histogram() {
  const { shares } = REPORT.totals;
  const steps = shares.length - 1;
  const top = Math.max(...shares, 1);
  const step = 100 / steps;
  const [floor, wide] = [64, 24 + 12 * steps];
  const name = (n) => (n ? `${step * (n - 1)} to ${step * n} % removed` : "nothing removed");
  const bars = shares.map((number, n) => {
    const height = number ? Math.max(1.5, (floor * number) / top) : 0;
    return draw(
      "rect",
      {
        x: n ? 12 + n * 12 : 0,
        y: floor - height,
        width: n ? 10 : 14,
        height,
        rx: 1.5,
        class: n ? "some" : "none",
      },
      draw("title", {}, `${name(n)}: ${plural(number, "article")}`),
    );
  });
  const ends = [
    [0, "none", "start"],
    [24, "0 %", "start"],
    [23 + 6 * steps, "50 %", "middle"],
    [wide - 2, "100 %", "end"],
  ];
  const labels = ends.map(([x, text, anchor]) =>
    draw("text", { x, y: floor + 9, "text-anchor": anchor }, text),
  );
  const half = shares.slice(1 + steps / 2).reduce((a, b) => a + b, 0);
  const told =
    `Of ${plural(REPORT.totals.articles, "article")}, ${count(shares[0])} had nothing ` +
    `removed and ${count(half)} at least half.`;
  return h(
    "figure",
    { class: "histogram" },
    h("figcaption", {}, "How much was removed of an article"),
    draw(
      "svg",
      { viewBox: `0 0 ${wide} ${floor + 12}`, role: "img", "aria-label": told },
      draw("line", { x1: 0, x2: wide, y1: floor + 0.5, y2: floor + 0.5 }),
      ...bars,
      ...labels,
    ),
    h("p", { class: "faint" }, told),
  );
}

function byKind() {
  const { kinds, removed, articles } = REPORT.totals;
  const top = Math.max(1, ...kinds.rows.map((row) => row[2]));
  return table(
    "Removed by kind",
    [
      { head: "Kind", value: (r) => r[0], show: (r) => link(r[0], { kind: r[0] }, r[0]) },
      { head: "Characters", number: true, value: (r) => r[2] },
      {
        head: "Share",
        value: (r) => r[2],
        number: true,
        show: (r) =>
          h(
            "span",
            { class: "with-bar" },
            bar(r[2] / top, r[0]),
            h("span", {}, percent(r[2], removed)),
          ),
      },
      { head: "Removals", number: true, value: (r) => r[1] },
      {
        head: "Articles",
        number: true,
        value: (r) => r[3],
        show: (r) => h("span", { title: percent(r[3], articles) }, count(r[3])),
      },
    ],
    kinds.rows,
    { sorted: 1 },
  );
}

function byRule() {
  const { rules } = REPORT.totals;
  const top = Math.max(1, ...rules.rows.map((row) => row[3]));
  const whys = new Map(RULES.map((rule) => [rule.id, rule.why]));
  return table(
    "Removed by rule",
    [
      {
        head: "Rule",
        value: (r) => r[1],
        show: (r) => h("span", { title: whys.get(r[1]) }, link(r[1], { rule: r[1], kind: r[0] })),
      },
      { head: "Kind", value: (r) => r[0], show: (r) => swatch(r[0]) },
      {
        head: "Characters",
        number: true,
        value: (r) => r[3],
        show: (r) =>
          h("span", { class: "with-bar" }, bar(r[3] / top, r[0]), h("span", {}, count(r[3]))),
      },
      { head: "Removals", number: true, value: (r) => r[2] },
      { head: "Articles", number: true, value: (r) => r[4] },
    ],
    rules.rows,
    { first: 20, sorted: 2, foot: restOf(rules, "rule", 1) },
  );
}

function byGroup(name, filter, noun) {
  const group = REPORT.totals[name];
  const none = noun === "source" ? "not stated" : "not told";
  return table(
    `Articles by ${noun}`,
    [
      {
        head: noun[0].toUpperCase() + noun.slice(1),
        value: (r) => r[0] ?? "",
        show: (r) => link(r[0] ?? none, { [filter]: r[0] ?? NONE }),
      },
      { head: "Articles", number: true, value: (r) => r[1] },
      {
        head: "Removed",
        number: true,
        value: (r) => (r[2] ? r[3] / r[2] : 0),
        show: (r) =>
          h(
            "span",
            { class: "with-bar" },
            bar(r[2] ? r[3] / r[2] : 0),
            h("span", {}, percent(r[3], r[2])),
          ),
      },
      { head: "No title", number: true, value: (r) => r[4] },
    ],
    group.rows,
    { first: 12, sorted: 1, foot: restOf(group, noun, 2) },
  );
}

const OUTLIERS = {
  "Most removed": (a) => a.share > 0,
  "Least certain": (a) => a.least !== null,
  Warnings: (a) => a.warnings.length > 0,
  "No title": (a) => a.title === null,
  "Empty body": (a) => a.empty,
};

function outliers() {
  const place = h("div");
  const buttons = Object.entries(OUTLIERS).map(([name, fits]) => {
    const least = name === "Least certain";
    const found = ARTICLES.filter(fits);
    const rows = [...found].sort((a, b) => (least ? a.least - b.least : b.share - a.share));
    const show = () => {
      for (const other of buttons) other.setAttribute("aria-pressed", String(other === button));
      place.replaceChildren(
        rows.length
          ? outlierTable(name, rows.slice(0, 200))
          : h("p", { class: "faint" }, "There is none among the articles that are shown."),
      );
    };
    const button = h(
      "button",
      { type: "button", "aria-pressed": "false", onclick: show },
      least || name === "Most removed" ? name : `${name} (${count(found.length)})`,
    );
    return button;
  });
  buttons[0].click();
  return h(
    "section",
    { class: "outliers", "aria-labelledby": "outliers-title" },
    h("h2", { id: "outliers-title" }, "Outliers"),
    h("div", { class: "choice", role: "group", "aria-label": "Outliers by" }, ...buttons),
    place,
  );
}

function outlierTable(name, rows) {
  return table(
    `Outliers: ${name.toLowerCase()}`,
    [
      {
        head: "Article",
        value: (a) => a.title ?? "",
        show: (a) =>
          h(
            "span",
            { class: "cut" },
            h(
              "button",
              {
                type: "button",
                class: "link",
                onclick: () => go({ ...CLEAN, view: "articles", article: a.key }),
              },
              line(a.title ?? "") || "No title",
            ),
            h("small", {}, line(a.path)),
          ),
      },
      { head: "Source", value: (a) => a.source ?? "", show: (a) => line(a.source ?? "–") },
      {
        head: "Removed",
        number: true,
        value: (a) => a.share,
        show: (a) =>
          h("span", { class: "with-bar" }, strip(a), h("span", {}, percent(a.removed, a.seen))),
      },
      { head: "Characters", number: true, value: (a) => a.seen },
      { head: "Removals", number: true, value: (a) => a.count },
      {
        head: "Least certain",
        number: true,
        value: (a) => a.least ?? 2,
        show: (a) => (a.least === null ? "–" : a.least.toFixed(2)),
      },
      {
        head: "Warnings",
        value: (a) => a.warnings.join(),
        show: (a) => line(a.warnings.join("; ")) || "–",
      },
    ],
    rows,
    { first: 12 },
  );
}

function sayings() {
  const t = REPORT.totals;
  const shown = ARTICLES.length;
  const told = [
    shown === t.articles
      ? `All ${plural(t.articles, "article")} can be looked at here.`
      : `${count(shown)} of ${plural(t.articles, "article")} can be looked at here: outliers, ` +
        "and an even sample of the others. Totals count all of them; filters, search and " +
        "outliers know those that can be looked at.",
  ];
  const rebuilt = ARTICLES.filter((a) => a.from !== "original").length;
  if (rebuilt) {
    told.push(
      `The left pane of ${rebuilt === shown ? "all" : `${count(rebuilt)}`} of them is put ` +
        "together from the record: white space in it is guessed. With --originals DIR, " +
        "cleaner report shows the originals.",
    );
  }
  return told.map((text) => h("p", { class: "note" }, text));
}

function problems() {
  const { problems: number, named } = REPORT.totals;
  if (!number) return null;
  return h(
    "details",
    { class: "problems" },
    h(
      "summary",
      {},
      `${plural(number, "record")} could not be read and ${
        number === 1 ? "is" : "are"
      } not counted`,
    ),
    h(
      "ul",
      {},
      ...named.map(([name, what]) => h("li", {}, h("code", {}, line(name)), ` ${line(what)}`)),
      number > named.length ? h("li", {}, "…") : null,
    ),
  );
}

function overview() {
  const made = REPORT.totals.made.map(
    ([cleaner, rules, model, number]) =>
      `cleaner ${line(cleaner)}, rules ${line(rules)}, ${
        model ? `model ${line(model)}` : "no model"
      }: ${plural(number, "article")}`,
  );
  return [
    h("h2", { class: "unseen" }, "Totals"),
    figures(),
    ...sayings(),
    problems(),
    h(
      "div",
      { class: "pair" },
      byKind(),
      h("div", {}, histogram(), byGroup("languages", "language", "language")),
    ),
    outliers(),
    h("div", { class: "pair" }, byRule(), byGroup("sources", "source", "source")),
    h("footer", { class: "faint" }, `Made by ${made.join("; ")}.`),
  ];
}
