import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { FAILING, PASSING } from '../../src/argocd/verdict.ts';
import { toJUnit } from '../../src/report/junit.ts';
import type { Report } from '../../src/report/report.ts';
import { parseXml, type XmlElement } from '../factories/xml.ts';
import { expectGolden } from './golden.ts';
import { fleetReport, HOSTILE, hostileReport, sampleApplication, sampleReport } from './sample.ts';

/** The rules of the schema of Ant's JUnit task (JUnit.xsd): required attributes, optional ones, children in their order. */
const RULES: Readonly<Record<string, readonly [required: string, optional: string, children: RegExp]>> = {
  testsuites: ['', '', /^(testsuite )*$/],
  testsuite: [
    'errors failures hostname id name package tests time timestamp',
    'skipped',
    /^properties (testcase )*system-out system-err $/,
  ],
  properties: ['', '', /^(property )*$/],
  property: ['name value', '', /^$/],
  testcase: ['classname name time', '', /^((skipped|error|failure) )?$/],
  skipped: ['', 'message', /^$/],
  error: ['type', 'message', /^$/],
  failure: ['type', 'message', /^$/],
  'system-out': ['', '', /^$/],
  'system-err': ['', '', /^$/],
};
const KINDS: Readonly<Record<string, RegExp>> = {
  timestamp: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/,
  time: /^\d+\.\d{3}$/,
  tests: /^\d+$/,
  failures: /^\d+$/,
  errors: /^\d+$/,
  skipped: /^\d+$/,
  id: /^0$/,
  // Tokens: on one line, no spaces around, not empty.
  name: /^\S(.*\S)?$/u,
  classname: /^\S(.*\S)?$/u,
};

const breaches = (element: XmlElement): readonly string[] => {
  const { name, attributes, children } = element;
  const rule = RULES[name];
  if (rule === undefined) return [`no element ${name}`];
  const [required, optional, order] = rule;
  const words = (text: string) => text.split(' ').filter((word) => word !== '');
  const shape = children.map((child) => `${child.name} `).join('');
  return [
    ...words(required)
      .filter((key) => !(key in attributes))
      .map((key) => `${name} lacks ${key}`),
    ...Object.keys(attributes)
      .filter((key) => !words(`${required} ${optional}`).includes(key))
      .map((key) => `${name} has ${key}`),
    ...Object.entries(attributes)
      .filter(([key, text]) => KINDS[key]?.test(text) === false)
      .map(([key, text]) => `${name} ${key}=${text}`),
    ...(order.test(shape) ? [] : [`${name} holds ${shape}`]),
    ...children.flatMap(breaches),
  ];
};

const suiteOf = (report: Report, failOnTimeout = true): XmlElement => {
  const root = parseXml(toJUnit(report, failOnTimeout));
  expect(breaches(root)).toEqual([]);
  const [suite] = root.children;
  if (suite === undefined) throw new Error('no suite');
  const cases = suite.children.filter(({ name }) => name === 'testcase');
  const count = (kind: string): string => String(cases.filter(({ children }) => children[0]?.name === kind).length);
  expect(suite.attributes).toMatchObject({
    tests: String(cases.length),
    failures: count('failure'),
    errors: count('error'),
    skipped: count('skipped'),
  });
  return suite;
};

const casesOf = (report: Report, failOnTimeout?: boolean): readonly XmlElement[] =>
  suiteOf(report, failOnTimeout).children.filter(({ name }) => name === 'testcase');

describe('the report as JUnit', () => {
  test.each([1, 10, 1000])('of %i Applications is as it was looked at', (count) => {
    expect(casesOf(fleetReport(count))).toHaveLength(count);
    expectGolden(`junit-${count}.xml`, toJUnit(fleetReport(count), true));
  });

  test('tells failures from errors and from what was skipped', () => {
    const kinds = [...PASSING, ...FAILING].map((verdict) => {
      const [one] = casesOf(sampleReport([sampleApplication({ verdict })]));
      return [verdict, one?.children[0]?.name ?? 'passed'];
    });
    expect(Object.fromEntries(kinds)).toEqual({
      healthy: 'passed',
      synced: 'passed',
      triggered: 'passed',
      unchanged: 'passed',
      planned: 'passed',
      terminated: 'passed',
      skipped: 'skipped',
      'sync-failed': 'failure',
      degraded: 'failure',
      'timed-out': 'failure',
      blocked: 'failure',
      deleted: 'failure',
      mismatch: 'failure',
      conflict: 'error',
      'not-found': 'error',
      forbidden: 'error',
      cancelled: 'error',
      error: 'error',
    });
  });

  test('a time-out that fails nothing is skipped', () => {
    const [one] = casesOf(sampleReport([sampleApplication({ verdict: 'timed-out', message: 'Progressing' })]), false);
    expect(one?.children[0]).toMatchObject({ name: 'skipped', attributes: { message: 'timed out: Progressing' } });
  });

  test('a failure has everything that is known of it', () => {
    const [failure] = casesOf(fleetReport(10))[5]?.children ?? [];
    expect(failure?.attributes.type).toBe('degraded');
    expect(failure?.text.split('\n')).toEqual([
      'Degraded, wanted Healthy: Deployment/crashy Degraded (CrashLoopBackOff)',
      'apps/Deployment shop/crashy Degraded: Deployment "crashy" exceeded its progress deadline',
      expect.stringContaining('warning: Pod shop/crashy-7d4b9c8f6d-x2c7d BackOff (12 times)'),
      'Look at the events and logs of its Pods',
      expect.stringContaining('https://'),
    ]);
  });

  test('problems of the step are errors of their own', () => {
    const problems = [{ title: 'No connection', message: 'refused', hint: 'Check it', causes: ['ECONNREFUSED'] }];
    const [one] = casesOf(sampleReport([], { problems }));
    expect(one?.attributes).toMatchObject({ name: 'No connection', classname: 'Step' });
    expect(one?.children[0]?.text).toBe('refused\nECONNREFUSED\nCheck it');
  });

  test.each(HOSTILE.map((text, index) => [index, text] as const))('is valid whatever servers say (%i)', (_, text) => {
    expect(casesOf(hostileReport(text)).length).toBeGreaterThan(1);
  });

  test('is valid for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
        casesOf(hostileReport(text));
      }),
      { numRuns: 60 },
    );
  });
});
