import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ArgoCdError } from '../../../src/argocd/errors.ts';
import {
  inClusterKubeconfig,
  parseKubeconfig,
  readKubeconfigs,
  resolveContext,
} from '../../../src/argocd/kubernetes/kubeconfig.ts';

const CONFIG = `
apiVersion: v1
kind: Config
clusters:
  - name: one
    cluster: { server: 'https://one.example.com', certificate-authority: pki/ca.crt }
  - name: two
    cluster: { server: 'https://two.example.com', certificate-authority: /etc/ca.crt }
users:
  - name: robot
    user: { tokenFile: token, client-key: keys/robot.key }
contexts:
  - name: production
    context: { cluster: one, user: robot }
  - name: staging
    context: { cluster: two, user: robot }
  - name: broken
    context: { cluster: three, user: robot }
  - name: nobody
    context: { cluster: one, user: ghost }
  - name: anonymous
    context: { cluster: one }
current-context: production
`;

const problem = (run: () => unknown): ArgoCdError => {
  try {
    run();
  } catch (error) {
    if (error instanceof ArgoCdError) return error;
    throw error;
  }
  throw new Error('it did not fail');
};

describe('parseKubeconfig', () => {
  test('makes relative paths absolute, from the folder of the file', () => {
    const config = parseKubeconfig(CONFIG, 'it', '/home/ci/.kube');
    expect(config.clusters.map(({ value }) => value['certificate-authority'])).toEqual([
      '/home/ci/.kube/pki/ca.crt',
      '/etc/ca.crt',
    ]);
    expect(config.users[0]?.value).toMatchObject({
      tokenFile: '/home/ci/.kube/token',
      'client-key': '/home/ci/.kube/keys/robot.key',
    });
  });

  test.each([
    ['broken YAML', 'clusters: [\n  secret: {', /^`kubeconfig` is not valid YAML: line \d+, column \d+$/],
    ['a text', 'just a secret', /^`kubeconfig` is not a kubeconfig: it has no clusters and contexts$/],
    ['another object', 'secret: 1', /it has no clusters and contexts$/],
    ['nothing', '', /it has no clusters and contexts$/],
    ['an alias to nothing', 'a: *secret', /is not valid YAML/],
    [
      'a bomb',
      `a: &a [x]\n${Array.from(
        { length: 12 },
        (_, i) =>
          `b${i}: &b${i} [${
            i === 0
              ? '*a,*a,*a,*a,*a,*a,*a,*a,*a'
              : Array(9)
                  .fill(`*b${i - 1}`)
                  .join()
          }]`,
      ).join('\n')}`,
      /is not valid YAML/,
    ],
  ])('%s is one line without any of its content', (_, yaml, message) => {
    const error = problem(() => parseKubeconfig(yaml, '`kubeconfig`', '/'));
    expect(error.code).toBe('configuration');
    expect(error.message).toMatch(message);
    expect(error.message + error.hint + String(error.cause)).not.toContain('secret');
  });

  test('sees that it is base64', () => {
    const error = problem(() => parseKubeconfig(Buffer.from(CONFIG).toString('base64'), '`kubeconfig`', '/'));
    expect(error.hint).toContain('base64');
  });
});

describe('resolveContext', () => {
  const config = parseKubeconfig(CONFIG, 'it', '/');

  test.each([
    ['', 'production', 'one', 'robot'],
    ['staging', 'staging', 'two', 'robot'],
    ['anonymous', 'anonymous', 'one', ''],
  ])('"%s" is context %s', (wanted, context, cluster, user) => {
    const target = resolveContext(config, wanted);
    expect([target.context, target.cluster.name, target.user.name]).toEqual([context, cluster, user]);
  });

  test('an unknown one is answered with the nearest names', () => {
    const error = problem(() => resolveContext(config, 'stagign'));
    expect(error.message).toBe('the kubeconfig has no context "stagign"');
    expect(error.hint).toBe('Set `context` to "staging".');
    expect(problem(() => resolveContext(config, 'xyzzy')).hint).toContain('"production"');
  });

  test.each([
    ['broken', 'names a cluster that the kubeconfig does not have'],
    ['nobody', 'names a user that the kubeconfig does not have'],
  ])('%s: %s', (context, message) => {
    expect(problem(() => resolveContext(config, context)).message).toContain(message);
  });

  test('without a current one, one must be chosen', () => {
    expect(problem(() => resolveContext({ ...config, currentContext: '' }, '')).message).toBe(
      'the kubeconfig has no current context',
    );
  });
});

describe('readKubeconfigs', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'kubeconfig-'));
    await writeFile(path.join(folder, 'first'), CONFIG.replace('current-context: production', ''));
    await writeFile(
      path.join(folder, 'second'),
      CONFIG.replaceAll('one.example.com', 'other.example.com').replace('name: staging', 'name: testing'),
    );
  });
  afterAll(() => rm(folder, { recursive: true }));

  test('merges as KUBECONFIG does: the first file to say something wins, missing files are passed over', () => {
    const config = readKubeconfigs(['first', 'missing', 'second'].map((name) => path.join(folder, name)));
    expect(config.currentContext).toBe('production');
    expect(config.clusters[0]?.value.server).toBe('https://one.example.com');
    expect(config.contexts.map(({ name }) => name)).toContain('testing');
    expect(config.contexts.filter(({ name }) => name === 'production')).toHaveLength(1);
  });

  test('says when there is none', () => {
    expect(problem(() => readKubeconfigs([path.join(folder, 'missing')]))).toMatchObject({
      code: 'configuration',
      message: `the kubeconfig ${path.join(folder, 'missing')} does not exist`,
    });
  });

  test('says when it cannot be read', () => {
    expect(problem(() => readKubeconfigs([folder]))).toMatchObject({
      code: 'configuration',
      message: expect.stringContaining('cannot be read (EISDIR)'),
    });
  });
});

describe('inClusterKubeconfig', () => {
  test('is what the pod was given', () => {
    const config = inClusterKubeconfig({ KUBERNETES_SERVICE_HOST: 'fd00::1', KUBERNETES_SERVICE_PORT: '443' }, '/sa');
    expect(resolveContext(config, '')).toMatchObject({
      cluster: { value: { server: 'https://[fd00::1]:443', 'certificate-authority': '/sa/ca.crt' } },
      user: { value: { tokenFile: '/sa/token' } },
    });
  });

  test('outside of a cluster says what to set', () => {
    expect(problem(() => inClusterKubeconfig({})).hint).toContain('KUBECONFIG');
  });
});
