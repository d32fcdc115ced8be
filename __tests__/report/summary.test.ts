import { describe, expect, test } from '@jest/globals';
import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';
import { FAILING, PASSING } from '../../src/argocd/verdict.ts';
import { SUMMARY_MAX_BYTES } from '../../src/report/limits.ts';
import { toSummary } from '../../src/report/summary.ts';
import { expectGolden } from './golden.ts';
import { fleetReport, HOSTILE, sampleApplication, sampleReport, sampleResource } from './sample.ts';

const render = (markdown: string): string =>
  micromark(markdown, { extensions: [gfm()], htmlExtensions: [gfmHtml()], allowDangerousHtml: true });

const count = (html: string, part: string): number => html.split(part).length - 1;

describe('the job summary', () => {
  test.each([1, 10, 25])('of %i Applications is as it was looked at', (applications) => {
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
    for (const verdict of verdicts) expect(html).toContain(` ${verdict.replaceAll('-', ' ')}</td>`);
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
        (tag) => tag !== '<br>' && !/^<\/?a/.test(tag),
      );
    const expected = tags(hostile(() => calm));
    expect(expected.length).toBeGreaterThan(1000);
    expect(tags(hostile((index) => HOSTILE[index] ?? ''))).toEqual(expected);
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
