import { describe, expect, test } from '@jest/globals';
import type { RunEvent } from '../../src/report/events.ts';
import { createLog, type LogOptions } from '../../src/report/log.ts';
import type { Report } from '../../src/report/report.ts';
import { colours, noColours } from '../../src/report/style.ts';
import { expectGolden } from './golden.ts';
import { createRecordingLog } from './recording-log.ts';
import {
  fleetEvents,
  fleetReport,
  HOSTILE,
  sampleApplication,
  sampleEvent,
  sampleReport,
  sampleResource,
  sampleUnhealthy,
} from './sample.ts';

const render = (events: readonly RunEvent[], report?: Report, overrides: Partial<LogOptions> = {}): string[] => {
  const writer = createRecordingLog();
  const log = createLog(writer, {
    failOnTimeout: true,
    goal: 'healthy',
    style: noColours,
    redact: (text) => text,
    ...overrides,
  });
  for (const event of events) log.emit(event);
  if (report !== undefined) log.finish(report);
  return writer.lines;
};

const ref = { namespace: 'argocd', name: 'guestbook' };
const selected = (count: number): RunEvent => ({
  kind: 'selected',
  refs: Array.from({ length: count }, (_, index) => ({ namespace: 'argocd', name: `app-${index}` })),
  excluded: [],
  looked: '',
});
const changed = (overrides: Partial<Extract<RunEvent, { kind: 'changed' }>> = {}): RunEvent => ({
  kind: 'changed',
  ref,
  syncStatus: 'OutOfSync',
  healthStatus: 'Progressing',
  phase: 'Running',
  message: '',
  wanted: '',
  ...overrides,
});

describe('the log', () => {
  test.each([1, 10, 1000])('of %i Applications is as it was looked at', (count) => {
    expectGolden(`log-${count}.txt`, `${render(fleetEvents(count), fleetReport(count)).join('\n')}\n`);
  });

  test('does not say the same twice in a row for one Application, but says it again later', () => {
    const other = { namespace: 'argocd', name: 'other' };
    const lines = render([changed(), changed({ ref: other }), changed(), changed({ phase: 'Succeeded' }), changed()]);
    expect(lines.filter((line) => line.startsWith('guestbook') && line.includes('Running'))).toHaveLength(2);
    expect(lines).toHaveLength(4);
  });

  test('tells a failure outside of groups, at once, whatever the phase', () => {
    const verdict: RunEvent = {
      kind: 'verdict',
      ref,
      verdict: { name: 'not-found', message: 'no such Application', hint: '' },
      passed: false,
      durationMs: 0,
    };
    const planned: RunEvent = { kind: 'planned', ref, wanted: 'main' };
    const lines = render([{ kind: 'phase', phase: 'plan' }, planned, verdict, { ...planned, wanted: 'v2' }]);
    expect(lines).toEqual([
      '::group::Plan',
      'guestbook  → main',
      '::endgroup::',
      'guestbook  ✗ not found: no such Application',
      '::group::Plan',
      'guestbook  → v2',
    ]);
  });

  test('tells a failure among many Applications at once and keeps changes for the next heartbeat', () => {
    const at = (index: number) => ({ namespace: 'argocd', name: `app-${index}` });
    const beat: RunEvent = {
      kind: 'heartbeat',
      counts: { total: 51, passed: 0, failed: 1, queued: 0, syncing: 50, settling: 0 },
      elapsedMs: 15_000,
      timeoutMs: 600_000,
      waitingFor: [],
    };
    const lines = render([
      selected(51),
      { kind: 'phase', phase: 'wait' },
      changed({ ref: at(1) }),
      changed({ ref: at(2) }),
      changed({ ref: at(1), phase: 'Succeeded' }),
      {
        kind: 'verdict',
        ref: at(3),
        verdict: { name: 'degraded', message: 'broken', hint: '' },
        passed: false,
        durationMs: 3000,
      },
      beat,
    ]);
    expect(lines.slice(2)).toEqual([
      'app-3   ✗ degraded after 3s: broken',
      '::group::2 changes',
      'app-2   OutOfSync  Progressing  Running',
      'app-1   OutOfSync  Progressing  Succeeded',
      '::endgroup::',
      '[░░░░░░░░░░] 0/51 healthy · 1 failed · 50 syncing · 15s of 10m',
    ]);
  });

  test('writes heartbeats further apart the longer it takes', () => {
    const beats = Array.from(
      { length: 4 * 60 * 24 },
      (_, index): RunEvent => ({
        kind: 'heartbeat',
        counts: { total: 1, passed: 0, failed: 0, queued: 0, syncing: 1, settling: 0 },
        elapsedMs: (index + 1) * 15_000,
        timeoutMs: 24 * 3_600_000,
        waitingFor: [],
      }),
    );
    const lines = render(beats);
    expect(lines.slice(0, 40)).toHaveLength(40);
    expect(lines[39]).toContain('10m of 24h');
    expect(lines[40]).toContain('11m of 24h');
    expect(lines.length).toBeLessThan(200);
  });

  test.each([0, 1, 500, 1000])(
    'stays below 5,000 lines with 1000 Applications that change and say much for five days, %i of which pass',
    (passing) => {
      const refs = Array.from({ length: 1000 }, (_, index) => ({ namespace: 'argocd', name: `app-${index}` }));
      const resources = Array.from({ length: 20 }, () => sampleResource({ status: 'SyncFailed' }));
      const applications = refs.map((one, index) =>
        index < passing
          ? sampleApplication(one)
          : sampleApplication({
              ...one,
              verdict: 'sync-failed',
              hint: 'do something',
              resources,
              ...(index < passing + 10
                ? { unhealthy: Array(10).fill(sampleUnhealthy()), events: Array(5).fill(sampleEvent()) }
                : {}),
            }),
      );
      const excluded = Array.from({ length: 5000 }, (_, index) => ({
        ref: { namespace: 'argocd', name: `not-${index}` },
        reason: `reason ${index}`,
      }));
      const events: RunEvent[] = [
        { kind: 'phase', phase: 'resolve' },
        { kind: 'selected', refs, excluded, looked: 'everything' },
        { kind: 'phase', phase: 'sync' },
        ...refs.map((one): RunEvent => ({ kind: 'planned', ref: one, wanted: 'main' })),
        { kind: 'phase', phase: 'wait' },
      ];
      for (let elapsedMs = 15_000, round = 0; elapsedMs <= 120 * 3_600_000; elapsedMs += 15_000, round += 1) {
        for (const one of refs.slice(round % 900, (round % 900) + 3)) {
          events.push(changed({ ref: one, message: `${round}` }), { kind: 'note', ref: one, text: `note ${round}` });
          events.push({ kind: 'warning', text: `warning ${round}` });
        }
        events.push({
          kind: 'heartbeat',
          counts: { total: 1000, passed: 0, failed: 0, queued: 0, syncing: 1000, settling: 0 },
          elapsedMs,
          timeoutMs: 120 * 3_600_000,
          waitingFor: refs.slice(0, 3).map((one) => ({ ref: one, wanted: 'health' })),
        });
      }
      for (const [index, one] of refs.entries()) {
        const passed = index < passing;
        const verdict = { name: passed ? 'healthy' : 'sync-failed', message: 'no', hint: 'do something' } as const;
        events.push({ kind: 'verdict', ref: one, verdict, passed, durationMs: 1 });
      }
      const lines = render(events, sampleReport(applications));
      expect(lines.length).toBeLessThan(5000);
      expect(lines.filter((line) => line.includes('✗ sync failed'))).toHaveLength(1000 - passing);
      expect(lines.filter((line) => line.includes('✓ healthy'))).toHaveLength(passing);
    },
  );

  test('forms no workflow command, keeps one line and shows no control character, whatever servers say', () => {
    const events = HOSTILE.flatMap((text): RunEvent[] => {
      const bad = { namespace: text, name: text };
      return [
        { kind: 'connected', description: text },
        {
          kind: 'selected',
          refs: [bad, { ...bad, namespace: 'x' }],
          excluded: [{ ref: bad, reason: text }],
          looked: text,
        },
        { kind: 'planned', ref: bad, wanted: text },
        { kind: 'triggered', ref: bad, id: text },
        changed({ ref: bad, message: text, wanted: text }),
        { kind: 'note', ref: bad, text },
        {
          kind: 'verdict',
          ref: bad,
          verdict: { name: 'error', message: text, hint: text },
          passed: false,
          durationMs: 1,
        },
        { kind: 'warning', text },
      ];
    });
    const applications = HOSTILE.map((text) =>
      sampleApplication({
        name: text,
        namespace: text,
        verdict: 'error',
        message: text,
        hint: text,
        url: text,
        resources: [sampleResource({ status: 'SyncFailed', kind: text, name: text, message: text })],
      }),
    );
    const problems = HOSTILE.map((text) => ({ title: text, message: text, hint: text, causes: [text] }));
    const lines = render(events, sampleReport(applications, { problems }));
    expect(lines.length).toBeGreaterThan(HOSTILE.length * 5);
    for (const line of lines) {
      expect(line.replace(/^::(group|endgroup)::/, '')).not.toMatch(/^\s*::|##\[/);
      expect(line).not.toMatch(/[\p{Cc}\p{Cf}\u2028\u2029]/u);
      expect(line.length).toBeLessThan(3000);
    }
  });

  test('never shows a secret, also where it would be cut in two', () => {
    const secret = 'hunter2hunter2';
    const redact = (text: string): string => text.replaceAll(secret, '***');
    const text = `${'x'.repeat(395)}${secret} and ${secret}`;
    const lines = render(
      [changed({ message: text, wanted: text }), { kind: 'note', ref, text }],
      sampleReport([sampleApplication({ verdict: 'error', message: text })], { headline: text }),
      { redact },
    );
    expect(lines.join('\n')).not.toContain('hunter');
  });

  test('an Application that timed out is a warning when that does not fail the step', () => {
    const report = sampleReport([sampleApplication({ verdict: 'timed-out', message: 'Progressing' })]);
    const event: RunEvent = {
      kind: 'verdict',
      ref,
      verdict: { name: 'timed-out', message: 'Progressing', hint: '' },
      passed: true,
      durationMs: 1000,
    };
    const lines = render([event], report, { failOnTimeout: false });
    expect(lines).toContain('guestbook  ! timed out after 1s: Progressing');
    expect(lines.join('\n')).not.toContain('✗');
  });

  test('tells problems with causes and what to do, and ends with the headline', () => {
    const problems = [
      { title: 'No connection', message: 'connect ECONNREFUSED', hint: 'Check the address', causes: ['socket'] },
    ];
    expect(render([], sampleReport([], { problems })).slice(1)).toEqual([
      '✗ No connection',
      '    connect ECONNREFUSED',
      '    caused by: socket',
      '    → Check the address',
      '',
      'No connection',
    ]);
  });

  test('sets apart what matters and what can be skipped', () => {
    const lines = render(fleetEvents(10), fleetReport(10), { style: colours });
    expect(lines.at(-1)).toBe(`\u001b[1m${fleetReport(10).headline}\u001b[0m`);
    expect(lines.some((line) => line.startsWith('\u001b[90mSlowest'))).toBe(true);
  });
});
