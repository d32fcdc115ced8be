import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { application, PROD_EU } from '../../sandbox/fleets/builders.ts';
import type { Fleet } from '../../sandbox/fleets/fleet.ts';
import { VERDICT_SCRIPTS, verdicts } from '../../sandbox/fleets/verdicts.ts';
import { parseXml } from '../factories/xml.ts';
import { connection, openSandbox, run, TRANSPORTS } from './harness.ts';

/** The fleet of all endings, and one Application that fails a filter. */
function fleet(): Fleet {
  const all = verdicts();
  const elsewhere = application({
    name: 'mismatch',
    destination: { server: PROD_EU.server, namespace: 'mismatch' },
    script: { start: { runs: 'previous', compared: 'current' } },
  });
  return { ...all, clusters: [...all.clusters, PROD_EU], applications: [...all.applications, elsewhere] };
}

const HEALTHY = /^Healthy and Synced at [0-9a-f]{7}$/;

/** What becomes of each Application, and the reason that people read. The same whichever way Argo CD is reached. */
const EXPECTED: Readonly<Record<string, readonly [verdict: string, message: RegExp]>> = {
  healthy: ['healthy', HEALTHY],
  'degraded-recovers': ['healthy', HEALTHY],
  flapping: ['healthy', HEALTHY],
  overtaken: ['healthy', HEALTHY],
  'older-version': ['healthy', HEALTHY],
  'stale-same-second': ['healthy', HEALTHY],
  unchanged: ['healthy', HEALTHY],
  'sync-failed': ['sync-failed', /Service "sync-failed" is invalid: spec\.ports: Required value/],
  'sync-failed-once': ['sync-failed', /etcdserver: request timed out/],
  'hook-failed': ['sync-failed', /Job\/migrate: Job has reached the specified backoff limit/],
  terminated: ['sync-failed', /^the operation was terminated by somebody else$/],
  'bad-revision': ['sync-failed', /^revision no-such-branch does not exist in https/],
  degraded: ['degraded', /^Degraded for 1\.\ds|^Degraded for 1s/],
  'timed-out': ['timed-out', /^Progressing, wanted Healthy/],
  'never-picked-up': ['timed-out', /no controller has picked the operation up/],
  'hook-forever': ['timed-out', /waiting for completion of hook batch\/Job\/wait/],
  suspended: ['timed-out', /^Suspended, wanted Healthy$/],
  missing: ['timed-out', /^OutOfSync, wanted Synced/],
  blocked: ['blocked', /^a sync window is closed/],
  conflict: ['conflict', /^another operation, started by somebody, is Running/],
  deleted: ['deleted', /^was deleted while the step waited for it$/],
  forbidden: ['forbidden', /^cannot sync Application argocd\/forbidden: /],
  mismatch: ['mismatch', /cluster/],
  'skip-reconcile': ['error', /annotation argocd\.argoproj\.io\/skip-reconcile/],
  'not-found': ['not-found', /^There is no Application "not-found"/],
};

const named = (...wanted: readonly string[]): string[] =>
  Object.entries(EXPECTED).flatMap(([name, [verdict]]) => (wanted.includes(verdict) ? [name] : []));

const isValidReport = new Ajv2020({ strict: true }).compile(
  JSON.parse(readFileSync(new URL('../../docs/report.schema.json', import.meta.url), 'utf8')),
);

test('every Application of the fleet is expected to end somehow', () => {
  expect(Object.keys(EXPECTED).toSorted()).toEqual(
    [...Object.keys(VERDICT_SCRIPTS), 'mismatch', 'not-found'].toSorted(),
  );
});

describe('all endings in one run', () => {
  test.concurrent.each(TRANSPORTS)(
    'have their verdict and reason in every rendering, by the %s API',
    async (transport) => {
      const sandbox = await openSandbox({ fleet: fleet() });
      const finished = await run(
        sandbox,
        {
          ...connection(sandbox, transport, 'half'),
          applications: Object.keys(EXPECTED).join('\n'),
          cluster: 'in-cluster',
          'wait-until-healthy': 'true',
          'healthy-for': '1s',
          'degraded-timeout': '1s',
          'on-running-operation': 'fail',
          'report-format': 'junit',
          timeout: '12s',
        },
        { debug: true },
      );
      await sandbox.stop();
      const { exitCode, outputs, report, lines, summary } = finished;

      expect(finished.verdicts).toEqual(
        Object.fromEntries(Object.entries(EXPECTED).map(([name, [verdict]]) => [name, verdict])),
      );
      for (const [name, [, message]] of Object.entries(EXPECTED)) {
        expect({ name, message: finished.application(name).message }).toEqual({
          name,
          message: expect.stringMatching(message),
        });
      }

      expect({ exitCode, result: outputs.result }).toEqual({ exitCode: 1, result: 'failed' });
      expect(JSON.parse(outputs.names)).toEqual(Object.keys(EXPECTED));
      expect(JSON.parse(outputs.passed)).toEqual(named('healthy'));
      expect(JSON.parse(outputs['timed-out'])).toEqual(named('timed-out'));
      expect(JSON.parse(outputs.failed)).toEqual(
        Object.keys(EXPECTED).filter((name) => !named('healthy', 'timed-out').includes(name)),
      );

      // One line for each that did not pass, with its cause; the longest causes may be cut.
      for (const { name, verdict, message } of report.applications.filter((one) => one.verdict !== 'healthy')) {
        const told = lines.filter((line) => line.startsWith(`${name} `) && line.includes('✗'));
        expect(told).toHaveLength(1);
        expect(told[0]).toContain(message.slice(0, 100));
        expect({ name, verdict, inSummary: summary.includes(name) }).toEqual({ name, verdict, inSummary: true });
      }
      for (const name of named('healthy')) expect(summary).toContain(name);

      // What is wrong is looked up where it may be: the Argo CD API tells who may get the Application.
      if (transport === 'argocd') {
        const { message, unhealthy, events } = finished.application('degraded');
        expect(message).toContain('Deployment/degraded Degraded');
        expect(unhealthy[0]).toMatchObject({ kind: 'Deployment', name: 'degraded' });
        expect(events[0]).toMatchObject({ kind: 'Pod', reason: 'BackOff' });
        expect(lines).toContainEqual(expect.stringMatching(/^ {4}warning {2}Pod degraded\/degraded-\S+ BackOff/));
      } else {
        expect(finished.requests.filter(({ path, status }) => path.includes('/events') && status !== 403)).toEqual([]);
      }

      expect(outputs.report).toMatch(/report\.xml$/);
      const [suite] = parseXml(finished.reportText).children;
      expect(suite?.attributes.tests).toBe(String(report.applications.length));

      isValidReport(report);
      expect(isValidReport.errors).toBeNull();
    },
  );
});
