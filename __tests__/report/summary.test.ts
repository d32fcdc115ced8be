import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';
import { FAILING, PASSING } from '../../src/argocd/verdict.ts';
import { SUMMARY_MAX_BYTES } from '../../src/report/limits.ts';
import { toSummary } from '../../src/report/summary.ts';
import { expectGolden } from './golden.ts';
import { fleetReport, HOSTILE, hostileReport, sampleApplication, sampleReport, sampleResource } from './sample.ts';

const render = (markdown: string): string =>
  micromark(markdown, { extensions: [gfm()], htmlExtensions: [gfmHtml()], allowDangerousHtml: true });

const count = (html: string, part: string): number => html.split(part).length - 1;

describe('the job summary', () => {
  test.each([1, 10, 1000])('of %i Applications is as it was looked at', (applications) => {
    const markdown = toSummary(fleetReport(applications), {
      called: [
        ['application-regex', 'app-.*'],
        ['wait-until-healthy', 'true'],
      ],
    });
    expectGolden(`summary-${applications}.md.txt`, markdown);
  });

  test('shows failures first, ten rows in the open and the rest folded', () => {
    const html = render(toSummary(fleetReport(25), { called: [] }));
    const [open = '', folded = ''] = html.split('<details><summary>15 more</summary>');
    expect([...open.matchAll(/>(app-\d+)<\/a>/g)].map(([, name]) => name)).toEqual(
      'app-0003 app-0005 app-0008 app-0000 app-0001 app-0002 app-0004 app-0006 app-0007 app-0009'.split(' '),
    );
    expect(count(folded, 'https://argocd.example.com/')).toBe(15);
  });

  test('says when something in the fold did not pass', () => {
    const report = sampleReport(Array.from({ length: 12 }, () => sampleApplication({ verdict: 'error' })));
    expect(toSummary(report, { called: [] })).toContain('<summary>2 more, 2 of them did not pass</summary>');
  });

  test('has a row for every verdict', () => {
    const verdicts = [...PASSING, ...FAILING];
    const html = render(
      toSummary(sampleReport(verdicts.map((verdict) => sampleApplication({ verdict }))), { called: [] }),
    );
    for (const verdict of verdicts) expect(html).toContain(`\u00a0${verdict.replaceAll('-', '\u00a0')}</td>`);
  });

  test('has no link without an address and no cell for what never became known', () => {
    const report = sampleReport([
      sampleApplication({ url: '', syncStatus: null, healthStatus: null, phase: null, verdict: 'not-found' }),
    ]);
    const html = render(toSummary(report, { called: [] }));
    expect(html).not.toContain('<a ');
    expect(html).not.toContain('null');
  });

  test('tells problems when nothing was selected', () => {
    const problems = [{ title: 'No connection', message: 'refused', hint: 'Check it', causes: ['ECONNREFUSED'] }];
    const html = render(toSummary(sampleReport([], { problems }), { called: [] }));
    expect(html).toContain('<h3>❌ No connection</h3>');
    expect(html).toContain('<strong>No connection</strong><br>refused<br>ECONNREFUSED</td>\n<td>Check it</td>');
  });

  test('keeps its structure whatever servers say', () => {
    const calm = 'calm';
    const hostile = (text: (index: number) => string) => {
      const applications = HOSTILE.map((_, index) =>
        sampleApplication({
          name: `${index}${text(index)}`,
          verdict: 'sync-failed',
          message: text(index),
          hint: `${index}${text(index)}`,
          url: text(index),
          revisions: [text(index)],
          resources: [
            sampleResource({ status: 'SyncFailed', kind: text(index), name: text(index), message: text(index) }),
          ],
          conditions: [{ type: 'ComparisonError', message: text(index) }],
        }),
      );
      const excluded = HOSTILE.map((_, index) => ({
        ref: { namespace: 'argocd', name: `${index}` },
        reason: `${index}${text(index)}`,
      }));
      const problems = HOSTILE.map((_, index) => ({
        title: `!${text(index)}`,
        message: text(index),
        hint: text(index),
        causes: [text(index)],
      }));
      const report = sampleReport(applications, {
        problems,
        selection: { looked: text(0), excluded, shards: [] },
        connection: text(1),
      });
      return render(toSummary(report, { called: [['input', text(3)]] }));
    };
    const tags = (html: string): string[] =>
      (html.replaceAll('<span>$</span>', '').match(/<[^>]*>/g) ?? []).filter(
        (tag) => tag !== '<br>' && !/^<\/?(?:a|code>)/.test(tag),
      );
    const expected = tags(hostile(() => calm));
    expect(expected.length).toBeGreaterThan(1000);
    expect(tags(hostile((index) => HOSTILE[index] ?? ''))).toEqual(expected);
  });

  /** Everything that a chart of ours may consist of. */
  const CHART_LINES = [
    /^%%\{init: \{[\w:",#{} ]+\}\}%%$/,
    /^(?:gantt|pie showData|dateFormat x|axisFormat [%:\w ]+|tickInterval \d+(?:second|minute|hour))$/,
    /^section [\w./-]{1,40}$/,
    /^(?:waiting|syncing|becoming healthy|terminating|\u2800) :(?:(?:done|active|crit), )?\d+, \d+$/,
    /^"[a-z ]+" : \d+$/,
    /^title The \d+ of \d+ that did not pass$/,
  ];
  const charts = (markdown: string): readonly string[] =>
    [...markdown.matchAll(/^```mermaid\n([\s\S]*?)\n```$/gm)].map(([, chart = '']) => chart);
  const strangeLines = (markdown: string): readonly string[] =>
    charts(markdown)
      .flatMap((chart) => chart.split('\n'))
      .filter((line) => !CHART_LINES.some((known) => known.test(line)));

  test.each(HOSTILE.map((text, index) => [index, text] as const))('has charts that stay charts (%i)', (_, text) => {
    const markdown = toSummary(hostileReport(text), { called: [] });
    expect(charts(markdown)).toHaveLength(2);
    expect(strangeLines(markdown)).toEqual([]);
  });

  test('keeps its structure for any text', () => {
    const shape = (text: string): string => {
      const markdown = toSummary(hostileReport(text), { called: [['input', text]] });
      expect(strangeLines(markdown)).toEqual([]);
      const html = render(markdown)
        .replace(/<pre>[\s\S]*?<\/pre>/g, '')
        .replaceAll('<span>$</span>', '');
      return (html.match(/<[^>]*>/g) ?? []).filter((tag) => tag !== '<br>' && !/^<\/?(?:a|code>)/.test(tag)).join('');
    };
    const calm = shape('x');
    const unit = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 3 }),
      fc.constantFrom(...'`|<>&*_[]()#!~$\\\n\r\t:;%"{}-=+ '),
    );
    fc.assert(
      fc.property(fc.array(unit, { maxLength: 20 }), (parts) => {
        // Where a text is empty its cell is too, but the hint has no row then.
        expect(shape(`x${parts.join('')}`)).toBe(calm);
      }),
      { numRuns: 30 },
    );
  });

  test('draws how long what took longest waited, synced and became healthy', () => {
    const [chart = ''] = charts(toSummary(sampleReport(), { called: [] }));
    const at = (stamp: string): number => Date.parse(`2026-11-20T10:00:${stamp}.000Z`);
    expect(chart.split('\n').slice(-4)).toEqual([
      'section guestbook',
      `waiting :done, ${at('00')}, ${at('02')}`,
      `syncing :active, ${at('02')}, ${at('06')}`,
      `becoming healthy :${at('06')}, ${at('13')}`,
    ]);
  });

  test('draws a wait without a sync, and nothing where nothing took time', () => {
    const times = { syncStartedAt: null, syncFinishedAt: null } as const;
    const waited = toSummary(
      sampleReport([sampleApplication({ ...times, verdict: 'timed-out' })], { command: 'wait' }),
      {
        called: [],
      },
    );
    expect(charts(waited)[0]).toMatch(/becoming healthy :crit, \d+, \d+$/);
    const none = sampleReport([sampleApplication({ ...times, startedAt: null, finishedAt: null })], {
      command: 'plan',
    });
    expect(charts(toSummary(none, { called: [] }))).toEqual([]);
  });

  test('draws the twelve that ended last, however many there are', () => {
    const [, gantt = ''] = charts(toSummary(fleetReport(1000), { called: [] }));
    expect(gantt.match(/^section /gm)).toHaveLength(12);
  });

  test('counts verdicts in a chart where there are several, the most frequent first, each in its colour', () => {
    const [pie = ''] = charts(toSummary(fleetReport(10), { called: [] }));
    expect(pie.split('\n').slice(1)).toEqual([
      'pie showData',
      '"healthy" : 7',
      '"sync failed" : 1',
      '"degraded" : 1',
      '"timed out" : 1',
    ]);
    expect(pie).toContain('"pie1":"#2da44e","pie2":"#cf222e"');
    expect(toSummary(fleetReport(2), { called: [] })).not.toContain('pie');
  });

  test('counts only what did not pass in that chart where it would be too little to be seen', () => {
    const [pie = ''] = charts(toSummary(fleetReport(1000), { called: [] }));
    expect(pie.split('\n').slice(1)).toEqual([
      'pie showData',
      'title The 3 of 1000 that did not pass',
      '"sync failed" : 1',
      '"degraded" : 1',
      '"timed out" : 1',
    ]);
    const one = fleetReport(1000).applications.filter(({ verdict }) => verdict === 'healthy' || verdict === 'degraded');
    expect(toSummary(sampleReport(one), { called: [] })).not.toContain('pie');
  });

  test('names unhealthy resources and the last warnings about them', () => {
    const html = render(toSummary(fleetReport(10), { called: [] }));
    expect(html).toContain('<td>apps/Deployment shop/crashy</td>\n<td>💔\u00a0Degraded</td>');
    expect(html).toContain('<td>⚠️ BackOff ×12</td>\n<td>Back-off restarting failed container');
  });

  test('sets names of inputs apart in what to do', () => {
    const report = sampleReport([
      sampleApplication({ verdict: 'error', hint: 'Use `on-timeout: terminate` or `<b>`' }),
    ]);
    expect(render(toSummary(report, { called: [] }))).toContain(
      'Use <code>on-timeout: terminate</code> or `&lt;b&gt;`',
    );
  });

  test.each(['x', '@', '$', '🚀', '|'])(
    'stays below the limit with 1000 Applications and long messages of %j',
    (char) => {
      const text = char.repeat(5000);
      const resources = Array.from({ length: 20 }, () =>
        sampleResource({ status: 'SyncFailed', message: text, name: text }),
      );
      const applications = Array.from({ length: 1000 }, (_, index) =>
        sampleApplication({
          name: `app-${index}`,
          verdict: 'sync-failed',
          message: text,
          hint: `${index}${text}`,
          resources,
        }),
      );
      const excluded = applications.map(({ name, namespace }, index) => ({
        ref: { name, namespace },
        reason: `${index}${text}`,
      }));
      const problems = applications.map(() => ({ title: text, message: text, hint: text, causes: [text] }));
      const markdown = toSummary(
        sampleReport(applications, { problems, selection: { looked: text, excluded, shards: [] } }),
        {
          called: applications.map(({ name }) => [name, text] as const),
        },
      );
      expect(Buffer.byteLength(markdown)).toBeLessThan(SUMMARY_MAX_BYTES);
      expect(markdown).toContain('#### What failed');
      expect(markdown).toMatch(/… and \d+ more, in the report file/);

      expect(count(markdown, '\n<details>')).toBe(count(markdown, '\n</details>'));
    },
  );

  test('has all of 1000 Applications with messages of usual length', () => {
    const markdown = toSummary(fleetReport(1000), { called: [] });
    expect(count(markdown, 'applications/argocd/app-')).toBe(1000);
    expect(Buffer.byteLength(markdown)).toBeLessThan(SUMMARY_MAX_BYTES);
  });
});
