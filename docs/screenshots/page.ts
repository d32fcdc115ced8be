import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';

/** Web pages that show a job summary and a log about as GitHub does. */

export type Theme = 'light' | 'dark';

const require = createRequire(import.meta.url);
const asset = (name: string): string => readFileSync(require.resolve(name), 'utf8');

const COLOURS = {
  light: { page: '#ffffff', text: '#1f2328', mute: '#59636e' },
  dark: { page: '#0d1117', text: '#f0f6fc', mute: '#9198a1' },
} as const;

/** A job summary. Fenced blocks of language mermaid become charts; one that Mermaid cannot read makes the page fail. */
export const summaryPage = (markdown: string, theme: Theme): string => {
  const html = micromark(markdown, {
    extensions: [gfm()],
    htmlExtensions: [gfmHtml()],
    allowDangerousHtml: true,
  }).replaceAll(/<pre><code class="language-mermaid">([\s\S]*?)<\/code><\/pre>/g, '<pre class="mermaid">$1</pre>');
  return `<!doctype html><meta charset="utf-8"><style>${asset(`github-markdown-css/github-markdown-${theme}.css`)}
    body { margin: 0; background: ${COLOURS[theme].page}; }
    article { box-sizing: border-box; width: 1012px; padding: 24px 32px; }
    .markdown-body .mermaid { background: none; padding: 0; text-align: center; }
  </style><article class="markdown-body">${html}</article>
  <script>${asset('mermaid/dist/mermaid.min.js')}</script>
  <script>
    mermaid.initialize({ startOnLoad: false, securityLevel: 'strict', theme: '${theme === 'dark' ? 'dark' : 'default'}' });
    window.drawn = mermaid.run({ querySelector: '.mermaid' });
  </script>`;
};

const ESCAPE = String.fromCharCode(27);
const SGR = new RegExp(`${ESCAPE}\\[(\\d+)m([^${ESCAPE}]*)${ESCAPE}\\[0m`, 'g');
const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

/** A log with its groups folded, numbered as GitHub numbers it. */
export const logPage = (lines: readonly string[]): string => {
  const shown: string[] = [];
  let folded = false;
  for (const line of lines) {
    if (line.startsWith('::endgroup::')) folded = false;
    else if (line.startsWith('::group::')) {
      folded = true;
      shown.push(`▸ ${escaped(line.slice('::group::'.length))}`);
    } else if (!folded) {
      shown.push(
        escaped(line).replaceAll(SGR, (_, code: string, text: string) => `<span class="c${code}">${text}</span>`),
      );
    }
  }
  const rows = shown.map((line, index) => `<div><i>${index + 1}</i><span>${line}</span></div>`).join('');
  return `<!doctype html><meta charset="utf-8"><style>
    body { margin: 0; background: ${COLOURS.dark.page}; color: ${COLOURS.dark.text}; }
    article { box-sizing: border-box; width: 1180px; padding: 16px 16px 16px 0; font: 12px/20px "DejaVu Sans Mono", monospace; }
    div { display: flex; white-space: pre-wrap; overflow-wrap: anywhere; }
    i { flex: 0 0 48px; margin-right: 16px; text-align: right; font-style: normal; color: ${COLOURS.dark.mute}; }
    .c1 { font-weight: bold; } .c90 { color: ${COLOURS.dark.mute}; }
  </style><article>${rows}</article>`;
};
