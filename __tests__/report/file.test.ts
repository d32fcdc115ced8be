import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { HEALTH_STATUSES } from '../../src/argocd/application.ts';
import { FAILING, PASSING } from '../../src/argocd/verdict.ts';
import { toFile } from '../../src/report/file.ts';
import { createReportRedactor } from '../../src/report/redact-report.ts';
import type { Report } from '../../src/report/report.ts';
import { fleetReport, HOSTILE, sampleApplication, sampleReport, sampleResource } from './sample.ts';

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

const isObject = (value: Json | undefined): value is { readonly [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The schema without its leave to have more fields: in our own reports nothing may be that it does not describe. */
const closed = (schema: Json): Json => {
  if (!isObject(schema)) return Array.isArray(schema) ? schema.map(closed) : schema;
  const entries = Object.entries(schema).map(([key, value]) => [key, closed(value)]);
  return { ...Object.fromEntries(entries), ...(isObject(schema.properties) ? { additionalProperties: false } : {}) };
};

const schema: Json = JSON.parse(readFileSync(join(import.meta.dirname, '../../docs/report.schema.json'), 'utf8'));
const ajv = new Ajv2020({ strict: true, strictRequired: true, allErrors: true });
const validate = ajv.compile(closed(schema) as object);

const errorsOf = (report: Report): unknown => {
  validate(JSON.parse([...toFile(report)].join('')));
  return validate.errors;
};

const redacted = (report: Report, redact = (text: string): string => text): Report =>
  createReportRedactor(redact, () => 0).report(report);

describe('the report file', () => {
  test.each([0, 1, 10, 1000])('of %i Applications is as the schema says', (count) => {
    expect(errorsOf(fleetReport(count))).toBeNull();
  });

  test.each([0, 1, 3])('of %i Applications is the whole report, member by member', (count) => {
    const report = fleetReport(count);
    const odd = { ...report, headline: '"applications": []', warnings: ['"applications": []'] };
    for (const one of [report, odd]) {
      const text = [...toFile(one)].join('');
      expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(one)));
      expect(Object.keys(JSON.parse(text))).toEqual(Object.keys(one));
      expect(text.split('\n').filter((line) => line.startsWith('    {"name":'))).toHaveLength(count);
      expect(text).toMatch(/^\{\n {2}"schemaVersion": 1,\n/);
    }
  });

  test('may have every verdict, every status and everything unknown', () => {
    const applications = [
      ...[...PASSING, ...FAILING].map((verdict) => sampleApplication({ verdict })),
      ...HEALTH_STATUSES.map((healthStatus) => sampleApplication({ healthStatus })),
      sampleApplication({ syncStatus: null, healthStatus: null, phase: null, startedAt: null, finishedAt: null }),
      sampleApplication({ notes: ['n'], conditions: [{ type: 'ComparisonError', message: 'm' }] }),
    ];
    const problems = [{ title: 't', message: 'm', hint: 'h', causes: ['c'] }];
    expect(errorsOf(sampleReport(applications, { problems }))).toBeNull();
  });

  test('fails the schema with another verdict, another field or a missing one', () => {
    const [application = sampleApplication()] = sampleReport().applications;
    const { url: _, ...without } = application;
    const wrong: readonly object[] = [{ ...application, verdict: 'fine' }, { ...application, extra: 1 }, without];
    for (const one of wrong) {
      expect(validate({ ...sampleReport(), applications: [one] })).toBe(false);
    }
  });
});

describe('a report without secrets', () => {
  const secret = 'hunter2hunter2';
  const everywhere = `a ${secret} \u200bhunter2\u200bhunter2 z`;
  const report = sampleReport(
    [
      sampleApplication({
        project: everywhere,
        cluster: everywhere,
        message: everywhere,
        hint: everywhere,
        revisions: [everywhere],
        operationId: everywhere,
        url: everywhere,
        resources: [
          {
            group: everywhere,
            kind: everywhere,
            namespace: everywhere,
            name: everywhere,
            status: everywhere,
            message: everywhere,
            hookType: everywhere,
            hookPhase: everywhere,
          },
        ],
        conditions: [{ type: everywhere, message: everywhere }],
        notes: [everywhere],
      }),
    ],
    {
      headline: everywhere,
      connection: everywhere,
      problems: [{ title: everywhere, message: everywhere, hint: everywhere, causes: [everywhere] }],
      selection: {
        looked: everywhere,
        shards: [],
        excluded: [{ ref: { namespace: 'argocd', name: 'x' }, reason: everywhere }],
      },
    },
  );

  test('has none left, not even hidden between invisible characters', () => {
    const text = [...toFile(redacted(report, (value) => value.replaceAll(secret, '***')))].join('');
    expect(text).not.toContain('hunter');
    expect(text).toContain('a *** *** z');
  });

  test('is still as the schema says, and keeps what has nothing to hide', () => {
    expect(errorsOf(redacted(report, (value) => value.replaceAll(secret, '***')))).toBeNull();
    expect(redacted(fleetReport(10))).toEqual(fleetReport(10));
  });

  test('is bounded and free of controls', () => {
    const applications = HOSTILE.map((text) =>
      sampleApplication({ message: text, resources: [sampleResource({ message: text })] }),
    );
    const clean = redacted(sampleReport(applications));
    const text = [...toFile(clean)].join('');
    expect(text.length).toBeLessThan(500_000);
    expect(text).not.toMatch(/\\u001b|\\u0000|##\[/);
    for (const { resources } of clean.applications)
      for (const { message } of resources) expect(message).not.toMatch(/^[^\S\n]*::/m);
  });
});
