import { expect, test } from '@jest/globals';
import { invalidReport } from '../../../src/bidirectional/invalid.ts';
import { toAnnotations } from '../../../src/bidirectional/report/annotations.ts';
import { EARLY_OUTPUTS, toOutputs } from '../../../src/bidirectional/report/outputs.ts';
import { redactReport } from '../../../src/bidirectional/report/redact.ts';
import type { SyncEventRecord, SyncReport } from '../../../src/bidirectional/report/report.ts';
import { toSummary } from '../../../src/bidirectional/report/summary.ts';

const event = (over: Partial<SyncEventRecord> = {}): SyncEventRecord => ({
  id: '0123456789abcdef',
  time: '2026-01-01T00:00:00.000Z',
  direction: 'to-git',
  action: 'update',
  kind: 'Application',
  namespace: 'argocd',
  name: 'web',
  file: 'apps/web.yaml',
  commit: 'c'.repeat(40),
  status: 'SUCCESS',
  message: '/spec/a as on the platform',
  hint: '',
  payload: { fields: [{ path: '/spec/a', git: 'old', platform: 'new', kept: 'platform' }], content: null },
  ...over,
});

const report = (over: Partial<SyncReport> = {}): SyncReport => ({
  ...invalidReport([], new Date('2026-01-01T00:00:00Z')),
  result: 'succeeded',
  headline: '1 to Git',
  events: [event()],
  ...over,
});

test('outputs name entities and events; a dry run names what would be', () => {
  const outputs = toOutputs(report({ commit: 'c'.repeat(40) }), '/tmp/report.json');
  expect(outputs).toMatchObject({
    result: 'succeeded',
    'to-git': '["Application argocd/web"]',
    'to-platform': '[]',
    report: '/tmp/report.json',
  });
  expect(JSON.parse(outputs.events)).toEqual([event()]);
  const dry = toOutputs(report({ dryRun: true, events: [event({ status: 'SKIPPED', direction: 'to-platform' })] }), '');
  expect(dry['to-platform']).toBe('["Application argocd/web"]');
  expect(Object.keys(EARLY_OUTPUTS)).toEqual(Object.keys(outputs));
});

test('outputs stay valid JSON below GitHub’s limit: payloads go first, then events from the end', () => {
  const large = { fields: [], content: { text: 'x'.repeat(50_000) } };
  const outputs = toOutputs(
    report({ events: Array.from({ length: 3000 }, (_, index) => event({ id: String(index), payload: large })) }),
    '',
  );
  expect(Object.values(outputs).join('').length).toBeLessThan(450_000);
  const events = JSON.parse(outputs.events);
  expect(events[0]).not.toHaveProperty('payload');
  expect(events.length).toBeGreaterThan(500);
});

test('no text of a file or a server is more than text in the summary', () => {
  const nasty = '</pre><script>alert(1)</script> | **x** [y](http://z) @team #1 `::error::`';
  const summary = toSummary(
    report({
      headline: nasty,
      events: [
        event({
          message: nasty,
          status: 'CONFLICT',
          payload: { fields: [{ path: '/a', git: nasty, kept: 'both' }], content: null },
        }),
      ],
      invalid: [
        { path: nasty, position: { line: 1, column: 2 }, title: 'Invalid YAML Detected', message: nasty, hint: nasty },
      ],
      leftAlone: [{ entity: nasty, reason: nasty }],
    }),
    [['folder', nasty]],
  );
  expect(summary).not.toMatch(/<script|\]\(http|\*\*x\*\*|@team|<\/pre><s/);
  expect(summary).toContain('Invalid YAML Detected');
});

test('a huge report keeps the summary below its limit', () => {
  const events = Array.from({ length: 5000 }, (_, index) => event({ id: `${index}`, message: 'm'.repeat(300) }));
  expect(Buffer.byteLength(toSummary(report({ events }), []))).toBeLessThan(1_000_000);
});

test('secrets are in no text, payloads included', () => {
  const secret = report({
    events: [
      event({
        message: 'has hunter22',
        payload: { fields: [{ path: '/a', git: { deep: ['hunter22'] }, kept: 'git' }], content: null },
      }),
    ],
  });
  expect(JSON.stringify(redactReport(secret, (text) => text.replaceAll('hunter22', '***')))).not.toContain('hunter22');
});

test('annotations stand at their place, at most nine errors', () => {
  const invalid = Array.from({ length: 12 }, (_, line) => ({
    path: 'a.yaml',
    position: { line: line + 1, column: 3 },
    title: 'Invalid YAML Detected',
    message: 'bad',
    hint: 'Mend it.',
  }));
  const annotations = toAnnotations(report({ invalid }));
  expect(annotations).toHaveLength(9);
  expect(annotations[0]).toEqual({
    level: 'error',
    title: 'Invalid YAML Detected',
    message: 'Invalid YAML Detected: a.yaml:1:3 bad. Mend it',
    place: { file: 'a.yaml', startLine: 1, startColumn: 3 },
  });
  expect(annotations.at(-1)?.title).toBe('and 4 more');
});
