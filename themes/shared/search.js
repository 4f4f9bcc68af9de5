// The search: reads the small files of the index that the words need, and shows what was found. The form of the index is
// told in src/site/search/mod.rs.
(() => {
  "use strict";
  const form = document.getElementById("search");
  if (!form) return;
  const input = form.querySelector("input"), status = document.getElementById("search-status"), list = document.getElementById("search-results");
  const { root, found: foundWord, none, note: noteWord, next } = form.dataset;
  const archive = document.querySelector(".without-script a")?.cloneNode(true) ?? "";
  // A page that was opened from a file may not read other files.
  if (location.protocol === "file:") {
    status.append(`${form.textContent.trim()}: https://, http:// – `, archive);
    form.remove();
    return;
  }
  const cache = new Map();
  const load = (name, kind) => {
    if (!cache.has(name)) cache.set(name, fetch(`${root}search/${name}`).then((answer) => {
      if (!answer.ok) throw new Error(answer.statusText);
      return answer[kind]();
    }));
    return cache.get(name);
  };
  // Scripts without spaces between their words have every pair of signs; of other words the first 40 letters are known.
  const spaceless = "\\u0e00-\\u0eff\\u1000-\\u109f\\u1780-\\u17ff\\u3040-\\u30ff\\u3400-\\u4dbf\\u4e00-\\u9fff\\ua9e0-\\ua9ff\\uaa60-\\uaa7f\\uf900-\\ufaff\\u{20000}-\\u{3ffff}";
  const isSpaceless = new RegExp(`[${spaceless}]`, "u"), parts = new RegExp(`[${spaceless}]+|[^${spaceless}]+`, "gu");
  const words = (text) => {
    const folded = text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase(), found = [];
    for (const [run] of folded.matchAll(/[\p{Alphabetic}\p{N}]+/gu)) {
      for (const part of run.match(parts)) {
        const signs = [...part];
        if (!isSpaceless.test(part)) found.push(signs.slice(0, 40).join(""));
        else if (signs.length < 3) found.push(part);
        else for (let at = 0; at + 1 < signs.length; at++) found.push(signs[at] + signs[at + 1]);
      }
    }
    return [...new Set(found)];
  };
  // Articles that have a word, or one that begins with it → how much it weighs, and whether notes alone have it.
  const places = async (index, word) => {
    const end = word + "\uffff", found = new Map();
    let first = 0;
    while (first + 1 < index.shards.length && index.shards[first + 1] <= word) first++;
    for (let shard = first; shard < index.shards.length && shard < first + 4 && index.shards[shard] <= end; shard++) {
      const text = await load(`words-${shard}.txt`, "text");
      for (const line of text.split("\n")) {
        const tab = line.indexOf("\t"), known = line.slice(0, tab);
        if (tab < 0 || !known.startsWith(word)) continue;
        let article = 0;
        const hits = [...line.slice(tab + 1).matchAll(/([0-9a-z]+)([A-X])/g)];
        const rare = Math.log(1 + index.articles / hits.length) * (known === word ? 2 : 1);
        for (const [, step, letter] of hits) {
          article += parseInt(step, 36);
          const level = letter.charCodeAt(0) - 65, isNote = level > 11;
          const weight = rare * (1 + Math.log2(1 + (isNote ? level - 12 : level)));
          const before = found.get(article);
          if (!before || before.weight < weight) found.set(article, { weight, isNote: isNote && (!before || before.isNote) });
        }
      }
    }
    return found;
  };
  const make = (element, text, more = {}) => Object.assign(document.createElement(element), { textContent: text }, more);
  const item = ([name, url, lang, dir, summary, facts], isNote) => {
    const heading = make("h2", "", { lang, dir }), article = make("article", "", { className: "card" });
    heading.append(make("a", name, { href: root + url }));
    article.append(heading);
    if (summary) article.append(make("p", summary, { className: "summary", lang, dir }));
    // Each fact has its own direction.
    const line = make("p", "", { className: "facts", dir });
    [...facts.split(" · "), isNote ? noteWord : ""].filter(Boolean).forEach((fact, at) => line.append(at ? " · " : "", make("bdi", fact)));
    article.append(line);
    const row = document.createElement("li");
    row.append(article);
    return row;
  };
  // The best thirty are shown, and thirty more whenever the reader asks.
  const more = make("button", next, { type: "button", hidden: true });
  list.after(more);
  let turn = 0, best = [], shown = 0;
  const show = async (index, mine) => {
    const some = best.slice(shown, shown + 30), items = [];
    for (const [article, { isNote }] of some) {
      const rows = await load(`articles-${Math.floor(article / index.results)}.json`, "json");
      items.push(item(rows[article % index.results], isNote));
    }
    if (mine !== turn) return;
    if (shown) list.append(...items); else list.replaceChildren(...items);
    if (shown) items[0].querySelector("a").focus();
    shown += some.length;
    more.hidden = shown >= best.length;
  };
  const search = async () => {
    const mine = ++turn, text = input.value.trim();
    history.replaceState(null, "", text ? `?q=${encodeURIComponent(text)}` : location.pathname);
    const index = await load("index.json", "json");
    const common = new Set(index.common), all = words(text);
    const asked = all.filter((word) => !common.has(word));
    let found = null;
    for (const word of asked) {
      const now = await places(index, word);
      if (!found) { found = now; continue; }
      const both = new Map();
      for (const [article, { weight, isNote }] of now) {
        const before = found.get(article);
        if (before) both.set(article, { weight: before.weight + weight, isNote: before.isNote || isNote });
      }
      found = both;
    }
    if (mine !== turn) return;
    best = [...(found || [])].sort((a, b) => b[1].weight - a[1].weight || a[0] - b[0]);
    shown = 0;
    more.onclick = () => show(index, mine);
    await show(index, mine);
    if (mine !== turn) return;
    status.textContent = best.length ? `${foundWord}: ${best.length}` : asked.length ? none : "";
    // Six of ten articles or more have these words, so that the index leaves them out.
    if (all.length && !asked.length) status.append(`${foundWord}: ${all.join(", ")} (> 60 %) – `, archive);
  };
  const run = () => search().catch((error) => { status.textContent = String(error.message || error); });
  let wait = 0;
  input.addEventListener("input", () => { clearTimeout(wait); wait = setTimeout(run, 120); });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    run();
  });
  // The arrow keys lead from result to result, and `/` to the words.
  document.addEventListener("keydown", (event) => {
    // Signs that are being composed have these keys for themselves.
    if (event.isComposing || event.keyCode === 229) return;
    const links = [...list.querySelectorAll("a")], at = links.indexOf(document.activeElement);
    if (event.key === "/" && document.activeElement !== input) { event.preventDefault(); input.focus(); }
    else if (event.key === "ArrowDown" && links.length && (at >= 0 || document.activeElement === input)) { event.preventDefault(); links[Math.min(at + 1, links.length - 1)].focus(); }
    else if (event.key === "ArrowUp" && at >= 0) { event.preventDefault(); (links[at - 1] || input).focus(); }
  });
  form.hidden = false;
  document.querySelector(".without-script")?.setAttribute("hidden", "");
  input.value = new URLSearchParams(location.search).get("q") || "";
  input.focus();
  if (input.value) run();
})();
