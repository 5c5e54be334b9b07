// One article: what is known of it, its text with what was taken out, and its body.

const pane = document.getElementById("article");
const tip = document.getElementById("tip");
const shown = { number: -1, removals: [], at: -1 };

const SOURCES = {
  "not-given":
    "Put together from the record, as no originals were given: white space and the " +
    "places of what was taken out inside a paragraph are guessed.",
  "not-found":
    "Put together from the record, as the original was not found: white space and the " +
    "places of what was taken out inside a paragraph are guessed.",
  changed:
    "Put together from the record, as the original has changed since: white space and the " +
    "places of what was taken out inside a paragraph are guessed.",
  differs:
    "Put together from the record, as this version reads the original in another way: " +
    "white space and the places of what was taken out inside a paragraph are guessed.",
};

// Puts text into an element; what is invisible or turns the text is spelt out.
function write(node, text) {
  let from = 0;
  const plain = text.replace(/\r\n?/g, "\n");
  for (const odd of plain.matchAll(ODD)) {
    if (odd.index > from) node.append(plain.slice(from, odd.index));
    node.append(h("span", { class: "odd" }, codeOf(odd[0])));
    if (/[\x0b\x0c\x85\u2028\u2029]/.test(odd[0])) node.append("\n");
    from = odd.index + odd[0].length;
  }
  if (from < plain.length) node.append(from ? plain.slice(from) : plain);
  return node;
}

function showArticle(number, state) {
  hideTip();
  shown.number = number;
  shown.at = -1;
  if (number < 0) {
    shown.removals = [];
    pane.replaceChildren(
      h(
        "p",
        { class: "empty" },
        found.articles.length ? "Choose an article." : "No article is like that.",
      ),
    );
    return;
  }
  const article = ARTICLES[number];
  const more = details(number);
  const layer = h("div", { class: "text layer", id: "layer" });
  const body = h("div", { class: "text clean", id: "clean" });
  const panes = h(
    "div",
    { class: "panes" },
    h(
      "section",
      { class: "pane", "aria-labelledby": "layer-title", tabindex: "0" },
      h(
        "h3",
        { id: "layer-title" },
        article.from === "original" ? "Original" : "Original, rebuilt",
      ),
      SOURCES[article.from] ? h("p", { class: "note" }, SOURCES[article.from]) : null,
      layer,
    ),
    h(
      "section",
      { class: "pane", "aria-labelledby": "clean-title", tabindex: "0" },
      h("h3", { id: "clean-title" }, "Clean body"),
      body,
    ),
  );
  drawLayer(layer, more);
  drawBody(body, more);
  pane.replaceChildren(heading(article, more), panes);
  shown.removals = [...layer.querySelectorAll("del")];
  keepTogether(...panes.children);
  markMatches(terms(state.q), [...panes.querySelectorAll(".text")]);
  bringIntoView(state);
}

function heading(article, more) {
  const at = found.articles.indexOf(article);
  const address = addressOf(more.url);
  const stated = [...new Set(more.fields)].join(", ");
  const facts = [
    ["Source", article.source],
    ["Authors", more.authors.join(", ")],
    [
      "Published",
      [
        more.published,
        more.as_found && more.as_found !== more.published ? `“${more.as_found}”` : null,
      ]
        .filter(Boolean)
        .join(" "),
    ],
    ["Language", article.language],
    [
      "Address",
      address
        ? h(
            "a",
            { href: address, target: "_blank", rel: "noopener noreferrer nofollow" },
            line(more.url),
          )
        : more.url,
    ],
    ["Tags", more.tags.join(", ")],
    ["Input", `${article.format}, ${more.encoding}, SHA-256 ${more.id.slice(0, 12)}…`],
    [
      "Found",
      stated &&
        `${stated}${
          more.metadata.length ? ` (in the page's metadata: ${more.metadata.join(", ")})` : ""
        }`,
    ],
  ].filter(([, value]) => value);
  return h(
    "header",
    { class: "about" },
    h(
      "div",
      { class: "about-top" },
      h(
        "p",
        { class: "where" },
        at >= 0 ? `${count(at + 1)} of ${count(found.articles.length)} · ` : "",
        h("span", { dir: "auto" }, line(article.path)),
      ),
      h(
        "div",
        { class: "steps" },
        h(
          "button",
          {
            type: "button",
            id: "previous",
            disabled: at <= 0,
            "aria-keyshortcuts": "k",
            onclick: () => step(-1),
          },
          "‹ Previous",
        ),
        h(
          "button",
          {
            type: "button",
            id: "next",
            "aria-keyshortcuts": "j",
            disabled: at < 0 || at >= found.articles.length - 1,
            onclick: () => step(1),
          },
          "Next ›",
        ),
      ),
    ),
    h(
      "h2",
      { class: article.title ? "" : "none", dir: "auto" },
      line(article.title ?? "") || "No title",
    ),
    h(
      "dl",
      { class: "facts" },
      ...facts.map(([name, value]) =>
        h(
          "div",
          {},
          h("dt", {}, name),
          h("dd", { dir: "auto" }, typeof value === "string" ? line(value) : value),
        ),
      ),
    ),
    article.warnings.length || article.empty
      ? h(
          "ul",
          { class: "warnings" },
          ...article.warnings.map((warning) => h("li", {}, line(warning))),
        )
      : null,
    h(
      "p",
      { class: "sums" },
      strip(article),
      `${percent(article.removed, article.seen)} of ${plural(article.seen, "character")}` +
        ` removed, ${percent(article.kept, article.seen)} kept,` +
        ` ${plural(article.count, "removal")}`,
    ),
    h(
      "div",
      { class: "legend", role: "group", "aria-label": "Go through the removals of a kind" },
      ...[...article.kinds.keys()].map((kind) =>
        h(
          "button",
          {
            type: "button",
            class: `kind ${kindClass(kind)}`,
            title: `Next removal of this kind`,
            onclick: () => nextRemoval(1, kind),
          },
          `${line(kind)} ${count(numberOf(more, kind))}`,
        ),
      ),
    ),
  );
}

function numberOf(more, kind) {
  let number = 0;
  for (let n = 0; n < more.removed.length; n += 2) number += RULES[more.removed[n]].kind === kind;
  return number;
}

// An address that may be followed: nothing that a browser would run.
function addressOf(text) {
  if (!text || !/^https?:\/\//i.test(text)) return null;
  return URL.canParse(text) ? new URL(text).href : null;
}

function drawLayer(layer, { tiles, removed, fields, left_out: leftOut }) {
  let last = -1;
  for (let n = 0; n < tiles.length; n += 3) {
    const [what, ref, text] = [tiles[n], tiles[n + 1], tiles[n + 2]];
    if (what === SPACE) {
      const blank = text.replace(/\r\n?/g, "\n").split("\n").length - 2;
      if (blank > 3) {
        layer.append("\n", h("span", { class: "blank" }, `${blank} empty lines`), "\n");
      } else write(layer, text);
    } else if (what === BODY) {
      layer.append(write(h("span", { "data-block": String(ref) }), text));
    } else if (what === FIELD) {
      layer.append(
        write(h("mark", {}), text),
        h("span", { class: "tag field" }, line(fields[ref])),
      );
    } else {
      const rule = removed[2 * ref];
      const { kind, id } = RULES[rule];
      const node = h("del", {
        class: kindClass(kind),
        tabindex: "-1",
        "data-removal": String(ref),
      });
      layer.append(write(node, text));
      const inline = [tiles[n - 3], tiles[n + 3]].every(
        (near) => near === BODY || near === REMOVED,
      );
      // One label for a run of the same rule, and none for a mark in a sentence: the tip has it.
      if (rule !== last && !(inline && text.trim().length < 5)) {
        const named = id.startsWith(`${kind}.`) ? id : `${kind}: ${id}`;
        layer.append(h("span", { class: `tag ${kindClass(kind)}` }, line(named)));
      }
      last = rule;
    }
    if (what === BODY || what === FIELD) last = -1;
  }
  if (leftOut) {
    layer.append(h("p", { class: "note" }, `${plural(leftOut, "character")} more are not shown.`));
  }
}

function drawBody(body, { tiles, blocks }) {
  const texts = blocks.map(([, text]) => text);
  for (let n = 0; n < tiles.length; n += 3) {
    const number = tiles[n + 1];
    if (tiles[n] === BODY && blocks[number]?.[1] === null) {
      texts[number] = (texts[number] ?? "") + tiles[n + 2];
    }
  }
  blocks.forEach(([kind], number) => {
    const tag = kind === "quote" ? "blockquote" : "p";
    const node = h(tag, {
      class: `block ${kind.replace(/[^a-z_]/g, "")}`,
      dir: "auto",
      "data-block": String(number),
    });
    body.append(write(node, texts[number] ?? ""));
  });
  if (!blocks.length) body.append(h("p", { class: "empty" }, "Nothing was kept."));
}
