import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type BrowserContext, chromium } from 'playwright-core';
import { fleetEvents, fleetReport, HOSTILE, hostileReport } from '../../__tests__/report/sample.ts';
import { createLog } from '../../src/report/log.ts';
import { createReportRedactor } from '../../src/report/redact-report.ts';
import { colours } from '../../src/report/style.ts';
import { toSummary } from '../../src/report/summary.ts';
import { logPage, summaryPage, type Theme } from './page.ts';
import { smaller } from './smaller.ts';

/** `npm run screenshots [-- FOLDER]`: draws docs/images from fixed reports, in a real browser with the real Mermaid. */

const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';
/** What a README can bear. */
const MAX_BYTES = 200_000;

const ARGUMENTS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Names that a reader can tell apart; the fleet of the tests only has numbers. */
const NAMES = ['web', 'cart', 'checkout', 'payments', 'search', 'reviews', 'stock', 'mail', 'orders', 'assets'];

const named = <T>(value: T, count: number): T =>
  count > NAMES.length
    ? value
    : JSON.parse(
        JSON.stringify(value)
          .replaceAll(/app-000(\d)/g, (_, digit: string) => `shop-${NAMES[Number(digit)]}`)
          .replaceAll('app-.*', 'shop-.*'),
      );

const summaryOf = (count: number): string => {
  return toSummary(named(fleetReport(count), count), {
    called: [
      ['kubeconfig', '***'],
      ['application-regex', named('app-.*', count)],
      ['wait-until-healthy', 'true'],
    ],
  });
};

const logOf = (count: number): readonly string[] => {
  const lines: string[] = [];
  const writer = {
    line: (text: string) => void lines.push(text),
    open: (title: string) => void lines.push(`::group::${title}`),
    close: () => void lines.push('::endgroup::'),
  };
  const log = createLog(writer, { failOnTimeout: true, goal: 'healthy', style: colours, redact: (text) => text });
  for (const event of named(fleetEvents(count), count)) log.emit(event);
  log.finish(named(fleetReport(count), count));
  return lines;
};

interface Picture {
  readonly name: string;
  readonly html: string;
  readonly theme: Theme;
}

const PICTURES: readonly Picture[] = [
  ...[1, 10, 1000].map(
    (count): Picture => ({ name: `summary-${count}`, html: summaryPage(summaryOf(count), 'light'), theme: 'light' }),
  ),
  { name: 'summary-10-dark', html: summaryPage(summaryOf(10), 'dark'), theme: 'dark' },
  { name: 'log-10', html: logPage(logOf(10)), theme: 'dark' },
];

/** Draws one picture; fails for a chart that Mermaid cannot read, and for a picture that is too large. */
async function draw(browser: BrowserContext, { name, html, theme }: Picture, folder: string): Promise<void> {
  const page = await browser.newPage();
  await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
  // From a file: in a page without an address Mermaid cannot make its links.
  const file = join(profile, `${name}.html`);
  writeFileSync(file, html);
  await page.goto(pathToFileURL(file).href);
  await page.evaluate('window.drawn');
  const path = join(folder, `${name}.png`);
  writeFileSync(path, smaller(await page.locator('article').screenshot()));
  await page.close();
  const { size } = statSync(path);
  console.log(`${path}  ${Math.round(size / 1024)} KB`);
  if (size > MAX_BYTES) throw new Error(`${name}.png has more than ${MAX_BYTES} bytes`);
}

/** Texts that servers could send to break a page, in every place of a report: all charts are drawn, and nothing runs. */
async function checkHostile(browser: BrowserContext): Promise<void> {
  const summaries = HOSTILE.map((text) =>
    toSummary(
      createReportRedactor(
        (same) => same,
        () => 0,
      ).report(hostileReport(text)),
      { called: [['input', text]] },
    ),
  );
  const page = await browser.newPage();
  let ran = 0;
  page.on('dialog', (dialog) => {
    ran += 1;
    void dialog.dismiss();
  });
  const file = join(profile, 'hostile.html');
  writeFileSync(file, summaryPage(summaries.join('\n'), 'light'));
  await page.goto(pathToFileURL(file).href);
  await page.evaluate('window.drawn');
  const drawn = await page.locator('.mermaid svg').count();
  const wanted = summaries.join('\n').split('```mermaid').length - 1;
  const foreign = await page.locator('article script, article img, article iframe').count();
  await page.close();
  if (drawn !== wanted || ran > 0 || foreign > 0) {
    throw new Error(
      `hostile texts: ${drawn} of ${wanted} charts drawn, ${ran} scripts ran, ${foreign} foreign elements`,
    );
  }
  console.log(`${wanted} charts with hostile texts drawn`);
}

const profile = mkdtempSync(join(tmpdir(), 'gitopssync-screenshots-'));
try {
  if (existsSync(CHROMIUM)) {
    const browser = await chromium.launchPersistentContext(join(profile, 'profile'), {
      executablePath: CHROMIUM,
      args: ARGUMENTS,
      viewport: { width: 1200, height: 900 },
    });
    const folder = process.argv[2] ?? join(import.meta.dirname, '../images');
    for (const picture of PICTURES) await draw(browser, picture, folder);
    await checkHostile(browser);
    await browser.close();
  } else {
    console.error(
      `No browser at ${CHROMIUM}: set CHROMIUM, or on Debian: apt-get install chromium fonts-noto-color-emoji fonts-dejavu`,
    );
    process.exitCode = 1;
  }
} finally {
  rmSync(profile, { recursive: true, force: true });
}
