// The part of markdown_outputs.py that Node runs. usage: markdown_outputs.mjs NODE_MODULES < [{front, text, body}…]
// Prints for each text how many references markdown-it links, and what js-yaml and gray-matter read.
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { readFileSync } from 'node:fs';

const require = createRequire(resolve(process.argv[2], 'x.js'));
const load = (name) => { const found = require(name); return found.default ?? found; };
const [markdownIt, footnote, yaml, matter] = ['markdown-it', 'markdown-it-footnote', 'js-yaml', 'gray-matter'].map(load);
const engine = markdownIt({ html: true }).use(footnote);

const attempt = (read) => {
  try {
    return { value: read() ?? {} };
  } catch (error) {
    return { error: String(error.message).split('\n')[0] };
  }
};

const told = JSON.parse(readFileSync(0, 'utf8')).map(({ front, text, body }) => ({
  references: (engine.render(body).match(/<sup class="footnote-ref">/g) ?? []).length,
  front: { 'js-yaml': attempt(() => yaml.load(front)), 'gray-matter': attempt(() => matter(text).data) },
}));
console.log(JSON.stringify(told));
