// Reads a built site in headless Chromium as people do.
//
// usage: node site_browser.mjs SITE…
// On a phone and on a desk, with scripts and without: follows notes and comes back; by keyboard alone, too. On a wide
// screen notes stand near their lines, and on paper nothing is cut off. By day and by night: axe finds nothing, and nothing
// scrolls sideways. Who chooses light, dark or sepia gets it, whatever the system prefers, with scripts and without, and
// with scripts on the next page, too; who asks for less contrast gets sepia. The search finds a word of each title and one
// of a note; pages of lists lead to every article; the feeds that pages name are there; nothing comes from elsewhere.
// Themes dress the same elements: of the second site and those after it only what can look different is read again.
// Prints a line for each check, and ends with 1 if one failed and with 2 if a tool is missing.
import { createRequire } from 'node:module';
import fs from 'node:fs';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';

const tools = process.env.POSTIL_JUDGES || path.join(os.homedir(), '.cache/postil-judges/pages');
const missing = (what) => { console.error(`${what} is missing`); process.exit(2); };
const program = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/google-chrome'].find((p) => p && fs.existsSync(p));
if (!program) missing('Chromium');
const require = createRequire(path.join(tools, 'package.json'));
let chromium, axe;
try {
  ({ chromium } = require('playwright-core'));
  axe = fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
} catch { missing('playwright-core or axe-core'); }

const PHONE = { width: 360, height: 740 }, DESK = { width: 1280, height: 860 }, WIDE = { width: 1600, height: 1000 };
// What our margins leave of A4, at 96 px per inch.
const SHEET = { width: 627, height: 971 };
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
// The rules that colours can break.
const COLOURS = ['color-contrast', 'link-in-text-block'];
const TYPES = { '.html': 'text/html; charset=utf-8', '.css': 'text/css', '.js': 'text/javascript', '.json': 'application/json', '.svg': 'image/svg+xml', '.xml': 'application/xml', '.woff2': 'font/woff2', '.txt': 'text/plain; charset=utf-8', '.epub': 'application/epub+zip' };

function serve(root) {
  const server = http.createServer((request, response) => {
    let file = path.join(root, decodeURIComponent(new URL(request.url, 'http://127.0.0.1').pathname));
    if (file.endsWith('/')) file += 'index.html';
    if (!fs.existsSync(file)) return response.writeHead(404).end();
    response.writeHead(200, { 'content-type': TYPES[path.extname(file)] ?? 'application/octet-stream' });
    fs.createReadStream(file).pipe(response);
  });
  return new Promise((ready) => server.listen(0, '127.0.0.1', () => ready(server)));
}

let failed = false;
function tell(name, problems, count) {
  failed ||= problems.length > 0 || count === 0;
  console.log(`${problems.length || count === 0 ? 'FAIL' : 'PASS'} ${name}: ${count}`);
  [...new Set(problems)].slice(0, 30).forEach((problem) => console.log(`  ${problem}`));
}

// What a page has: the references of its notes with their notes, and the feeds that it names.
const LOOK = () => ({
  references: [...document.querySelectorAll('[role=doc-noteref]')].map((link) => [link.getAttribute('href').slice(1), link.id]),
  note: document.querySelector('[role=doc-endnotes] li')?.textContent ?? '',
  title: document.querySelector('h1')?.textContent ?? '',
  feeds: [...document.querySelectorAll('link[rel=alternate], .colophon a')].map((link) => link.href),
});
const IS_SEEN = (id) => {
  const place = document.getElementById(id)?.getBoundingClientRect();
  return !!place && place.width > 0 && place.bottom > 0 && place.top < innerHeight && place.right > 0 && place.left < innerWidth;
};
const SIDEWAYS = () => document.documentElement.scrollWidth - innerWidth;
const CUT = () => [...document.querySelectorAll('main *')].find((element) => {
  const { left, right } = element.getBoundingClientRect();
  return right > innerWidth + 1 || left < -1;
})?.outerHTML.slice(0, 60);
// How far below its reference a note stands that is beside the text.
const FURTHEST = () => Math.max(0, ...[...document.querySelectorAll('[role=doc-endnotes] > ol > li')].map((note) => {
  const reference = document.getElementById(note.id.replace('note-', 'ref-'));
  if (!reference || getComputedStyle(note).position !== 'absolute') return 0;
  return note.getBoundingClientRect().top - reference.getBoundingClientRect().top;
}));
// What the paper looks like: light, dark or sepia.
const PAPER = () => {
  const colours = [document.body, document.documentElement].map((element) => getComputedStyle(element).backgroundColor.match(/[\d.]+/g).map(Number));
  const [red, green, blue] = colours.find(([, , , opacity]) => opacity !== 0) ?? [255, 255, 255];
  return (red + green + blue) / 3 < 128 ? 'dark' : red - blue > 15 ? 'sepia' : 'light';
};

async function judge(browser, root, is_first) {
  const server = await serve(root);
  const base = `http://127.0.0.1:${server.address().port}/`;
  const name = path.basename(root), problems = [];
  // Of the lists, one of each kind and language is enough; a page that leads elsewhere is none.
  const files = new Map();
  for (const file of fs.readdirSync(root, { recursive: true }).filter((file) => file.endsWith('.html')).sort()) {
    const html = fs.readFileSync(path.join(root, file), 'utf8');
    const kind = html.match(/<body class="([^"]*)"/)?.[1], lang = html.match(/<article lang="([^"]*)"/)?.[1];
    const key = kind === 'article' ? file : kind;
    if (kind && !files.has(key)) files.set(key, { file: file.replace(/index\.html$/, ''), kind, lang });
  }
  const open = async (options) => {
    const context = await browser.newContext({ reducedMotion: 'reduce', ...options });
    const page = await context.newPage();
    page.on('request', (request) => { if (!request.url().startsWith(base)) problems.push(`${page.url()} asks ${request.url()}`); });
    page.on('pageerror', (error) => problems.push(`${page.url()}: ${error.message}`));
    page.on('console', (line) => { if (line.type() === 'error' && !line.location().url.endsWith('/favicon.ico')) problems.push(`${page.url()}: ${line.text()}`); });
    return page;
  };

  const barriers = async (page, rules, where) => {
    await page.evaluate(axe);
    const { violations } = await page.evaluate((rules) => axe.run(document, { runOnly: rules, resultTypes: ['violations'] }), rules);
    return violations.map(({ id, help, nodes }) => `${where}: ${id}: ${help}: ${nodes[0].target.join(' ')}`);
  };

  // Every page opens, on a phone that is too narrow for most.
  const phone = await open({ viewport: { width: 320, height: 640 } });
  const pages = [], feeds = new Set();
  for (const facts of files.values()) {
    await phone.goto(base + facts.file);
    const page = { ...facts, ...(await phone.evaluate(LOOK)) };
    pages.push(page);
    page.feeds.forEach((feed) => feeds.add(feed));
    const over = await phone.evaluate(SIDEWAYS);
    if (over > 0) problems.push(`${page.file} scrolls sideways by ${over} px`);
  }
  for (const feed of feeds) {
    if (!(await phone.request.get(feed)).ok()) problems.push(`there is no ${feed}`);
  }
  await phone.context().close();
  tell(`${name}, pages`, problems.splice(0), pages.length);

  const articles = pages.filter(({ kind }) => kind === 'article');
  const noted = articles.filter(({ references }) => references.length);
  const most = noted.toSorted((a, b) => b.references.length - a.references.length).slice(0, 1);

  // One page of each kind and language has no barriers.
  const kinds = [...new Map(pages.map((page) => [`${page.kind} ${page.lang}`, page])).values()];
  for (const [colorScheme, viewport, read, runOnly] of [
    ['light', DESK, is_first ? kinds : most, RULES], ['light', PHONE, most, RULES],
    ['light', DESK, kinds, COLOURS], ['dark', DESK, kinds, COLOURS], ['dark', PHONE, most, RULES],
  ]) {
    const page = await open({ viewport, colorScheme });
    for (const { file } of read) {
      await page.goto(base + file);
      if ((await page.evaluate(PAPER)) !== colorScheme) problems.push(`${file} is not ${colorScheme}`);
      problems.push(...(await barriers(page, runOnly, `${file} (${colorScheme}, ${viewport.width} px)`)));
    }
    await page.context().close();
  }
  tell(`${name}, axe`, problems.splice(0), kinds.length);

  // On a wide screen notes stand near their lines; on paper nothing is cut off.
  for (const [viewport, media] of [[WIDE, 'screen'], [SHEET, 'print']]) {
    const page = await open({ viewport });
    await page.emulateMedia({ media });
    for (const { file } of pages) {
      await page.goto(base + file);
      const cut = media === 'print' && (await page.evaluate(CUT)), far = media === 'screen' ? await page.evaluate(FURTHEST) : 0;
      if (cut) problems.push(`${file}: paper cuts off ${cut}`);
      if (far > 500) problems.push(`${file}: a note stands ${Math.round(far)} px below its line`);
    }
    await page.context().close();
  }
  tell(`${name}, paper and wide screens`, problems.splice(0), pages.length);

  // The reader's choice of colours is stronger than what the system prefers.
  let chosen = 0;
  for (const javaScriptEnabled of [true, false]) {
    for (const colorScheme of ['light', 'dark']) {
      const page = await open({ viewport: DESK, colorScheme, javaScriptEnabled });
      for (const choice of ['sepia', colorScheme === 'light' ? 'dark' : 'light', 'automatic']) {
        const where = `${choice} (the system: ${colorScheme}, scripts: ${javaScriptEnabled})`;
        const wanted = choice === 'automatic' ? colorScheme : choice;
        await page.goto(base + most[0].file);
        await page.selectOption('#colours', choice);
        if ((await page.evaluate(PAPER)) !== wanted) problems.push(`${where} is not ${wanted}`);
        if (!javaScriptEnabled) { chosen += 1; continue; }
        problems.push(...(await barriers(page, COLOURS, where)));
        for (const { file } of choice === 'automatic' ? [] : kinds) {
          await page.goto(base + file);
          if ((await page.evaluate(PAPER)) !== wanted) problems.push(`${file} does not keep ${where}`);
          problems.push(...(await barriers(page, COLOURS, `${file}, ${where}`)));
          chosen += 1;
        }
      }
      await page.context().close();
    }
    const page = await open({ viewport: DESK, javaScriptEnabled });
    const session = await page.context().newCDPSession(page);
    await session.send('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-contrast', value: 'less' }, { name: 'prefers-color-scheme', value: 'light' }] });
    await page.goto(base + most[0].file);
    if ((await page.evaluate(PAPER)) !== 'sepia') problems.push(`who asks for less contrast does not get sepia (scripts: ${javaScriptEnabled})`);
    await page.context().close();
  }
  tell(`${name}, choice of colours`, problems.splice(0), chosen);

  // Notes, there and back.
  let trips = 0;
  const is_at = async (page, id) => (await page.evaluate(() => decodeURIComponent(location.hash.slice(1)))) === id && (await page.evaluate(IS_SEEN, id));
  const back = (note, reference) => `[id="${note}"] [role=doc-backlink][href="#${reference}"]`;
  for (const viewport of [DESK, PHONE]) {
    for (const javaScriptEnabled of [true, false]) {
      const page = await open({ viewport, javaScriptEnabled });
      page.setDefaultTimeout(5000);
      for (const { file, references } of is_first && javaScriptEnabled ? noted : most) {
        const where = `${file} (${viewport.width} px, scripts: ${javaScriptEnabled})`;
        await page.goto(base + file);
        for (const [note, reference] of references) {
          await page.click(`[id="${reference}"]`);
          if (!(await is_at(page, note))) problems.push(`${where}: ${reference} does not lead to its note`);
          await page.click(back(note, reference));
          if (!(await is_at(page, reference))) problems.push(`${where}: ${note} does not lead back to ${reference}`);
          trips += 1;
        }
      }
      await page.context().close();
    }
  }
  tell(`${name}, notes`, problems.splice(0), trips);

  // The same with the keys Tab and Enter alone, from the top of the page.
  let keys = 0;
  const page = await open({ viewport: DESK });
  const focused = () => page.evaluate(() => document.activeElement?.id + '|' + document.activeElement?.getAttribute('href'));
  const tab_to = async (wanted) => {
    for (let step = 0; step < 120; step += 1) {
      await page.keyboard.press('Tab');
      if ((await focused()) === wanted) return true;
    }
    return false;
  };
  for (const { file, references } of is_first ? noted : most) {
    await page.goto(base + file);
    for (const [note, reference] of references) {
      const there = await tab_to(`${reference}|#${note}`);
      await page.keyboard.press('Enter');
      const at_note = there && (await is_at(page, note));
      // Several references can share a note: the keys go over the way back to each.
      let home = false;
      for (let step = 0; at_note && !home && step < 40; step += 1) {
        await page.keyboard.press('Tab');
        home = (await focused()).endsWith(`|#${reference}`);
      }
      await page.keyboard.press('Enter');
      if (!home || !(await is_at(page, reference))) problems.push(`${file}: the keyboard does not reach ${note} and come back`);
      keys += 1;
    }
  }
  tell(`${name}, notes by keyboard`, problems.splice(0), keys);

  // Lists lead from page to page, and to every article.
  const reached = new Set();
  await page.goto(base);
  let turned = 0;
  for (; turned < 100; turned += 1) {
    for (const href of await page.$$eval('.cards h2 a', (links) => links.map((link) => link.href))) reached.add(href);
    if (!(await page.$('.pager [rel=next]'))) break;
    await page.click('.pager [rel=next]');
    await page.waitForLoadState();
  }
  for (const { file } of articles) if (!reached.has(base + file)) problems.push(`no page of the list names ${file}`);
  tell(`${name}, pages of the list`, problems.splice(0), turned);

  // The search finds a word of a title and one of a note, in every article.
  const longest = (text) => text.match(/[\p{L}\p{M}]+/gu).sort((a, b) => b.length - a.length)[0];
  let asked = 0;
  for (const { file, title, note } of is_first ? articles : most) {
    for (const text of [title, note].filter((text) => /\p{L}/u.test(text))) {
      await page.goto(`${base}search/`);
      await page.fill('input[type=search]', longest(text));
      const found = page.locator(`#search-results a[href$="${file}"]`);
      await found.waitFor({ timeout: 5000 }).catch(() => problems.push(`${file} is not found by ${longest(text)}`));
      asked += 1;
    }
  }
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.waitForURL((url) => !url.pathname.includes('/search/'), { timeout: 5000 }).catch(() => problems.push('the arrow keys do not lead to a result'));
  await page.goBack();
  await page.locator('#search-results a').first().waitFor({ timeout: 5000 }).catch(() => problems.push('what was found is not there after going back'));
  tell(`${name}, search`, problems.splice(0), asked);
  await page.context().close();
  server.close();
}

const browser = await chromium.launch({ executablePath: program, args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'] });
for (const [at, site] of process.argv.slice(2).entries()) {
  await judge(browser, path.resolve(site), at === 0).catch((error) => { console.log(`FAIL ${site}: ${error.stack}`); failed = true; });
}
await browser.close();
process.exit(failed ? 1 : 0);
