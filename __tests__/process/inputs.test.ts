import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { uniform } from '../../sandbox/fleets/uniform.ts';
import type { Sandbox } from '../../sandbox/types.ts';
import { connection, type Finished, openSandbox, run, type StepInputs, TRANSPORTS } from './harness.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await openSandbox({ fleet: uniform(1001) });
});
afterAll(() => sandbox.stop());

const problemsOf = (finished: Finished): readonly string[] =>
  finished.report.problems.map(({ title, message, hint }) => [title, message, hint].filter(Boolean).join(' · '));

/** Red, nothing selected, and every output there. */
function expectRefused({ exitCode, outputs, log, lines }: Finished): void {
  expect(exitCode).toBe(1);
  expect(outputs).toEqual({
    result: 'failed',
    applications: '[]',
    names: '[]',
    passed: '[]',
    failed: '[]',
    'timed-out': '[]',
    count: '0',
    report: expect.stringMatching(/report\.json$/),
    shards: '[]',
  });
  expect(log).not.toMatch(/\n {4}at /);
  expect(lines.at(-2)).toMatch(/^::error::/);
}

interface Case {
  readonly what: string;
  readonly inputs: StepInputs;
  /** For each problem: what it is about, and what to do. */
  readonly problems: readonly RegExp[];
}

const REFUSED: readonly Case[] = [
  { what: 'no target', inputs: {}, problems: [/^Input applications · is missing.* · Give at least one of the four/] },
  {
    what: 'two connections',
    inputs: { applications: 'app-*', 'argocd-server': 'argocd.example.com', 'argocd-auth-token': 'some-token-4711' },
    problems: [/^Input argocd-server · is given together with kubeconfig: two ways to connect · Give either/],
  },
  {
    what: 'a duration without a unit',
    inputs: { applications: 'app-*', timeout: '10' },
    problems: [/^Input timeout · "10": is a number without a unit · Say 10s for seconds or 10m for minutes/],
  },
  {
    what: 'a boolean that is none',
    inputs: { applications: 'app-*', prune: 'yes' },
    problems: [/^Input prune · "yes": is not a boolean · Say true or false/],
  },
  {
    what: 'a bad regular expression',
    inputs: { 'application-regex': 'app-(' },
    problems: [/^Input application-regex · "app-\(": is no RE2 regular expression: missing closing \)/],
  },
  {
    what: 'lookahead, which takes more than linear time',
    inputs: { 'application-regex': 'app(?=-1)' },
    problems: [/^Input application-regex · "app\(\?=-1\)": .* ·/],
  },
  {
    what: 'an unknown sync option',
    inputs: { applications: 'app-*', 'sync-options': 'CreateNamepace=true' },
    problems: [/^Input sync-options · "CreateNamepace=true": .* · Did you mean CreateNamespace=true/],
  },
  {
    what: 'fail-on-timeout without wait-until-healthy',
    inputs: { applications: 'app-*', 'fail-on-timeout': 'false' },
    problems: [/^Input fail-on-timeout · "false": .*wait-until-healthy is not true.* · Set wait-until-healthy: true/],
  },
  {
    what: 'a kubeconfig that is not YAML',
    inputs: { applications: 'app-*', kubeconfig: 'apiVersion: v1\nclusters: [' },
    problems: [/^Input kubeconfig · is not valid YAML \(line 2, column 12\) ·/],
  },
  {
    what: 'a kubeconfig that is neither content nor a file',
    inputs: { applications: 'app-*', kubeconfig: '/no/such/file' },
    problems: [/^Input kubeconfig · "\/no\/such\/file": is neither kubeconfig content nor a file that exists ·/],
  },
  {
    what: 'an unknown context',
    inputs: { applications: 'app-*', context: 'sandbx' },
    problems: [/^Input context · "sandbx": .* · Did you mean sandbox/],
  },
  {
    what: 'several of them at once',
    inputs: {
      'application-regex': 'app-(',
      timeout: '10',
      prune: 'yes',
      'sync-options': 'CreateNamepace=true',
      concurrency: '0',
      command: 'snyc',
    },
    problems: [
      /^Input command · "snyc".*Did you mean sync/,
      /^Input application-regex/,
      /^Input prune/,
      /^Input sync-options/,
      /^Input concurrency · "0": is too small/,
      /^Input timeout/,
    ],
  },
];

describe('inputs that cannot be used', () => {
  test.each(REFUSED)(
    '$what: told with the remedy, and nothing is asked of the server',
    async ({ inputs, problems }) => {
      const finished = await run(sandbox, { ...connection(sandbox, 'kubernetes'), ...inputs }, { debug: true });
      expectRefused(finished);
      expect(problemsOf(finished)).toEqual(problems.map((problem) => expect.stringMatching(problem)));
      for (const { title } of finished.report.problems) {
        expect(finished.lines).toContainEqual(expect.stringContaining(`::error title=${title}::`));
        expect(finished.summary).toContain(title);
      }
      expect(finished.requests).toEqual([]);
    },
  );

  test('no connection at all', async () => {
    const finished = await run(undefined, { applications: 'app-*' });
    expectRefused(finished);
    expect(problemsOf(finished)).toEqual([
      expect.stringMatching(/^Input kubeconfig · is missing.*argocd-server.* · Give kubeconfig/),
    ]);
  });
});

describe.each(TRANSPORTS)('a selection that cannot be used, by the %s API', (transport) => {
  const writes = ({ requests }: Finished): readonly string[] =>
    requests.filter(({ method }) => method !== 'GET').map(({ method, path }) => `${method} ${path}`);

  test('1001 matches are refused before anything is written', async () => {
    const finished = await run(sandbox, { ...connection(sandbox, transport), applications: 'app-*' });
    expectRefused(finished);
    expect(problemsOf(finished)).toEqual([expect.stringMatching(/1,?001/)]);
    expect(problemsOf(finished)[0]).toContain('max-applications');
    expect(writes(finished)).toEqual([]);
  });

  test('a lower limit is held too', async () => {
    const finished = await run(sandbox, {
      ...connection(sandbox, transport),
      applications: 'app-000?',
      'max-applications': '8',
    });
    expectRefused(finished);
    expect(problemsOf(finished)[0]).toMatch(/\b9\b.*\b8\b/);
    expect(writes(finished)).toEqual([]);
  });

  test('an empty selection is refused and says what was looked at', async () => {
    const finished = await run(sandbox, { ...connection(sandbox, transport), applications: 'shop-*' });
    expectRefused(finished);
    expect(problemsOf(finished)[0]).toMatch(
      /^No Application is selected · .*applications "shop-\*".*Looked at 1,001 Applications.*allow-empty/,
    );
  });

  test('an empty selection passes with allow-empty', async () => {
    const { exitCode, outputs, requests } = await run(sandbox, {
      ...connection(sandbox, transport),
      applications: 'shop-*',
      'allow-empty': 'true',
    });
    expect({ exitCode, ...outputs }).toMatchObject({ exitCode: 0, result: 'succeeded', count: '0', names: '[]' });
    expect(requests.length).toBeLessThanOrEqual(12);
  });
});
