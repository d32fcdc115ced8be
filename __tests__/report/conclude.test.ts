import { describe, expect, test } from '@jest/globals';
import type { VerdictName } from '../../src/argocd/verdict.ts';
import { conclude, type Ending, failureMessage } from '../../src/report/conclude.ts';
import type { Problem } from '../../src/report/report.ts';
import { fleetReport, HOSTILE, sampleApplication, sampleReport } from './sample.ts';

const PROBLEM: Problem = { title: 'No connection', message: 'connect ECONNREFUSED', hint: '', causes: [] };

const ending = (verdicts: readonly VerdictName[], overrides: Partial<Ending> = {}): Ending => ({
  applications: verdicts.map((verdict) => ({ verdict })),
  problems: [],
  cancelled: false,
  durationMs: 72_000,
  ...overrides,
});

const ofVerdicts = (...verdicts: readonly VerdictName[]) =>
  sampleReport(
    verdicts.map((verdict, index) => sampleApplication({ name: `app-${index}`, verdict, message: `because ${index}` })),
  );

describe('the result', () => {
  test.each<[Ending, string]>([
    [ending(['healthy', 'skipped']), 'succeeded'],
    [ending([]), 'succeeded'],
    [ending(['healthy', 'timed-out']), 'timed-out'],
    [ending(['timed-out', 'degraded']), 'failed'],
    [ending(['timed-out'], { problems: [PROBLEM] }), 'failed'],
    [ending(['healthy'], { problems: [PROBLEM] }), 'failed'],
    [ending([], { problems: [PROBLEM] }), 'failed'],
    [ending(['healthy', 'cancelled']), 'failed'],
    [ending(['healthy', 'cancelled'], { cancelled: true }), 'cancelled'],
    [ending(['sync-failed', 'cancelled'], { cancelled: true }), 'cancelled'],
    [ending(['timed-out'], { cancelled: true }), 'cancelled'],
    [ending([], { cancelled: true }), 'cancelled'],
    [ending(['healthy', 'synced'], { cancelled: true }), 'succeeded'],
    [ending(['healthy'], { cancelled: true, problems: [PROBLEM] }), 'cancelled'],
  ])('%j is %s', (given, result) => {
    expect(conclude(given).result).toBe(result);
  });
});

describe('the headline', () => {
  test('counts verdicts, what passed first', () => {
    const verdicts: VerdictName[] = ['timed-out', ...Array<VerdictName>(23).fill('healthy'), 'degraded'];
    expect(conclude(ending(verdicts)).headline).toBe('25 Applications: 23 healthy, 1 degraded, 1 timed out in 1m12s');
  });

  test('is also good for one, for none and for problems', () => {
    expect(conclude(ending(['healthy'])).headline).toBe('1 Application: 1 healthy in 1m12s');
    expect(conclude(ending([])).headline).toBe('No Applications selected, nothing to do');
    expect(conclude(ending([], { problems: [PROBLEM, PROBLEM] })).headline).toBe('No connection and 1 more');
    expect(conclude(ending(['healthy'], { problems: [PROBLEM] })).headline).toBe(
      '1 Application: 1 healthy in 1m12s (No connection)',
    );
    expect(conclude(ending([], { cancelled: true })).headline).toBe(
      'Cancelled after 1m12s, before any Application was selected',
    );
  });
});

describe('the message of failure', () => {
  test('is absent when the step is green', () => {
    expect(failureMessage(ofVerdicts('healthy', 'unchanged'), true)).toBeUndefined();
    expect(failureMessage(ofVerdicts('healthy', 'timed-out'), false)).toBeUndefined();
  });

  test('names three and counts the rest, those that failed before those that timed out', () => {
    expect(failureMessage(ofVerdicts('timed-out', 'healthy', 'sync-failed', 'degraded', 'error'), true)).toBe(
      '4 of 5 Applications failed: app-2 (sync failed: because 2), app-3 (degraded: because 3), app-4 (error: because 4) and 1 more',
    );
    expect(failureMessage(fleetReport(1000), true)).toMatch(
      /^3 of 1,000 Applications failed: app-0003 \(sync failed: /,
    );
  });

  test('does not blame what timed out when that may pass', () => {
    expect(failureMessage(ofVerdicts('timed-out', 'degraded'), false)).toBe(
      '1 of 2 Applications failed: app-1 (degraded: because 1)',
    );
  });

  test('tells a problem first', () => {
    const report = sampleReport([], { problems: [PROBLEM, PROBLEM] });
    expect(failureMessage(report, true)).toBe('No connection: connect ECONNREFUSED and 1 more');
  });

  test('tells that the run was cancelled', () => {
    const report = sampleReport([sampleApplication({ verdict: 'cancelled', message: 'still running' })], {
      result: 'cancelled',
    });
    expect(failureMessage(report, true)).toBe(
      'The Application did not pass before the run was cancelled: guestbook (cancelled: still running)',
    );
    const none = sampleReport([], { ...conclude(ending([], { cancelled: true })) });
    expect(failureMessage(none, true)).toBe('Cancelled after 1m12s, before any Application was selected');
  });

  test.each(HOSTILE)('is one short line whatever is in it: %#', (text) => {
    const report = sampleReport(
      HOSTILE.map(() => sampleApplication({ name: text, verdict: 'error', message: text })),
      { problems: [{ title: text, message: text, hint: text, causes: [text] }] },
    );
    const message = failureMessage(report, true) ?? '';
    expect(message).not.toMatch(/[\p{Cc}\p{Cf}\u2028\u2029]|##\[|^\s*::/u);
    expect(message.length).toBeLessThan(2500);
  });
});
