// Opens a book in a reading system in headless Chromium, clicks references and the links back, and sees where it lands:
// on the note, and with foliate-js on a pop-up that holds this note and no other.
//
// usage: node epub_reader.mjs BOOK.epub foliate|epubjs [FOLDER for screenshots]
// Prints one JSON object: {"problems": […], "figures": "…"}. Exit code 2: a tool is missing.
import { createRequire } from 'node:module';
import fs from 'node:fs';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';

const [file, engine, shots] = process.argv.slice(2);
const MOST = 8; // references tried
const tools = process.env.POSTIL_JUDGES || path.join(os.homedir(), '.cache/postil-judges');
const modules = path.join(tools, 'node_modules');
const missing = (what) => { console.error(what); process.exit(2); };
let chromium;
try {
  ({ chromium } = createRequire(path.join(tools, 'package.json'))('playwright-core'));
} catch { missing('playwright-core'); }
const program = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/google-chrome'].find((p) => p && fs.existsSync(p));
if (!program) missing('Chromium');
if (!fs.existsSync(path.join(modules, engine === 'foliate' ? 'foliate-js' : 'epubjs'))) missing(engine);

// Each page gives the judge the same functions; foliate-js alone shows pop-ups.
const PAGES = {
  foliate: `<!doctype html><meta charset=utf-8><style>html,body{margin:0;height:100%}foliate-view{display:block;height:100vh}</style><body><script type=module>
    import '/modules/foliate-js/view.js';
    import { FootnoteHandler } from '/modules/foliate-js/footnotes.js';
    const view = document.createElement('foliate-view');
    document.body.append(view);
    const blob = await (await fetch('/book.epub')).blob();
    await view.open(new File([blob], 'book.epub', { type: 'application/epub+zip' }));
    view.renderer.setAttribute('flow', 'scrolled');
    const shown = () => view.renderer.getContents()[0];
    // As the reading systems built on it do: a note comes up in a view of its own, and its link back closes it.
    const notes = new FootnoteHandler();
    let waiting = null, up = null;
    // The view is still being laid out when the note is there; it must not be taken away meanwhile.
    const close = () => { const gone = up; up = null; gone.style.visibility = 'hidden'; setTimeout(() => { gone.close(); gone.remove(); }, 1000); };
    view.addEventListener('link', (event) => waiting && notes.handle(view.book, event)?.catch((error) => waiting({ error: String(error) })));
    notes.addEventListener('before-render', ({ detail }) => {
      up = detail.view;
      up.style.cssText = 'position:fixed;inset:auto 5% 5% 5%;height:30vh;border:1px solid;background:Canvas';
      document.body.append(up);
      up.renderer.setAttribute('flow', 'scrolled');
      up.addEventListener('link', (event) => { event.preventDefault(); close(); view.goTo(event.detail.href); });
    });
    notes.addEventListener('render', ({ detail }) => waiting({ type: detail.type, page: detail.view.renderer.getContents()[0].doc }));
    const popUp = async (link) => {
      const note = await new Promise((done) => { waiting = done; setTimeout(() => done(null), 4000); link.click(); });
      waiting = null;
      return note;
    };
    const words = async (section, href) => {
      const { index, anchor } = view.book.resolveHref(view.book.sections[section].resolveHref(href));
      return anchor(await view.book.sections[index].createDocument()).textContent;
    };
    globalThis.Book = { popUp, words, isUp: () => up !== null, sections: view.book.sections.length, contents: view.book.toc?.length ?? 0,
      show: (section) => view.goTo(section), dress: (css) => view.renderer.setStyles(css), page: () => shown().doc, section: () => shown().index };
  </script>`,
  epubjs: `<!doctype html><meta charset=utf-8><style>html,body{margin:0}#view{width:100vw;height:100vh}</style><body><div id=view></div>
    <script src=/modules/jszip/dist/jszip.min.js></script><script src=/modules/epubjs/dist/epub.js></script><script>(async () => {
    const book = ePub(await (await fetch('/book.epub')).arrayBuffer());
    await book.ready;
    const view = book.renderTo('view', { width: innerWidth, height: innerHeight, flow: 'scrolled-doc', allowScriptedContent: true });
    await view.display();
    const shown = () => view.getContents()[0];
    globalThis.Book = { sections: book.spine.spineItems.length, contents: book.navigation.toc.length,
      show: (section) => view.display(book.spine.get(section).href), dress: (css) => view.themes.default(css ? { body: { background: '#1b1b1d', color: '#ddd' } } : {}), page: () => shown().document, section: () => shown().sectionIndex };
  })();</script>`,
};

const TYPES = { '.js': 'text/javascript', '.epub': 'application/epub+zip', '.wasm': 'application/wasm' };
const server = http.createServer((request, response) => {
  const { pathname } = new URL(request.url, 'http://127.0.0.1');
  const within = path.join(modules, decodeURIComponent(pathname).replace('/modules/', ''));
  const found = pathname === '/book.epub' ? file : pathname.startsWith('/modules/') && within.startsWith(modules) ? within : null;
  if (pathname === '/') return response.writeHead(200, { 'content-type': 'text/html' }).end(PAGES[engine]);
  if (!found || !fs.existsSync(found)) return response.writeHead(404).end();
  response.writeHead(200, { 'content-type': TYPES[path.extname(found)] ?? 'application/octet-stream' });
  fs.createReadStream(found).pipe(response);
});
await new Promise((ready) => server.listen(0, '127.0.0.1', ready));

// What the two below use in the page.
const HELP = `
  const until = async (test) => {
    for (let tries = 0; tries < 80; tries++) {
      try { const found = test(); if (found) return found; } catch { /* the page is being replaced */ }
      await new Promise((next) => setTimeout(next, 50));
    }
    return null;
  };
  const isVisible = (element) => {
    const top = element.ownerDocument.defaultView.frameElement.getBoundingClientRect().top;
    const box = element.getBoundingClientRect();
    return box.bottom + top > 0 && box.top + top < innerHeight;
  };
  const visible = (id) => until(() => { const found = Book.page().getElementById(id); return found && isVisible(found) && found; });
  const wayBack = (note, id) => [...note.querySelectorAll('a[role~="doc-backlink"]')].find((a) => a.getAttribute('href').split('#')[1] === id);
  const soon = () => new Promise((next) => setTimeout(next, 100));
`;

// Runs in the page: from a reference to its note and back.
const travel = async ({ section, at }) => {
  await Book.show(section);
  const link = Book.page().querySelectorAll('a[role~="doc-noteref"]')[at];
  const [id, href] = [link.id, link.getAttribute('href')];
  link.click();
  const note = await visible(href.split('#')[1]);
  if (!note) return `${id}: the note did not come into view`;
  await soon();
  const back = wayBack(note, id);
  if (!back) return `${id}: no way back`;
  back.click();
  return (await visible(id)) && Book.section() === section ? null : `${id}: the way back led elsewhere`;
};

// Runs in the page: has the note of a reference come up, and goes back. The note stays up if `stays`, for a picture of it.
const popUp = async ({ section, at, stays }) => {
  await Book.show(section);
  await soon();
  const link = Book.page().querySelectorAll('a[role~="doc-noteref"]')[at];
  const [id, href] = [link.id, link.getAttribute('href')];
  link.scrollIntoView({ block: 'center' });
  const note = await Book.popUp(link);
  if (!note || note.error) return `${id}: no note came up${note ? `: ${note.error}` : ''}`;
  if (stays) return null;
  const plain = (text) => text.replace(/\s+/g, ' ').trim();
  const [up, printed] = [note.page.body.textContent, await Book.words(section, href)].map(plain);
  if (note.type !== 'footnote') return `${id}: what came up is ${note.type}, no footnote`;
  if (up !== printed) return `${id}: what came up is ${JSON.stringify(up.slice(0, 80))}, not ${JSON.stringify(printed.slice(0, 80))}`;
  if (Book.section() !== section || !(await visible(id))) return `${id}: the text went away behind the note`;
  const back = wayBack(note.page, id);
  if (!back) return `${id}: no way back from the pop-up`;
  back.click();
  await soon();
  if (Book.isUp()) return `${id}: the note stayed up`;
  return (await visible(id)) && Book.section() === section ? null : `${id}: the way back from the pop-up led elsewhere`;
};

const problems = [];
let figures = '';
const browser = await chromium.launch({ executablePath: program, args: ['--no-sandbox', '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1'] });
try {
  const page = await browser.newPage({ viewport: { width: 800, height: 900 } });
  page.on('pageerror', (error) => problems.push(`script error: ${String(error.message).slice(0, 160)}`));
  await page.goto(`http://127.0.0.1:${server.address().port}/`);
  await page.waitForFunction(() => globalThis.Book, null, { timeout: 30000 });
  await page.addScriptTag({ content: HELP });
  const { sections, contents, references } = await page.evaluate(async () => {
    const references = [];
    for (let section = 0; section < Book.sections; section++) {
      await Book.show(section);
      const count = Book.page().querySelectorAll('a[role~="doc-noteref"]').length;
      for (let at = 0; at < count; at++) references.push({ section: Book.section(), at });
    }
    return { sections: Book.sections, contents: Book.contents, references };
  });
  if (!contents) problems.push('the table of contents is empty');
  const step = Math.max(1, Math.ceil(references.length / MOST));
  const tried = references.filter((_, at) => at % step === 0);
  for (const reference of tried) {
    const problem = await page.evaluate(travel, reference);
    if (problem) problems.push(problem);
    const unraised = engine === 'foliate' && (await page.evaluate(popUp, reference));
    if (unraised) problems.push(unraised);
  }
  if (shots) {
    fs.mkdirSync(shots, { recursive: true });
    // As reading systems dress a book by day and by night, on a desk and on a phone.
    for (const [look, css] of [['light', ''], ['dark', 'html { background: #1b1b1d; color: #ddd } a { color: #9bc }']]) {
      for (const [device, width, height] of [['desk', 1000, 900], ['phone', 360, 720]]) {
        await page.setViewportSize({ width, height });
        await page.evaluate(([section, css]) => { Book.dress(css); return Book.show(section); }, [references[0]?.section ?? 0, css]);
        await page.waitForTimeout(300);
        await page.screenshot({ path: path.join(shots, `${path.basename(file, '.epub')}-${engine}-${look}-${device}.png`) });
      }
    }
    if (engine === 'foliate' && references.length) {
      await page.evaluate(popUp, { ...references[0], stays: true });
      await page.waitForTimeout(300);
      await page.screenshot({ path: path.join(shots, `${path.basename(file, '.epub')}-${engine}-pop-up.png`) });
    }
  }
  figures = `${sections} documents, ${references.length} references, ${tried.length} followed there and back${engine === 'foliate' ? ', and brought up' : ''}`;
} catch (error) {
  problems.push(`could not be read: ${String(error.message ?? error).split('\n')[0]}`);
} finally {
  await browser.close();
  server.close();
}
console.log(JSON.stringify({ problems, figures }));
