import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { FAILING, PASSING, type VerdictName } from '../../src/argocd/verdict.ts';
import { OUTPUTS_MAX_UNITS } from '../../src/report/limits.ts';
import { EARLY_OUTPUTS, fitOutputs, OUTPUT_NAMES, type Outputs, toOutputs } from '../../src/report/outputs.ts';
import type { ApplicationReport } from '../../src/report/report.ts';
import { expectGolden } from './golden.ts';
import { fleetReport, HOSTILE, sampleApplication, sampleReport } from './sample.ts';

const VERDICTS: readonly VerdictName[] = [...PASSING, ...FAILING];
const FIELDS =
  'name namespace project cluster verdict message syncStatus healthStatus phase revisions operationId startedAt finishedAt durationMs url'.split(
    ' ',
  );

const sizeOf = (outputs: Outputs): number =>
  OUTPUT_NAMES.reduce((sum, name) => sum + name.length + outputs[name].length, 0);

const parsed = (text: string): unknown[] => {
  const value: unknown = JSON.parse(text);
  if (!Array.isArray(value)) throw new Error('not an array');
  return value;
};

const many = (count: number, overrides: (index: number) => Partial<ApplicationReport>) =>
  sampleReport(
    Array.from({ length: count }, (_, index) => sampleApplication({ name: `app-${index}`, ...overrides(index) })),
  );

const fieldsOf = (outputs: Outputs): string[] => {
  const shapes = new Set(parsed(outputs.applications).map((one) => Object.keys(one as object).join(' ')));
  expect(shapes.size).toBe(1);
  return [...shapes].join('').split(' ');
};

describe('outputs', () => {
  test('have exactly the names and fields of the contract', () => {
    const outputs = toOutputs(fleetReport(10), '/tmp/report.json');
    expect(Object.keys(outputs).sort()).toEqual([...OUTPUT_NAMES].sort());
    expect(Object.keys(EARLY_OUTPUTS).sort()).toEqual([...OUTPUT_NAMES].sort());
    expect(fieldsOf(outputs)).toEqual(FIELDS);
    expect(outputs).toMatchObject({
      result: 'failed',
      failed: '["app-0003","app-0005"]',
      'timed-out': '["app-0008"]',
      count: '10',
      report: '/tmp/report.json',
    });
    expect(parsed(outputs.names)).toHaveLength(10);
    expect(fitOutputs(fleetReport(10), '').leftOut).toBe('');
  });

  test.each([1, 10, 1000])('of %i Applications are as they were looked at', (count) => {
    const { outputs, leftOut } = fitOutputs(
      fleetReport(count),
      '/home/runner/work/_temp/gitopssync-Xk29aP/report.json',
    );
    // Of a long one its beginning, its end and its length tell enough.
    const shown = (text: string): string =>
      text.length < 10_000 ? text : `${text.slice(0, 2000)}\n… ${text.length} characters …\n${text.slice(-500)}`;
    const lines = OUTPUT_NAMES.map((name) => `${name}=${shown(outputs[name])}`);
    expectGolden(`outputs-${count}.txt`, `${[...lines, `left out: ${leftOut}`].join('\n')}\n`);
  });

  test('tell Applications of one name apart, and only those', () => {
    const report = sampleReport([
      sampleApplication({ name: 'a', namespace: 'x' }),
      sampleApplication({ name: 'a', namespace: 'y', verdict: 'degraded' }),
      sampleApplication({ name: 'b', namespace: 'x' }),
    ]);
    expect(toOutputs(report, '')).toMatchObject({
      names: '["x/a","y/a","b"]',
      passed: '["x/a","b"]',
      failed: '["y/a"]',
    });
  });

  test('keep names exactly as they are', () => {
    const report = sampleReport([sampleApplication({ name: '::error::x' })]);
    expect(toOutputs(report, '').names).toBe('["::error::x"]');
  });

  test('leave out fields in the documented order, for all Applications alike', () => {
    const steps = [100, 300, 1000].flatMap((count) =>
      [10, 100, 300, 900].map((length) => {
        const report = many(count, () => ({ message: 'm'.repeat(length), cluster: 'c'.repeat(length / 3) }));
        const { outputs, leftOut } = fitOutputs(report, '');
        expect(sizeOf(outputs)).toBeLessThanOrEqual(OUTPUTS_MAX_UNITS);
        expect(parsed(outputs.applications)).toHaveLength(count);
        return [count, length, fieldsOf(outputs).length, leftOut];
      }),
    );
    expect(steps).toEqual([
      [100, 10, 15, ''],
      [100, 100, 15, ''],
      [100, 300, 15, ''],
      [100, 900, 15, ''],
      [300, 10, 15, ''],
      [300, 100, 15, ''],
      [300, 300, 15, ''],
      [300, 900, 15, 'messages above 300 characters'],
      [1000, 10, 14, 'url'],
      [1000, 100, 12, 'startedAt, finishedAt, url'],
      [1000, 300, 9, 'project, cluster, operationId, startedAt, finishedAt, url, messages above 100 characters'],
      [1000, 900, 9, 'project, cluster, operationId, startedAt, finishedAt, url, messages above 100 characters'],
    ]);
  });

  test('with the longest names keep what did not pass, and the order', () => {
    const report = many(1000, (index) => ({
      name: `${'n'.repeat(240)}-${String(index).padStart(4, '0')}`,
      namespace: 'n'.repeat(63),
      verdict: index % 10 === 9 ? 'degraded' : 'healthy',
    }));
    const { outputs, leftOut } = fitOutputs(report, '');
    expect(sizeOf(outputs)).toBeLessThanOrEqual(OUTPUTS_MAX_UNITS);
    expect(parsed(outputs.names)).toHaveLength(1000);
    expect(parsed(outputs.failed)).toHaveLength(100);
    expect(parsed(outputs.passed).length).toBeGreaterThan(500);
    expect(leftOut).toMatch(/ of passed$/);
    const names = parsed(outputs.names);
    expect(parsed(outputs.passed)).toEqual(
      names.filter((_, index) => index % 10 !== 9).slice(0, parsed(outputs.passed).length),
    );
  });

  test('keep Applications that did not pass longest, in the order of the selection', () => {
    const report = many(1000, (index) => ({
      name: `app-${String(index).padStart(4, '0')}`,
      namespace: 'n'.repeat(500),
      verdict: index % 4 === 3 ? 'sync-failed' : 'healthy',
    }));
    const { outputs, leftOut } = fitOutputs(report, '');
    const kept = parsed(outputs.applications) as { name: string; verdict: string }[];
    expect(kept.length).toBeGreaterThan(300);
    expect(kept.length).toBeLessThan(1000);
    expect(leftOut).toMatch(new RegExp(`and ${1000 - kept.length} Applications`));
    expect(kept.filter(({ verdict }) => verdict === 'sync-failed')).toHaveLength(250);
    expect(kept.map(({ name }) => name)).toEqual(kept.map(({ name }) => name).sort());
  });

  test('always parse, stay below the limit and put each Application into exactly one list', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc.constantFrom(...HOSTILE.map((hostile) => hostile.slice(0, 3000))),
      fc.integer({ min: 0, max: 400 }).map((length) => '"'.repeat(length)),
    );
    const application = fc
      .record({
        name: fc.oneof(fc.string({ maxLength: 60 }), fc.constantFrom('a', 'b')),
        namespace: fc.string({ maxLength: 20 }),
        verdict: fc.constantFrom(...VERDICTS),
        message: text,
        project: text,
        cluster: text,
        url: text,
        operationId: text,
        revisions: fc.array(text, { maxLength: 3 }),
      })
      .map(sampleApplication);
    fc.assert(
      fc.property(fc.array(application, { maxLength: 12 }), fc.constantFrom(1, 1, 40), (some, times) => {
        const applications = Array.from({ length: times }, () => some).flat();
        const outputs = toOutputs(sampleReport(applications), '/tmp/r.json');
        expect(sizeOf(outputs)).toBeLessThanOrEqual(OUTPUTS_MAX_UNITS);
        expect(toOutputs(sampleReport(applications), '/tmp/r.json')).toEqual(outputs);
        const lists = (['passed', 'failed', 'timed-out'] as const).map((name) => parsed(outputs[name]));
        expect(lists.flat().toSorted()).toEqual(parsed(outputs.names).toSorted());
        expect(parsed(outputs.names)).toHaveLength(applications.length);
        expect(outputs.count).toBe(String(applications.length));
        for (const one of parsed(outputs.applications)) {
          const { message } = one as { message?: string };
          expect(message ?? '').not.toMatch(/[\p{Cc}\p{Cf}]|##\[|^\s*::/u);
        }
      }),
      { numRuns: 60 },
    );
  });
});
