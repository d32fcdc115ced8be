import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { invalidReport } from '../../../src/bidirectional/invalid.ts';
import { redactReport } from '../../../src/bidirectional/report/redact.ts';
import type { SyncReport } from '../../../src/bidirectional/report/report.ts';
import { isRecord, record } from '../../../src/lib/json.ts';
import { appFile, World } from '../world.ts';

/** The schema without its leave to have more fields: in our own reports nothing may be that it does not describe. */
const closed = (schema: unknown): unknown => {
  if (Array.isArray(schema)) return schema.map(closed);
  if (!isRecord(schema)) return schema;
  const entries = Object.entries(schema).map(([key, value]) => [key, closed(value)]);
  return { ...Object.fromEntries(entries), ...(isRecord(schema.properties) ? { additionalProperties: false } : {}) };
};

const file = new URL('../../../docs/bidirectional-report.schema.json', import.meta.url);
const ajv = new Ajv2020({ strict: true, strictRequired: true, allErrors: true });
const validate = ajv.compile(record(closed(JSON.parse(readFileSync(file, 'utf8')))));

/** As the file is written. */
const errorsOf = (report: SyncReport): unknown => {
  validate(JSON.parse(JSON.stringify(redactReport(report, (text) => text))));
  return validate.errors;
};

const FILE = 'apps/web.yaml';

test('reports of runs are as the schema says, whatever happens in them', async () => {
  const world = new World();
  const reports: SyncReport[] = [];
  const run = async (...args: Parameters<World['run']>): Promise<void> => void reports.push(await world.run(...args));
  const edit = (spec: object) => () => ({ spec });
  world.push({ [FILE]: appFile('web', { a: 1 }), 'apps/bad.yaml': 'kind: [' });
  world.set('Application', 'live', edit({ a: 1 }));
  await run({ dryRun: true });
  await run();
  world.push({ [FILE]: appFile('web', { a: 2 }), 'apps/bad.yaml': undefined });
  world.set('Application', 'web', (object) => ({ ...object, spec: { a: 3, b: [null, {}] } }));
  await run({ conflict: 'fail' });
  await run({ conflict: 'platform', write: 'pull-request' });
  await run({}, [{ at: 1, kind: 'refuse' }]);
  await run({}, [{ at: 1, kind: 'kill-before' }]);
  await run();
  world.push({ [FILE]: undefined });
  await run();
  await run({ delete: true });
  await run({ branch: 'gone' });

  const events = reports.flatMap((report) => report.events);
  const met = (field: 'status' | 'direction' | 'action'): readonly string[] => [
    ...new Set(events.map((event) => event[field])),
  ];
  expect(met('status').toSorted()).toEqual(['CONFLICT', 'FAILED', 'SKIPPED', 'SUCCESS']);
  expect(met('direction').toSorted()).toEqual(['none', 'to-git', 'to-platform']);
  expect(met('action').toSorted()).toEqual(['create', 'delete', 'keep', 'update']);
  expect(reports.some(({ pullRequest }) => pullRequest !== null)).toBe(true);
  expect(reports.some(({ invalid }) => invalid.length > 0)).toBe(true);
  expect(reports.map(errorsOf)).toEqual(reports.map(() => null));
});

describe('a report', () => {
  const webhook = {
    url: 'https://argocd.example.com/api/webhook',
    scope: 'repository',
    owner: 'acme/shop',
    notes: ['n'],
    deliveries: [
      {
        id: 1,
        guid: 'g',
        at: '2026-01-01T00:00:00Z',
        event: 'push',
        redelivery: false,
        statusCode: 0,
        status: 'timed out',
        durationMs: 1.5,
        payload: '{}',
        redeliver: 'gh api …',
      },
    ],
  };
  const base = invalidReport(
    [{ input: 'folder', value: '../x', problem: 'leaves the repository', remedy: 'Name a folder.' }],
    new Date('2026-01-01T00:00:00Z'),
  );

  test('of inputs that cannot be used, of a cancelled run and with a webhook is as it says', () => {
    for (const report of [base, { ...base, result: 'cancelled' as const }, { ...base, webhook }]) {
      expect(errorsOf(report)).toBeNull();
    }
  });

  test('fails it with another result, another field or a missing one', () => {
    const { equal: _, ...without } = base;
    const wrong: readonly object[] = [{ ...base, result: 'fine' }, { ...base, extra: 1 }, without];
    for (const one of wrong) expect(validate(one)).toBe(false);
  });
});
