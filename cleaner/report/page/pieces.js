// Small pieces that all views are built of.

// An element. What articles say gets into the page as text and as values of attributes alone.
function h(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

const WHOLE = new Intl.NumberFormat("en");
const count = (number) => WHOLE.format(number);
const plural = (number, noun) => `${count(number)} ${noun}${number === 1 ? "" : "s"}`;

// A share as text. Only all is called 100 %, and only nothing 0 %.
function percent(part, whole) {
  if (!whole || !part) return "0 %";
  if (part === whole) return "100 %";
  return `${Math.min(Math.max((100 * part) / whole, 0.1), 99.9).toFixed(1)} %`;
}

// Control characters and those that turn the direction of a text, made visible.
const ODD = new RegExp(
  "[\\0-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f-\\x9f\\xad\\u061c\\u180e\\u200b\\u200e\\u200f" +
    "\\u2028-\\u202e\\u2060-\\u206f\\ufeff\\ufff9-\\ufffb]",
  "g",
);
const codeOf = (character) =>
  `U+${character.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}`;

function line(text) {
  return text
    .replace(/\s+/g, " ")
    .replace(ODD, (odd) => `‹${codeOf(odd)}›`)
    .trim();
}

const PLAIN_KINDS = new Set(
  (
    "newsletter share comments disclaimer related navigation cookie advert promo paywall counter " +
    "byline caption author-bio legal citation markup duplicate template other"
  ).split(" "),
);
const kindClass = (kind) => (PLAIN_KINDS.has(kind) ? `k-${kind}` : "k-other");

function swatch(kind) {
  return h("span", { class: `kind ${kindClass(kind)}` }, line(kind));
}

function bar(share, kind) {
  const fill = h("span", { class: `fill ${kind ? kindClass(kind) : ""}` });
  fill.style.width = `${Math.max(share > 0 ? 1 : 0, 100 * share)}%`;
  return h("span", { class: "bar", "aria-hidden": "true" }, fill);
}

// A table whose columns sort it. A column: head, value of a row, cell to show, number or text.
function table(caption, columns, rows, options = {}) {
  const { first = Infinity, sorted = -1, foot = null } = options;
  let [by, down, most] = [sorted, true, first];
  const body = h("tbody");
  const heads = columns.map((column, n) => {
    const button = h("button", { type: "button", onclick: () => sort(n) }, column.head);
    return h("th", { scope: "col", class: column.number && "number" }, button);
  });
  const more = h("button", {
    type: "button",
    class: "more",
    onclick: () => {
      most = Infinity;
      draw();
    },
  });
  function sort(n) {
    down = by === n ? !down : Boolean(columns[n].number);
    by = n;
    draw();
  }
  function draw() {
    const shown = [...rows];
    if (by >= 0) {
      const { value } = columns[by];
      shown.sort((a, b) => {
        const [x, y] = [value(a), value(b)];
        return (x < y ? -1 : x > y ? 1 : 0) * (down ? -1 : 1);
      });
    }
    heads.forEach((head, n) => {
      if (n === by) head.setAttribute("aria-sort", down ? "descending" : "ascending");
      else head.removeAttribute("aria-sort");
    });
    body.replaceChildren(
      ...shown
        .slice(0, most)
        .map((row) =>
          h(
            "tr",
            {},
            ...columns.map((c, n) =>
              h(
                n ? "td" : "th",
                { scope: n ? null : "row", class: c.number && "number" },
                c.show ? c.show(row) : count(c.value(row)),
              ),
            ),
          ),
        ),
    );
    more.hidden = shown.length <= most;
    more.textContent = `Show all ${count(shown.length)}`;
  }
  draw();
  return h(
    "div",
    { class: "table" },
    h("table", {}, h("caption", {}, caption), h("thead", {}, h("tr", {}, ...heads)), body),
    more,
    foot,
  );
}

function link(text, patch, kind) {
  return h(
    "button",
    {
      type: "button",
      class: `link ${kind ? `kind ${kindClass(kind)}` : ""}`,
      onclick: () => go({ ...CLEAN, view: "articles", article: "", ...patch }),
    },
    line(text),
  );
}

function restOf({ left, rest }, noun, at) {
  return left
    ? h(
        "p",
        { class: "faint" },
        `and ${plural(left, noun)} more: ${count(rest[at])} characters removed`,
      )
    : null;
}

// How an article parts into what was removed, by kind, and what stayed.
function strip(article) {
  const parts = [...article.kinds].map(([kind, size]) => {
    const part = h("span", { class: kindClass(kind) });
    part.style.flexGrow = String(size);
    return part;
  });
  const rest = h("span", { class: "stayed" });
  rest.style.flexGrow = String(Math.max(0, article.seen - article.removed));
  return h("span", { class: "strip", "aria-hidden": "true" }, ...parts, rest);
}
