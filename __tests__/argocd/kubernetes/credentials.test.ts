import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { withDefaults } from '../../../src/argocd/deps.ts';
import { ArgoCdError } from '../../../src/argocd/errors.ts';
import { authenticator } from '../../../src/argocd/kubernetes/credentials.ts';
import type { KubeTarget } from '../../../src/argocd/kubernetes/kubeconfig.ts';

const target = (user: Record<string, unknown>, cluster: Record<string, unknown> = {}): KubeTarget => ({
  context: 'context',
  cluster: { name: 'cluster', value: { server: 'https://one.example.com', ...cluster } },
  user: { name: 'user', value: user },
});

const never = new AbortController().signal;

const setUp = (user: Record<string, unknown>, cluster?: Record<string, unknown>) => {
  const secrets: string[] = [];
  let clock = 0;
  const deps = withDefaults({ registerSecret: (secret) => secrets.push(secret), now: () => clock });
  return {
    secrets,
    authenticate: authenticator(target(user, cluster), deps),
    advance: (ms: number) => {
      clock += ms;
    },
  };
};

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'credentials-'));
});
afterAll(() => rm(folder, { recursive: true }));

describe('what stands in a kubeconfig', () => {
  test.each([
    [{ token: 'abc' }, { Authorization: 'Bearer abc' }],
    [{ username: 'joe', password: 'pa:ss' }, { Authorization: `Basic ${btoa('joe:pa:ss')}` }],
    [
      { token: 'abc', as: 'jane' },
      { Authorization: 'Bearer abc', 'Impersonate-User': 'jane' },
    ],
    [{}, {}],
  ])('%j becomes %j', async (user, headers) => {
    expect((await setUp(user).authenticate(never)).headers).toEqual(headers);
  });

  test('is registered as a secret before it is used, once', async () => {
    const { authenticate, secrets } = setUp({ token: 'abc' });
    await authenticate(never);
    await authenticate(never);
    expect(secrets).toEqual(['abc']);
  });

  test('certificates are read from data and from files', async () => {
    const file = path.join(folder, 'client.key');
    await writeFile(file, 'KEY');
    const { authenticate, secrets } = setUp({ 'client-certificate-data': btoa('CERT'), 'client-key': file });
    expect(await authenticate(never)).toMatchObject({ certificate: 'CERT', key: 'KEY' });
    expect(secrets).toEqual(['KEY']);
  });

  test('a file that is missing is named', () => {
    expect(() => setUp({ 'client-key': path.join(folder, 'none') })).toThrow(/client-key .*none cannot be read/);
  });

  test('a token file is read again after a minute: such tokens rotate', async () => {
    const tokenFile = path.join(folder, 'token');
    await writeFile(tokenFile, 'first\n');
    const { authenticate, advance, secrets } = setUp({ tokenFile });
    const bearer = async () => (await authenticate(never)).headers.Authorization;
    expect(await bearer()).toBe('Bearer first');
    await writeFile(tokenFile, 'second\n');
    expect(await bearer()).toBe('Bearer first');
    advance(61_000);
    expect(await bearer()).toBe('Bearer second');
    expect(secrets).toEqual(['first', 'second']);
  });
});

describe('plugins', () => {
  const script = (code: string) => ({
    exec: { apiVersion: 'client.authentication.k8s.io/v1', command: process.execPath, args: ['-e', code] },
  });
  const credential = (status: string): string =>
    `process.stdout.write(JSON.stringify({apiVersion: 'client.authentication.k8s.io/v1', kind: 'ExecCredential', status: ${status}}))`;

  const failing = async (user: Record<string, unknown>): Promise<ArgoCdError> => {
    try {
      await setUp(user).authenticate(never);
    } catch (error) {
      if (error instanceof ArgoCdError) return error;
    }
    throw new Error('it did not fail');
  };

  test('an exec plugin gives a token, which is registered; many requests at once start it once', async () => {
    const count = path.join(folder, 'count');
    await writeFile(count, '');
    const { authenticate, secrets } = setUp(
      script(
        `require('fs').appendFileSync(${JSON.stringify(count)}, 'x'); ${credential(`{token: "t-" + require("fs").readFileSync(${JSON.stringify(count)}).length}`)}`,
      ),
    );
    const all = await Promise.all(Array.from({ length: 5 }, () => authenticate(never)));
    expect(new Set(all.map(({ headers }) => headers.Authorization))).toEqual(new Set(['Bearer t-1']));
    expect((await authenticate(never)).headers.Authorization).toBe('Bearer t-1');
    expect(secrets).toEqual(['t-1']);
  });

  test('runs again when its token has expired', async () => {
    const { authenticate } = setUp(
      script(credential('{token: String(process.hrtime.bigint()), expirationTimestamp: "2001-01-01T00:00:00Z"}')),
    );
    const first = await authenticate(never);
    expect((await authenticate(never)).headers.Authorization).not.toBe(first.headers.Authorization);
  });

  test('it is told about the cluster as kubectl tells it', async () => {
    const told = `{token: Buffer.from(process.env.KUBERNETES_EXEC_INFO).toString('base64')}`;
    const user = script(credential(told));
    const { authenticate } = setUp({ exec: { ...user.exec, provideClusterInfo: true } });
    const { headers } = await authenticate(never);
    expect(JSON.parse(atob((headers.Authorization ?? '').replace('Bearer ', '')))).toEqual({
      apiVersion: 'client.authentication.k8s.io/v1',
      kind: 'ExecCredential',
      spec: { interactive: false, cluster: { server: 'https://one.example.com' } },
    });
  });

  test('it can give a client certificate', async () => {
    const { authenticate } = setUp(script(credential('{clientCertificateData: "CERT", clientKeyData: "KEY"}')));
    expect(await authenticate(never)).toEqual({ headers: {}, certificate: 'CERT', key: 'KEY' });
  });

  test('one that is not installed is named', async () => {
    const error = await failing({ exec: { apiVersion: 'v1', command: 'no-such-plugin-anywhere' } });
    expect(error).toMatchObject({
      code: 'configuration',
      message: 'the exec plugin no-such-plugin-anywhere is not installed',
    });
  });

  test('one that fails says why, on one line', async () => {
    const error = await failing(
      script(`console.error('Unable to locate credentials.\\nTry: login'); process.exit(255)`),
    );
    expect(error.code).toBe('configuration');
    expect(error.message).toMatch(/gave no credentials: Unable to locate credentials\. Try: login$/);
  });

  test('what it printed is never shown', async () => {
    const error = await failing(script(`process.stdout.write('t0ken-without-quotes')`));
    expect(error.message).toMatch(/printed no ExecCredential$/);
    expect(String(error.cause)).not.toContain('t0ken');
  });

  test('an OIDC token goes through the library', async () => {
    const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
    const token = `${part({ alg: 'none' })}.${part({ exp: 4_000_000_000 })}.x`;
    const { authenticate, secrets } = setUp({ 'auth-provider': { name: 'oidc', config: { 'id-token': token } } });
    expect((await authenticate(never)).headers.Authorization).toBe(`Bearer ${token}`);
    expect(secrets).toEqual([token]);
  });
});
