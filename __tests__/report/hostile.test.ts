import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { toAnnotations } from '../../src/report/annotations.ts';
import { failureMessage } from '../../src/report/conclude.ts';
import type { RunEvent } from '../../src/report/events.ts';
import { toFile } from '../../src/report/file.ts';
import { toJUnit } from '../../src/report/junit.ts';
import { createLog } from '../../src/report/log.ts';
import { toOutputs } from '../../src/report/outputs.ts';
import { createReportRedactor } from '../../src/report/redact-report.ts';
import type { Report } from '../../src/report/report.ts';
import { noColours } from '../../src/report/style.ts';
import { toSummary } from '../../src/report/summary.ts';
import { parseXml } from '../factories/xml.ts';
import { createRecordingLog } from './recording-log.ts';
import { HOSTILE, hostileReport } from './sample.ts';

/** Text of servers in every place that a report has, in every rendering: what holds for all of them. Each has its own tests beside. */

const same = (text: string): string => text;

const eventsOf = (text: string): readonly RunEvent[] => {
  const ref = { namespace: text, name: text };
  return [
    { kind: 'connected', description: text },
    { kind: 'selected', refs: [ref], excluded: [{ ref, reason: text }], looked: text },
    { kind: 'planned', ref, wanted: text },
    { kind: 'triggered', ref, id: text },
    {
      kind: 'changed',
      ref,
      syncStatus: 'Unknown',
      healthStatus: 'Unknown',
      phase: 'Running',
      message: text,
      wanted: text,
    },
    { kind: 'note', ref, text },
    { kind: 'verdict', ref, verdict: { name: 'error', message: text, hint: text }, passed: false, durationMs: 1 },
    {
      kind: 'heartbeat',
      counts: { total: 1, passed: 0, failed: 1, queued: 0, syncing: 0, settling: 0 },
      elapsedMs: 15_000,
      timeoutMs: 60_000,
      waitingFor: [{ ref, wanted: text }],
    },
    { kind: 'warning', text },
  ];
};

const logLines = (report: Report, text: string): readonly string[] => {
  const recording = createRecordingLog();
  const log = createLog(recording, { failOnTimeout: true, goal: 'healthy', style: noColours, redact: same });
  for (const event of eventsOf(text)) log.emit(event);
  log.finish(report);
  return recording.lines.map((line) => line.replace(/^::(?:group|endgroup)::/, ''));
};

/** Every rendering, as lines; names and namespaces stay exact in the outputs and the report file, so those are JSON only. */
const RENDERINGS: Readonly<Record<string, (report: Report, text: string) => readonly string[]>> = {
  log: logLines,
  annotations: (report) => toAnnotations(report, true).flatMap(({ title, message }) => [title, message]),
  'the message of the failure': (report) => [failureMessage(report, true) ?? ''],
  'the job summary': (report) => toSummary(report, { called: [['input', report.connection]] }).split('\n'),
  JUnit: (report) => toJUnit(report, true).split('\n'),
};

/** Linefeeds were taken out by then: a line that is one has no others. */
const COMMAND = /^(?:[^\S\n]|\p{Cf})*::|##\[/u;
const HARMFUL = /[\p{Cc}\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]/u;

const check = (text: string): void => {
  // As the writer does it: renderings see a cleaned report; the log also gets events as they come.
  const report = createReportRedactor(same, () => 0).report(hostileReport(text));
  const harmed = Object.entries(RENDERINGS).flatMap(([name, render]) =>
    render(report, text)
      .filter((line) => COMMAND.test(line) || HARMFUL.test(line))
      .map((line) => ({ name, line })),
  );
  expect(harmed).toEqual([]);
  expect(JSON.parse([...toFile(report)].join(''))).toEqual(report);
  for (const [name, value] of Object.entries(toOutputs(report, '/tmp/r.json'))) {
    if (value.startsWith('['))
      expect({ name, parsed: Array.isArray(JSON.parse(value)) }).toEqual({ name, parsed: true });
  }
  parseXml(toJUnit(report, true));
};

describe('no text of a server breaks any rendering', () => {
  test.each(HOSTILE.map((text, index) => [index, text] as const))('hostile text %i', (_, text) => {
    check(text);
  });

  test('any text, made of what means something to somebody', () => {
    const unit = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 3 }),
      fc.constantFrom(
        '::error::',
        '##[group]',
        '\u001b[2J',
        '\u001b]8;;',
        '\u0007',
        '\r\n',
        '\u202e',
        '\u200b',
        '```',
        '%%{',
        '</details>',
        '|',
        ']]>',
        '&#',
        '-->',
      ),
    );
    fc.assert(
      fc.property(fc.array(unit, { maxLength: 12 }), (parts) => {
        check(parts.join(''));
      }),
      { numRuns: 60 },
    );
  });
});
