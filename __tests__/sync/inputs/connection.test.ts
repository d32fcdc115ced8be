import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import type { ConnectionInputs } from '../../../src/sync/inputs/types.ts';
import { inputs, load, MINIMAL, problems, problemsOf, type World } from './load-with.ts';

const pem = (name: string): string =>
  readFileSync(new URL(`../../../sandbox/http/certificates/${name}`, import.meta.url), 'utf8');

const KUBECONFIG = `apiVersion: v1
kind: Config
clusters: [{name: c, cluster: {server: 'https://10.0.0.1:6443'}}]
users: [{name: u, user: {token: kube-token-123, client-key-data: ${Buffer.from('-----BEGIN X-----\nabcdefghij\n').toString('base64')}}}]
contexts: [{name: prod, context: {cluster: c, user: u}}, {name: staging, context: {cluster: c, user: u}}]
current-context: prod
`;

const connection = (given: Readonly<Record<string, string>>, world: World = {}): ConnectionInputs => {
  const result = load({ applications: 'shop', ...given }, world);
  if (result.kind === 'invalid') throw new Error(JSON.stringify(result.problems));
  return result.inputs.connection;
};

const connectionProblems = (given: Readonly<Record<string, string>>, world: World = {}): readonly string[] =>
  problemsOf({ applications: 'shop', ...given }, world);

describe('the Kubernetes API', () => {
  test('kubeconfig as content', () => {
    expect(connection({ kubeconfig: KUBECONFIG })).toMatchObject({
      mode: 'kubernetes',
      kubeconfig: { kind: 'content', yaml: KUBECONFIG.trim() },
      context: '',
    });
  });

  test('kubeconfig as JSON, on one line, is content', () => {
    const json = '{"contexts":[{"name":"a"}],"current-context":"a"}';
    expect(connection({ kubeconfig: json })).toMatchObject({ kubeconfig: { kind: 'content' } });
  });

  test('kubeconfig as paths, ~ opened out', () => {
    const files = { '/a': KUBECONFIG, '/home/me/b.yaml': 'contexts: [{name: other}]' };
    expect(
      connection({ kubeconfig: '/a:~/b.yaml', context: 'other' }, { files, env: { HOME: '/home/me' } }),
    ).toMatchObject({
      kubeconfig: { kind: 'path', paths: ['/a', '/home/me/b.yaml'] },
      context: 'other',
    });
  });

  test('without inputs as kubectl does: KUBECONFIG, ~/.kube/config, service account', () => {
    const env = { KUBECONFIG: '/gone:/a', HOME: '/home/me', KUBERNETES_SERVICE_HOST: '10.0.0.1' };
    const files = {
      '/a': KUBECONFIG,
      '/home/me/.kube/config': KUBECONFIG,
      '/var/run/secrets/kubernetes.io/serviceaccount/token': 'pod-token-1',
    };
    expect(connection({}, { env, files })).toMatchObject({ kubeconfig: { kind: 'path', paths: ['/a'] } });
    expect(connection({}, { env: { ...env, KUBECONFIG: '' }, files })).toMatchObject({
      kubeconfig: { kind: 'path', paths: ['/home/me/.kube/config'] },
    });
    const pod = { env: { ...env, KUBECONFIG: '', HOME: '/nobody' }, files };
    expect(connection({}, pod)).toMatchObject({ kubeconfig: { kind: 'in-cluster' } });
    expect(load({ applications: 'shop' }, pod).secrets).toContain('pod-token-1');
    expect(connectionProblems({ context: 'prod' }, pod)).toEqual([
      expect.stringContaining('context "prod" has no effect'),
    ]);
  });

  test('KUBECONFIG that names no file', () => {
    expect(connectionProblems({}, { env: { KUBECONFIG: '/gone/config' } })).toEqual([
      'KUBECONFIG "/gone/config" is neither kubeconfig content nor a file that exists | Let KUBECONFIG name a file on the runner, or give the kubeconfig input.',
    ]);
  });

  test.each([
    ['a path that is not there', './kube.yaml', 'kubeconfig "./kube.yaml" is neither'],
    ['what may be a secret is not shown', 'aGVsbG8gd29ybGQ', 'kubeconfig is neither'],
    [
      'base64 of a kubeconfig',
      Buffer.from(KUBECONFIG).toString('base64'),
      'It is base64 of a kubeconfig: decode it first',
    ],
    ['no YAML', 'apiVersion: v1\nusers:\n  - name: [secret-word', 'kubeconfig is not valid YAML (line 3, column'],
    ['tabs', 'apiVersion: v1\n\tusers: secret-word', 'kubeconfig is not valid YAML (line 2, column'],
    ['another YAML', 'apiVersion: v1\nkind: ConfigMap', 'kubeconfig is YAML, but no kubeconfig'],
    [
      'no current context',
      'contexts: [{name: a}, {name: b}]',
      'kubeconfig has no current-context | Set context. Its contexts: a, b.',
    ],
    [
      'a wrong current context',
      'contexts: [{name: a}]\ncurrent-context: x',
      'names a current-context "x" that it does not have',
    ],
  ])('%s', (_, kubeconfig, expected) => {
    const found = connectionProblems({ kubeconfig });
    expect(found).toEqual([expect.stringContaining(expected)]);
    expect(found.join()).not.toContain('secret-word');
  });

  test('a context that is not there, with the nearest', () => {
    expect(connectionProblems({ kubeconfig: KUBECONFIG, context: 'stagging' })).toEqual([
      'context "stagging" is no context of kubeconfig | Did you mean staging? Its contexts: prod, staging.',
    ]);
  });

  test('everything secret in it is masked, decoded too', () => {
    const { secrets } = load({ applications: 'shop', kubeconfig: KUBECONFIG });
    expect(secrets).toEqual(expect.arrayContaining(['kube-token-123', 'abcdefghij']));
    expect(secrets.every((secret) => !secret.startsWith('-----') || secret.includes('\n'))).toBe(true);
    expect(secrets).not.toContain('apiVersion: v1');
  });
});

describe('the Argo CD API', () => {
  test.each([
    ['argocd.example.com', 'https://argocd.example.com'],
    ['argocd.example.com:8443', 'https://argocd.example.com:8443'],
    ['https://example.com/argocd/', 'https://example.com/argocd'],
    ['http://localhost:8080', 'http://localhost:8080'],
    ['https://example.com:443', 'https://example.com'],
    ['[::1]:8080', 'https://[::1]:8080'],
  ])('%p', (server, expected) => {
    expect(connection({ ...MINIMAL, 'argocd-server': server })).toMatchObject({ mode: 'argocd', server: expected });
  });

  test.each([
    ['ftp://example.com', '"ftp://example.com" has the scheme ftp'],
    ['https://', '"https://" is no host or URL'],
    ['a b', '"a b" holds blanks'],
    ['https://example.com/?x=1', 'holds a query or fragment'],
  ])('%p is refused', (server, expected) => {
    expect(problems({ 'argocd-server': server })).toEqual([expect.stringContaining(expected)]);
  });

  test('credentials in the address are refused, masked and not shown', () => {
    const given = { ...MINIMAL, 'argocd-server': 'https://me:p%40ss@argocd.example.com' };
    expect(problemsOf(given)).toEqual([expect.stringMatching(/^argocd-server holds credentials/)]);
    expect(load(given).secrets).toContain('p@ss');
  });

  test('username and password', () => {
    const given = {
      applications: 'x',
      'argocd-server': 'a.example.com',
      'argocd-username': 'me',
      'argocd-password': 'pw',
    };
    expect(connection(given)).toMatchObject({ credentials: { kind: 'password', username: 'me', password: 'pw' } });
    expect(load(given).secrets).toContain('pw');
  });

  test.each([
    [{ 'argocd-server': 'a.b' }, 'argocd-auth-token is missing'],
    [{ 'argocd-auth-token': 't' }, 'argocd-server is missing, but argocd-auth-token is given'],
    [{ 'argocd-server': 'a.b', 'argocd-username': 'u' }, 'argocd-username is given without argocd-password'],
    [{ 'argocd-server': 'a.b', 'argocd-password': 'p' }, 'argocd-password is given without argocd-username'],
    [
      { 'argocd-server': 'a.b', 'argocd-auth-token': 't', 'argocd-password': 'p' },
      'argocd-auth-token is given together with argocd-password',
    ],
    [{ 'argocd-server': 'a.b', 'argocd-auth-token': 'a b' }, 'argocd-auth-token holds blanks'],
  ])('%j', (given, expected) => {
    expect(connectionProblems(given)).toEqual([expect.stringContaining(expected)]);
  });

  test('ARGOCD_SERVER and ARGOCD_AUTH_TOKEN stand in for empty inputs (H26: inputs win)', () => {
    const env = { ARGOCD_SERVER: 'env.example.com', ARGOCD_AUTH_TOKEN: 'env-token', KUBECONFIG: '/a' };
    expect(connection({}, { env })).toMatchObject({
      mode: 'argocd',
      server: 'https://env.example.com',
      credentials: { token: 'env-token' },
    });
    expect(load({ applications: 'x' }, { env }).secrets).toContain('env-token');
    expect(connection(MINIMAL, { env })).toMatchObject({
      server: 'https://argocd.example.com',
      credentials: { token: 'token-of-eight' },
    });
    expect(connection({ 'argocd-username': 'u', 'argocd-password': 'p' }, { env })).toMatchObject({
      credentials: { kind: 'password' },
    });
    expect(connection({ kubeconfig: KUBECONFIG }, { env })).toMatchObject({ mode: 'kubernetes' });
    expect(connection({ context: 'prod' }, { env, files: { '/a': KUBECONFIG } })).toMatchObject({ mode: 'kubernetes' });
  });
});

describe('both', () => {
  test('two ways to connect', () => {
    expect(connectionProblems({ ...MINIMAL, kubeconfig: KUBECONFIG, context: 'prod' })).toEqual([
      'argocd-server is given together with kubeconfig and context: two ways to connect | Give either kubeconfig or context (Kubernetes API) or argocd-server and argocd-auth-token (Argo CD API).',
    ]);
  });

  test('namespaces', () => {
    expect(inputs({ namespace: 'a, b\nc\na' }).connection.namespaces).toEqual(['a', 'b', 'c']);
    expect(inputs({ namespace: ' * ' }).connection.namespaces).toBe('*');
    expect(problems({ namespace: '*, a' })).toEqual([expect.stringContaining('has * beside other namespaces')]);
    expect(problems({ namespace: 'team-*, A' })).toEqual([
      expect.stringContaining('namespace "team-*" cannot be the name of a namespace | Patterns are not possible here'),
      expect.stringContaining('namespace "A" cannot'),
    ]);
  });

  test('certificates and key', () => {
    const given = {
      'certificate-authority': pem('authority.crt'),
      'client-certificate': pem('client.crt'),
      'client-key': pem('client.key'),
    };
    expect(inputs(given).connection).toMatchObject({
      certificateAuthority: pem('authority.crt'),
      clientCertificate: pem('client.crt'),
      clientKey: pem('client.key'),
    });
    const { secrets } = load({ ...MINIMAL, ...given });
    expect(secrets.some((secret) => pem('client.key').includes(secret))).toBe(true);
    expect(secrets.some((secret) => secret.startsWith('-----') && !secret.includes('\n'))).toBe(false);
  });

  test.each([
    [{ 'certificate-authority': 'x' }, 'certificate-authority is no PEM certificate'],
    [{ 'certificate-authority': pem('authority.crt').replace(/\n/g, '\\n') }, 'Its line breaks are written as \\n'],
    [{ 'certificate-authority': Buffer.from(pem('authority.crt')).toString('base64') }, 'It is base64 of a PEM text'],
    [{ 'certificate-authority': pem('client.key') }, 'certificate-authority holds a private key'],
    [
      { 'certificate-authority': '-----BEGIN CERTIFICATE-----\nabcd\n-----END CERTIFICATE-----' },
      'its certificate cannot be read',
    ],
    [
      {
        'certificate-authority': `${pem('authority.crt')}\n-----BEGIN CERTIFICATE-----\nabcd\n-----END CERTIFICATE-----`,
      },
      'certificate 2 of 2 cannot be read',
    ],
    [{ 'client-certificate': pem('client.crt') }, 'client-certificate is given without client-key'],
    [{ 'client-key': pem('client.key') }, 'client-key is given without client-certificate'],
    [
      { 'client-certificate': pem('client.crt'), 'client-key': pem('server.key') },
      'client-key does not belong to client-certificate',
    ],
    [{ 'client-certificate': pem('client.crt'), 'client-key': pem('client.crt') }, 'client-key is no PEM private key'],
    [
      { 'client-certificate': pem('client.crt'), 'client-key': '-----BEGIN ENCRYPTED PRIVATE KEY-----\nx' },
      'is protected by a passphrase',
    ],
    [
      { 'certificate-authority': pem('authority.crt'), 'insecure-skip-tls-verify': 'true' },
      'insecure-skip-tls-verify "true" is given together with certificate-authority',
    ],
    [
      { 'certificate-authority': pem('authority.crt'), 'argocd-server': 'http://x' },
      'certificate-authority has no effect, because argocd-server is http://x',
    ],
    [{ 'insecure-skip-tls-verify': 'true', 'argocd-server': 'http://x' }, 'insecure-skip-tls-verify has no effect'],
  ])('%#', (given, expected) => {
    const found = problems(given);
    expect(found).toEqual([expect.stringContaining(expected)]);
    expect(found.join()).not.toContain('PRIVATE KEY-----');
  });

  test('headers', () => {
    const given = { headers: 'X-Team: a:b\n\n Cookie : session=abcdefghi ' };
    expect(inputs(given).connection.headers).toEqual([
      ['X-Team', 'a:b'],
      ['Cookie', 'session=abcdefghi'],
    ]);
    expect(load({ ...MINIMAL, ...given }).secrets).toEqual(
      expect.arrayContaining(['a:b', 'session=abcdefghi', 'abcdefghi']),
    );
  });

  test.each([
    ['no-colon-secret', 'line 1 is not "Name: value"'],
    ['X-A: 1\nBad Name: secret', 'line 2 is not "Name: value"'],
    ['X-A:', '"X-A" line 1 has no value'],
    ['X-A: a\u0001b', '"X-A" line 1 has an impossible value'],
    ['Authorization: Bearer secret', '"Authorization" line 1 is a header that this step sets itself'],
    ['X-A: 1\nx-a: 2', '"x-a" line 2 repeats a header'],
  ])('header %p', (headers, expected) => {
    const found = problems({ headers });
    expect(found).toEqual([expect.stringContaining(expected)]);
    expect(found.join()).not.toContain('secret');
  });

  test('proxy variables, upper case first; passwords are masked', () => {
    const env = {
      HTTPS_PROXY: 'http://u:p%40ssword@proxy:3128',
      https_proxy: 'x',
      http_proxy: 'proxy:80',
      NO_PROXY: '.local',
    };
    expect(inputs({}, { env }).connection.proxy).toEqual({
      https: env.HTTPS_PROXY,
      http: 'http://proxy:80',
      no: '.local',
    });
    expect(load(MINIMAL, { env }).secrets).toEqual(expect.arrayContaining(['p%40ssword', 'p@ssword']));
    expect(problems({}, { env: { HTTPS_PROXY: 'socks5://u:secret@x' } })).toEqual([
      'HTTPS_PROXY is no proxy that can be used | Set it to http://host:port or https://host:port, or unset it.',
    ]);
  });
});
