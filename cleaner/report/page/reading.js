// Reading an article: panes that scroll together, matches that are marked, removals one by one.

// Scrolling one pane scrolls the other to the same place of the article.
function keepTogether(left, right) {
  let leader = left;
  for (const one of [left, right]) {
    for (const sort of ["pointerenter", "wheel", "touchstart", "focusin"]) {
      one.addEventListener(
        sort,
        () => {
          leader = one;
        },
        { passive: true },
      );
    }
    one.addEventListener(
      "scroll",
      () => {
        if (leader === one) follow(one, one === left ? right : left);
      },
      { passive: true },
    );
  }
  shown.lead = (one) => {
    leader = one;
  };
  shown.left = left;
}

function follow(leader, other) {
  if (other.scrollHeight <= other.clientHeight) return;
  const [from, to] = [leader, other].map((one) => {
    const places = new Map();
    const zero = one.getBoundingClientRect().top - one.scrollTop;
    for (const node of one.querySelectorAll("[data-block]")) {
      const { top, bottom } = node.getBoundingClientRect();
      const seen = places.get(node.dataset.block);
      places.set(node.dataset.block, [seen ? seen[0] : top - zero, bottom - zero]);
    }
    return places;
  });
  // A third of the way down is where one reads.
  const eye = leader.clientHeight / 3;
  const at = leader.scrollTop + eye;
  let [below, there] = [0, 0];
  let [above, then] = [leader.scrollHeight, other.scrollHeight];
  for (const [block, ends] of from) {
    const others = to.get(block);
    if (!others) continue;
    for (const end of [0, 1]) {
      if (ends[end] <= at) [below, there] = [ends[end], others[end]];
      else if (ends[end] < above) [above, then] = [ends[end], others[end]];
    }
    if (ends[0] > at) break;
  }
  const part = above > below ? (at - below) / (above - below) : 0;
  other.scrollTop = there + part * (then - there) - eye;
}

// Marks what was searched for, without a change to the document.
function markMatches(wanted, places) {
  if (!globalThis.Highlight) return;
  CSS.highlights.delete("match");
  shown.match = null;
  if (!wanted.length) return;
  const escaped = wanted.map((term) =>
    term.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&").replace(/ /g, "\\s+"),
  );
  const pattern = new RegExp(escaped.join("|"), "giu");
  const ranges = [];
  for (const place of places) {
    const walker = document.createTreeWalker(place, NodeFilter.SHOW_TEXT, (node) =>
      node.parentElement.closest(".tag, .odd, .blank")
        ? NodeFilter.FILTER_REJECT
        : NodeFilter.FILTER_ACCEPT,
    );
    for (let node = walker.nextNode(); node && ranges.length < 2000; node = walker.nextNode()) {
      for (const match of node.data.matchAll(pattern)) {
        const range = new Range();
        range.setStart(node, match.index);
        range.setEnd(node, match.index + match[0].length);
        ranges.push(range);
      }
    }
  }
  if (ranges.length) {
    CSS.highlights.set("match", new Highlight(...ranges));
    shown.match = ranges[0].startContainer.parentElement;
  }
}

// What was looked for comes first: a match of the search, else what the filters ask for.
function bringIntoView(state) {
  let target = shown.match;
  if (!target && (state.kind || state.rule)) {
    const { removed } = details(shown.number);
    target = shown.removals.find((node) => {
      const { kind, id } = RULES[removed[2 * node.dataset.removal]];
      return (!state.kind || kind === state.kind) && (!state.rule || id === state.rule);
    });
  }
  if (target) scrollTo(target);
}

function scrollTo(node) {
  const scroller = node.closest(".pane");
  shown.lead?.(scroller);
  node.scrollIntoView({ block: "center", behavior: "instant" });
}

function nextRemoval(by, kind = null) {
  const nodes = shown.removals.filter((node) => !kind || node.classList.contains(kindClass(kind)));
  if (!nodes.length) return;
  const current = shown.removals[shown.at];
  let at = nodes.indexOf(current);
  if (at < 0) {
    const after = nodes.findIndex((node) => shown.removals.indexOf(node) > shown.at);
    at = by > 0 ? (after < 0 ? 0 : after) : (after < 0 ? nodes.length : after) - 1;
  } else at += by;
  const node = nodes[(at + nodes.length) % nodes.length];
  shown.at = shown.removals.indexOf(node);
  scrollTo(node);
  node.focus({ preventScroll: true });
  showTip(node);
}

function showTip(node) {
  const { removed } = details(shown.number);
  const ref = Number(node.dataset.removal);
  const { kind, id, why } = RULES[removed[2 * ref]];
  tip.replaceChildren(
    h(
      "p",
      {},
      swatch(kind),
      h("code", {}, line(id)),
      ` confidence ${removed[2 * ref + 1].toFixed(2)}`,
    ),
  );
  if (why) tip.append(h("p", {}, line(why)));
  tip.hidden = false;
  node.setAttribute("aria-describedby", "tip");
  const box = node.getClientRects()[0] ?? node.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = tip;
  const below = box.bottom + 6 + height < innerHeight;
  tip.style.left = `${Math.max(8, Math.min(box.left, innerWidth - width - 8))}px`;
  tip.style.top = `${below ? box.bottom + 6 : Math.max(8, box.top - height - 6)}px`;
}

function hideTip() {
  tip.hidden = true;
  pane.querySelector("[aria-describedby=tip]")?.removeAttribute("aria-describedby");
}

pane.addEventListener("pointerover", (event) => {
  const removal = event.target.closest("del");
  hideTip();
  if (removal) showTip(removal);
  const block = event.target.closest("[data-block]")?.dataset.block;
  for (const node of pane.querySelectorAll(".same")) node.classList.remove("same");
  if (block === undefined) return;
  for (const node of pane.querySelectorAll(`[data-block="${block}"]`)) node.classList.add("same");
});
pane.addEventListener("pointerleave", hideTip);
pane.addEventListener("click", (event) => {
  const removal = event.target.closest("del");
  if (!removal) return;
  shown.at = shown.removals.indexOf(removal);
  showTip(removal);
});
pane.addEventListener("focusout", hideTip);
