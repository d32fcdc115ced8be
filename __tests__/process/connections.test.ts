import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect as connectTcp } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { uniform } from '../../sandbox/fleets/uniform.ts';
import type { Sandbox } from '../../sandbox/types.ts';
import { connection, type Finished, openSandbox, run, type StepInputs, TRANSPORTS, type Transport } from './harness.ts';

const ONE: StepInputs = { applications: 'app-0001' };
const ALL: StepInputs = { applications: 'app-*' };

let sandbox: Sandbox;
let stranger: Sandbox;
beforeAll(async () => {
  sandbox = await openSandbox({ fleet: uniform(2) });
  stranger = await openSandbox({ fleet: uniform(1), tls: 'stranger' });
});
afterAll(async () => {
  await sandbox.stop();
  await stranger.stop();
});

/** The problem of the step, whole. Nothing was written. */
function problemOf({ exitCode, outputs, report, requests, log }: Finished): string {
  expect({ exitCode, result: outputs.result }).toEqual({ exitCode: 1, result: 'failed' });
  expect(requests.filter(({ method }) => method !== 'GET')).toEqual([]);
  expect(log).not.toMatch(/\n {4}at /);
  const [problem] = report.problems;
  return problem === undefined ? '' : `${problem.title} · ${problem.message} · ${problem.hint}`;
}

/** The connection with something else than its token. */
const withToken = (transport: Transport, token: string): StepInputs =>
  transport === 'kubernetes'
    ? { kubeconfig: sandbox.kubeconfig().replaceAll(sandbox.token(), token) }
    : { ...connection(sandbox, 'argocd'), 'argocd-auth-token': token };

const without = (inputs: StepInputs, transport: Transport): StepInputs => {
  const { 'certificate-authority': _, kubeconfig = '', ...rest } = inputs;
  return transport === 'kubernetes' ? { kubeconfig: kubeconfig.replace(/\n.*authority-data:.*/, '') } : rest;
};

describe.each(TRANSPORTS)('trouble with the %s API', (transport) => {
  test('something else answers', async () => {
    sandbox.addFault({ when: { api: transport }, times: 0, effect: { kind: 'html' } });
    const finished = await run(sandbox, { ...connection(sandbox, transport), ...ALL }, { debug: true });
    sandbox.clearFaults();
    expect(problemOf(finished)).toMatch(/^Something else answered · .*answered 200 with text\/html · Check /);
    expect(finished.log).not.toContain('Sign in');
  });

  test.each([ONE, ALL])('a wrong token for $applications', async (targets) => {
    const inputs = { ...withToken(transport, 'not-the-right-token'), ...targets };
    const finished = await run(sandbox, inputs, { debug: true });
    expect(problemOf(finished)).toMatch(/^Not logged in · .*does not accept the (token|credentials).* · .*expired/);
    // A wrong token does not get better.
    expect(finished.requests.filter(({ status }) => status === 401)).toHaveLength(1);
  });

  test('an account without rights', async () => {
    const finished = await run(sandbox, { ...connection(sandbox, transport, 'nobody'), ...ALL });
    expect(problemOf(finished)).toMatch(
      transport === 'kubernetes'
        ? /^Not allowed · .*cannot list resource "applications".* · Give it a Role in namespace argocd with the rule apiGroups: \["argoproj.io"\], resources: \["applications"\], verbs:/
        : /^No Application is selected · .* · .*shows only what this account may get/,
    );
  });

  test('an account that may only read', async () => {
    const finished = await run(sandbox, { ...connection(sandbox, transport, 'viewer'), ...ONE });
    expect({ exitCode: finished.exitCode, verdicts: finished.verdicts }).toEqual({
      exitCode: 1,
      verdicts: { 'app-0001': 'forbidden' },
    });
    expect(finished.application('app-0001').hint).toMatch(
      transport === 'kubernetes'
        ? /^Give it a Role in namespace argocd .*"patch"/
        : /^Add the policy "p, viewer, applications, sync, default\/app-0001, allow"/,
    );
  });

  test('an account with just what the documentation says it needs', async () => {
    const { exitCode, log } = await run(sandbox, { ...connection(sandbox, transport, 'deployer'), ...ALL });
    expect({ exitCode, log: exitCode === 0 ? '' : log }).toEqual({ exitCode: 0, log: '' });
  });

  test('a certificate that nobody signed', async () => {
    const finished = await run(stranger, { ...connection(stranger, transport), ...ONE });
    expect(problemOf(finished)).toMatch(
      /^Certificate not trusted · .*authority that is not trusted.* · Give the PEM of the authority.*certificate-authority/,
    );
    expect(finished.requests).toEqual([]);
  });

  test('a certificate that nobody signed, unverified', async () => {
    const inputs = { ...without(connection(stranger, transport), transport), ...ONE };
    const finished = await run(stranger, { ...inputs, 'insecure-skip-tls-verify': 'true' });
    expect(finished.verdicts).toEqual({ 'app-0001': 'synced' });
  });

  test('a certificate of an authority that is not given, and is given', async () => {
    const inputs = { ...without(connection(sandbox, transport), transport), ...ONE };
    expect(problemOf(await run(sandbox, inputs))).toMatch(/^Certificate not trusted/);
    const known = await run(sandbox, { ...inputs, 'certificate-authority': sandbox.certificateAuthority ?? '' });
    expect(known.verdicts).toEqual({ 'app-0001': 'synced' });
  });

  test('a client certificate that the server demands', async () => {
    const strict = await openSandbox({ fleet: uniform(1), mutualTls: true });
    const { certificate, key } = strict.clientCertificate;
    const inputs = { ...connection(strict, transport), ...ONE };
    const shown = await run(
      strict,
      { ...inputs, 'client-certificate': certificate, 'client-key': key },
      { debug: true },
    );
    await strict.stop();
    expect(shown.verdicts).toEqual({ 'app-0001': 'synced' });
  });

  test('headers for what stands in front of it', async () => {
    const headers = 'X-Access-Token: front-door-4711\nX-Team: payments';
    const finished = await run(sandbox, { ...connection(sandbox, transport), ...ONE, headers }, { debug: true });
    expect(finished.verdicts).toEqual({ 'app-0001': 'synced' });
    for (const request of finished.requests) {
      expect(request.headers).toMatchObject({ 'x-access-token': 'front-door-4711', 'x-team': 'payments' });
    }
    expect(finished.log.replaceAll(/^::add-mask::.*$/gm, '')).not.toContain('front-door-4711');
  });
});

describe('a name that does not exist', () => {
  test.concurrent.each(
    TRANSPORTS.flatMap((transport) => [
      { transport, how: 'a few', applications: 'app-0001, app-9999' },
      { transport, how: 'many', applications: 'app-0001, app-9999, app-0002, a, b, c, d' },
    ]),
  )(
    'is a failed Application beside the others, $how names by the $transport API',
    async ({ transport, applications }) => {
      // One each: beside each other they would sync the same Application, and whose operation it was cannot always be told.
      const own = await openSandbox({ fleet: uniform(2) });
      const finished = await run(own, { ...connection(own, transport), applications });
      await own.stop();
      expect(finished.exitCode).toBe(1);
      expect(finished.verdicts).toMatchObject({ 'app-0001': 'synced', 'app-9999': 'not-found' });
      expect(finished.log).not.toContain(' /app-');
    },
  );
});

describe('an address where nothing listens', () => {
  test.concurrent.each(TRANSPORTS)('of the %s API', async (transport) => {
    const gone = await openSandbox({ fleet: uniform(1) });
    const inputs = { ...connection(gone, transport), ...ONE };
    await gone.stop();
    expect(problemOf(await run(gone, inputs, { debug: true }))).toMatch(/^No connection · .*connection refused by 127/);
  });
});

// --- proxies ---------------------------------------------------------------------------------------------------------

interface Proxy {
  readonly url: string;
  /** What was asked for: `host:port`. */
  readonly tunnels: readonly string[];
  stop(): Promise<void>;
}

/** A proxy that knows CONNECT, and wants a user name and a password. */
async function startProxy(): Promise<Proxy> {
  const tunnels: string[] = [];
  const server: Server = createServer((_, response) => response.writeHead(405).end());
  server.on('connect', (request, socket, head) => {
    const basic = `Basic ${Buffer.from('runner:proxy-password-4711').toString('base64')}`;
    if (request.headers['proxy-authorization'] !== basic) {
      socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n');
      return;
    }
    tunnels.push(request.url ?? '');
    const { hostname, port } = new URL(`http://${request.url}`);
    const upstream = connectTcp(Number(port), hostname, () => {
      socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      upstream.write(head);
      upstream.pipe(socket).pipe(upstream);
    });
    for (const end of [socket, upstream]) end.on('error', () => socket.destroy());
    socket.on('close', () => upstream.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://runner:proxy-password-4711@127.0.0.1:${(server.address() as AddressInfo).port}`,
    tunnels,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

describe.each(TRANSPORTS)('a proxy on the way to the %s API', (transport) => {
  test('is used for everything, unless NO_PROXY says otherwise', async () => {
    const proxy = await startProxy();
    const inputs = { ...connection(sandbox, transport), ...ONE };
    const HTTPS_PROXY = proxy.url;
    const host = new URL(transport === 'kubernetes' ? sandbox.kubernetesUrl : sandbox.argocdUrl).host;

    const through = await run(sandbox, inputs, { env: { HTTPS_PROXY }, debug: true });
    expect(through.verdicts).toEqual({ 'app-0001': 'synced' });
    expect(new Set(proxy.tunnels)).toEqual(new Set([host]));
    const used = proxy.tunnels.length;

    const past = await run(sandbox, inputs, { env: { HTTPS_PROXY, NO_PROXY: 'example.com,127.0.0.1' } });
    expect(past.verdicts).toEqual({ 'app-0001': 'synced' });
    expect(proxy.tunnels).toHaveLength(used);
    await proxy.stop();
  });
});
