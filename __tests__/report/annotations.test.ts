import { describe, expect, test } from '@jest/globals';
import { toAnnotations } from '../../src/report/annotations.ts';
import { fleetReport, HOSTILE, sampleApplication, sampleReport } from './sample.ts';

const failing = (count: number, verdict: 'degraded' | 'timed-out' = 'degraded') =>
  sampleReport(Array.from({ length: count }, (_, index) => sampleApplication({ name: `app-${index}`, verdict })));

describe('annotations', () => {
  test('are titled by the Application and say cause and remedy', () => {
    expect(toAnnotations(fleetReport(4), true)).toEqual([
      {
        level: 'error',
        title: 'app-0003',
        message:
          'app-0003: sync failed: one or more objects failed to apply, reason: Service "Bad_Name" is invalid. Correct the manifests in Git and run again',
      },
    ]);
  });

  test('are none when everything passed', () => {
    expect(toAnnotations(sampleReport(), true)).toEqual([]);
  });

  test('leave room for the message the step fails with, and count the rest', () => {
    expect(toAnnotations(failing(9), true)).toHaveLength(9);
    const many = toAnnotations(failing(100), true);
    expect(many).toHaveLength(9);
    expect(many.at(-1)).toEqual({ level: 'error', title: 'and 92 more', message: '92 more: see the job summary' });
  });

  test('are warnings for time-outs that may pass', () => {
    const levels = (failOnTimeout: boolean) =>
      toAnnotations(failing(20, 'timed-out'), failOnTimeout).map(({ level }) => level);
    expect(levels(false)).toEqual(Array(9).fill('warning'));
    expect(levels(true)).toEqual(Array(9).fill('error'));
  });

  test('tell problems of the step too', () => {
    const problems = [{ title: 'No connection', message: 'refused.', hint: 'Check the address', causes: [] }];
    expect(toAnnotations(sampleReport([], { problems }), true)).toEqual([
      { level: 'error', title: 'No connection', message: 'refused. Check the address' },
    ]);
  });

  test.each(HOSTILE)('are one bounded line whatever is in it: %#', (text) => {
    const report = sampleReport([sampleApplication({ name: text, verdict: 'error', message: text, hint: text })]);
    for (const { title, message } of toAnnotations(report, true)) {
      for (const said of [title, message]) {
        expect(said).not.toMatch(/[\p{Cc}\p{Cf}\u2028\u2029]|##\[|^\s*::/u);
        expect(said.length).toBeLessThanOrEqual(1000);
      }
    }
  });
});
