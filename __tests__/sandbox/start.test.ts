import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, describe, expect, test } from '@jest/globals';
import { ApisApi, CustomObjectsApi, KubeConfig } from '@kubernetes/client-node';
import { Agent, fetch } from 'undici';
import { uniform } from '../../sandbox/fleets/uniform.ts';
import { type SandboxOptions, startSandbox } from '../../sandbox/start.ts';
import { isObject } from '../../sandbox/state/json.ts';
import type { Sandbox } from '../../sandbox/types.ts';

let sandbox: Sandbox | undefined;
const agents: Agent[] = [];
afterEach(async () => {
  await Promise.all(agents.splice(0).map((agent) => agent.destroy()));
  await sandbox?.stop();
});

async function start(options: SandboxOptions = {}): Promise<Sandbox> {
  sandbox = await startSandbox(options);
  return sandbox;
}

const APPLICATIONS = '/apis/argoproj.io/v1alpha1/namespaces/argocd/applications';

/** Asks with the token of an account, trusting the sandbox's authority. */
async function ask(
  from: Sandbox,
  url: string,
  more: { readonly account?: string; readonly method?: string; readonly body?: unknown; readonly type?: string } = {},
) {
  const agent = new Agent({
    connect: from.certificateAuthority === undefined ? {} : { ca: from.certificateAuthority },
  });
  agents.push(agent);
  const response = await fetch(url, {
    dispatcher: agent,
    method: more.method ?? 'GET',
    headers: {
      authorization: `Bearer ${from.token(more.account)}`,
      ...(more.body === undefined ? {} : { 'content-type': more.type ?? 'application/json' }),
    },
    ...(more.body === undefined ? {} : { body: JSON.stringify(more.body) }),
  });
  const body: unknown = await response.json();
  return { status: response.status, body };
}

describe('a sandbox', () => {
  test('is there at once', async () => {
    const before = process.cpuUsage();
    await start({ fleet: uniform(25) });
    // Of the processor's time: the machine that runs the tests does other things too.
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1000).toBeLessThan(1000);
  });

  test('shows the same Applications through both APIs', async () => {
    const running = await start({ fleet: uniform(3) });
    const kubernetes = await ask(running, running.kubernetesUrl + APPLICATIONS);
    const argocd = await ask(running, `${running.argocdUrl}/api/v1/applications`);
    const names = ({ body }: { body: unknown }) =>
      isObject(body) && Array.isArray(body.items)
        ? body.items.map((item) => (isObject(item) && isObject(item.metadata) ? item.metadata.name : undefined))
        : [];
    expect(names(kubernetes)).toEqual(['app-0001', 'app-0002', 'app-0003']);
    expect(names(argocd)).toEqual(names(kubernetes));
    expect(running.requests.map(({ api, path, status }) => ({ api, path, status }))).toEqual([
      { api: 'kubernetes', path: APPLICATIONS, status: 200 },
      { api: 'argocd', path: '/api/v1/applications', status: 200 },
    ]);
    running.clearRequests();
    expect(running.requests).toEqual([]);
  });

  test('works an operation that was patched in', async () => {
    const running = await start({ fleet: uniform(1) });
    const patched = await ask(running, `${running.kubernetesUrl}${APPLICATIONS}/app-0001`, {
      account: 'deployer',
      method: 'PATCH',
      type: 'application/merge-patch+json',
      body: { operation: { info: [{ name: 'id', value: 'x' }], sync: {} }, status: { operationState: null } },
    });
    expect(patched.status).toBe(200);
    const done = () => running.store.get('applications', 'argocd', 'app-0001')?.operation === undefined;
    while (!done()) await delay(1);
    expect(running.store.get('applications', 'argocd', 'app-0001')?.status).toMatchObject({
      operationState: { phase: 'Succeeded', operation: { info: [{ name: 'id', value: 'x' }] } },
    });
  });

  test('gives accounts no more than their rights', async () => {
    const running = await start({ fleet: uniform(1) });
    const url = running.kubernetesUrl;
    const status = async (account: string, path: string, method = 'GET') =>
      (await ask(running, url + path, { account, method })).status;
    expect(await status('deployer', APPLICATIONS)).toBe(200);
    expect(await status('deployer', '/apis/argoproj.io/v1alpha1/applications')).toBe(403);
    expect(await status('deployer', `${APPLICATIONS}/app-0001`, 'DELETE')).toBe(403);
    expect(await status('deployer', '/apis/argoproj.io/v1alpha1/namespaces/argocd/appprojects/default')).toBe(200);
    expect(await status('viewer', '/apis/argoproj.io/v1alpha1/applications')).toBe(200);
    expect(await status('viewer', `${APPLICATIONS}/app-0001`, 'DELETE')).toBe(403);
    expect(await status('nobody', APPLICATIONS)).toBe(403);
    expect(() => running.token('somebody')).toThrow(RangeError);
  });

  test('is understood by the Kubernetes client through its kubeconfig', async () => {
    const running = await start({ fleet: uniform(2) });
    const config = new KubeConfig();
    config.loadFromString(running.kubeconfig('viewer'));
    const groups = await config.makeApiClient(ApisApi).getAPIVersions();
    expect(groups.groups.map(({ name }) => name)).toContain('argoproj.io');
    const list: unknown = await config.makeApiClient(CustomObjectsApi).listNamespacedCustomObject({
      group: 'argoproj.io',
      version: 'v1alpha1',
      namespace: 'argocd',
      plural: 'applications',
    });
    expect(list).toMatchObject({ items: { length: 2 } });
  });

  test('makes trouble in both APIs', async () => {
    const running = await start({
      faults: [{ when: { path: 'applications' }, times: 2, effect: { kind: 'status', status: 503, body: '{}' } }],
    });
    const kubernetes = `${running.kubernetesUrl}${APPLICATIONS}`;
    const argocd = `${running.argocdUrl}/api/v1/applications`;
    const statuses: number[] = [];
    for (const url of [kubernetes, argocd, kubernetes, argocd]) statuses.push((await ask(running, url)).status);
    expect(statuses).toEqual([503, 503, 200, 200]);
    running.addFault({ when: { api: 'argocd' }, times: 0, effect: { kind: 'reset' } });
    await expect(ask(running, argocd)).rejects.toThrow();
    expect((await ask(running, kubernetes)).status).toBe(200);
    running.clearFaults();
    expect((await ask(running, argocd)).status).toBe(200);
  });

  test('speaks plain HTTP when told so, and can live below a path', async () => {
    const running = await start({ tls: false, argocd: { rootPath: '/argo' } });
    expect(running.kubernetesUrl).toMatch(/^http:/);
    expect(running.argocdUrl).toMatch(/^http:.*\/argo$/);
    expect(running.certificateAuthority).toBeUndefined();
    expect((await ask(running, `${running.argocdUrl}/api/version`)).status).toBe(200);
    expect(running.kubeconfig()).not.toContain('certificate-authority');
  });

  test('can show certificates that nobody vouches for', async () => {
    const running = await start({ tls: 'stranger' });
    await expect(ask(running, `${running.kubernetesUrl}/version`)).rejects.toThrow();
  });

  test('can demand client certificates, which its kubeconfig holds', async () => {
    const running = await start({ mutualTls: true });
    await expect(ask(running, `${running.kubernetesUrl}/version`)).rejects.toThrow();
    const config = new KubeConfig();
    config.loadFromString(running.kubeconfig('deployer'));
    const groups = await config.makeApiClient(ApisApi).getAPIVersions();
    expect(groups.kind).toBe('APIGroupList');
  });

  test('ends its streams when it stops', async () => {
    const running = await start({ tls: false, fleet: uniform(1) });
    const response = await fetch(`${running.kubernetesUrl}${APPLICATIONS}?watch=1`, {
      headers: { authorization: `Bearer ${running.token()}` },
    });
    await running.stop();
    expect(await response.text()).toMatch(/^\{"type":"ADDED".*\n$/);
  });

  test('cannot be started on a port that is taken, and leaves nothing behind', async () => {
    const first = await start({ tls: false });
    const port = Number(new URL(first.argocdUrl).port);
    await expect(startSandbox({ ports: { argocd: port } })).rejects.toThrow('EADDRINUSE');
  });
});
