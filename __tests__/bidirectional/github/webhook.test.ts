import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { deliver } from '../../../sandbox/github/hooks.ts';
import type { GitHub as GitHubServer } from '../../../sandbox/github/start.ts';
import type { Hook } from '../../../sandbox/github/state.ts';
import type { WantedWebhook, WebhookResult } from '../../../src/bidirectional/github/port.ts';
import { createRedactor } from '../../../src/lib/redact.ts';
import { connect, signal, startServer } from './workbench.ts';

let server: GitHubServer;
beforeEach(async () => {
  server = await startServer();
});
afterEach(async () => {
  expect(server.violations).toEqual([]);
  await server.stop();
});

const URL = 'https://argocd.example.com/api/webhook';
const SECRET = 'a-secret-of-16-characters';
const wanted = (more: Partial<WantedWebhook> = {}): WantedWebhook => ({
  url: URL,
  scope: 'repository',
  secret: SECRET,
  ...more,
});
const ensure = (more: Partial<WantedWebhook> = {}, token = 'owner'): Promise<WebhookResult> =>
  connect(server, token).ensureWebhook(wanted(more), signal());
const ofRepository = (): Hook[] => server.state.repositories.get('acme/shop')?.hooks ?? [];
const ofOrganization = (): Hook[] => server.state.organizations.get('acme')?.hooks ?? [];
const first = (hooks: readonly Hook[]): Hook => {
  const [hook] = hooks;
  if (hook === undefined) throw new Error('there is no webhook');
  return hook;
};
const writes = (): number => server.requests.filter(({ method }) => method !== 'GET').length;

/** A webhook that somebody made before. */
const existing = (hooks: Hook[], more: Partial<Hook> = {}, config: Record<string, unknown> = {}): Hook => {
  const hook: Hook = {
    id: server.state.nextId(),
    active: true,
    events: ['push'],
    config: { url: URL, content_type: 'json', insecure_ssl: '0', secret: SECRET, ...config },
    createdAt: '2026-01-01T00:00:00Z',
    updatedAt: '2026-01-01T00:00:00Z',
    deliveries: [],
    ...more,
  };
  hooks.push(hook);
  return hook;
};

describe('registering', () => {
  test('happens once, and a further run writes nothing', async () => {
    expect(await ensure()).toMatchObject({
      kind: 'created',
      webhook: { scope: 'repository', owner: 'acme/shop', url: URL },
    });
    expect(first(ofRepository())).toMatchObject({
      active: true,
      events: ['push'],
      config: { url: URL, content_type: 'json', secret: SECRET },
    });
    expect(await ensure()).toMatchObject({ kind: 'unchanged', notes: [] });
    expect(await ensure({ url: 'https://ARGOCD.example.com:443/api/webhook' })).toMatchObject({ kind: 'unchanged' });
    expect(ofRepository()).toHaveLength(1);
    expect(writes()).toBe(1);
  });

  test('at the organization', async () => {
    expect(await ensure({ scope: 'organization' })).toMatchObject({
      kind: 'created',
      webhook: { scope: 'organization', owner: 'acme' },
    });
    expect(await ensure({ scope: 'organization' })).toMatchObject({ kind: 'unchanged' });
    expect(ofOrganization()).toHaveLength(1);
    expect(ofRepository()).toHaveLength(0);
  });

  test('without a secret sets none, and leaves one that is there', async () => {
    await ensure({ secret: '' });
    expect(first(ofRepository()).config).not.toHaveProperty('secret');
    expect(await ensure()).toMatchObject({ kind: 'updated', notes: ['It had no secret; now it has.'] });
    expect(await ensure({ secret: '' })).toMatchObject({ kind: 'unchanged' });
    expect(first(ofRepository()).config.secret).toBe(SECRET);
  });
});

describe('the nearest scope that already delivers there is used', () => {
  test('the organization for a repository, unchanged', async () => {
    const hook = existing(ofOrganization());
    deliver(server.state, hook, { event: 'push', payload: { ref: 'refs/heads/main' } });
    expect(await ensure()).toMatchObject({
      kind: 'unchanged',
      webhook: { id: hook.id, scope: 'organization' },
      notes: [expect.stringContaining('already delivers')],
    });
    expect(await ensure({ secret: 'another-secret-entirely' })).toMatchObject({
      kind: 'unchanged',
      notes: [expect.any(String), expect.stringContaining('could not be seen')],
    });
    expect(writes()).toBe(0);
  });

  test('the repository for an organization', async () => {
    const hook = existing(ofRepository());
    expect(await ensure({ scope: 'organization' })).toMatchObject({ webhook: { id: hook.id, scope: 'repository' } });
    expect(ofOrganization()).toHaveLength(0);
  });

  test('but not one that is switched off, is for other events, or delivers elsewhere', async () => {
    existing(ofOrganization(), { active: false });
    existing(ofOrganization(), { events: ['issues'] });
    existing(ofOrganization(), {}, { url: 'https://other.example.com/api/webhook' });
    expect(await ensure()).toMatchObject({ kind: 'created' });
  });

  test('and a token that may not see the organization is no obstacle', async () => {
    expect(await ensure({}, 'admin')).toMatchObject({ kind: 'created' });
  });

  test('two that deliver to one address are told', async () => {
    existing(ofRepository());
    const double = existing(ofRepository());
    expect(await ensure({ secret: '' })).toMatchObject({
      kind: 'unchanged',
      notes: [`Webhook ${double.id} of acme/shop delivers to the same address: delete one of them.`],
    });
  });
});

describe('updating', () => {
  test('a secret that changed is set, once it is proven it is not set again', async () => {
    await ensure();
    expect(await ensure({ secret: 'the-next-secret-12345' })).toMatchObject({
      kind: 'updated',
      notes: [expect.stringContaining('set again')],
    });
    const hook = first(ofRepository());
    expect(hook.config).toMatchObject({ url: URL, content_type: 'json', secret: 'the-next-secret-12345' });
    deliver(server.state, hook, { event: 'push', payload: { ref: 'refs/heads/ä' } });
    const before = writes();
    expect(await ensure({ secret: 'the-next-secret-12345' })).toMatchObject({ kind: 'unchanged' });
    expect(writes()).toBe(before);
  });

  test('a proof from before the last change of the webhook does not count', async () => {
    const hook = existing(ofRepository());
    deliver(server.state, hook, { event: 'push', payload: {} });
    hook.config = { ...hook.config, secret: 'changed-by-hand' };
    hook.updatedAt = '2100-01-01T00:00:00Z';
    expect(await ensure()).toMatchObject({ kind: 'updated' });
    expect(hook.config.secret).toBe(SECRET);
  });

  test('an address that changed is changed, where the secret proves that the webhook is ours', async () => {
    await ensure();
    const url = 'https://argocd.next.example.com/root/api/webhook';
    expect(await ensure({ url })).toMatchObject({
      kind: 'updated',
      webhook: { url },
      notes: [`Its address was ${URL}; it is known by its secret.`],
    });
    expect(ofRepository()).toHaveLength(1);
    expect(first(ofRepository()).config).toMatchObject({ url, secret: SECRET });
  });

  test.each<[string, Partial<Hook>, Record<string, unknown>]>([
    ['with another secret', {}, { secret: 'of-somebody-else' }],
    ['for other events too', { events: ['push', 'pull_request'] }, {}],
    ['to another kind of receiver', {}, { url: 'https://argocd.example.com/github-webhook/' }],
    ['without a secret', {}, { secret: '' }],
  ])('a webhook %s is never taken over', async (_, more, config) => {
    const hook = existing(ofRepository(), more, {
      url: 'https://jenkins.example.com/api/webhook?token=abc',
      ...config,
    });
    deliver(server.state, hook, { event: 'push', payload: { ref: 'x' } });
    const before = structuredClone(hook.config);
    const result = await ensure();
    expect(result).toMatchObject({ kind: 'created' });
    expect(JSON.stringify(result)).not.toContain('token=abc');
    expect(hook.config).toEqual(before);
  });

  test('one that sleeps, sends forms or tells of other events only is mended, and keeps its other events', async () => {
    const hook = existing(ofRepository(), { active: false, events: ['issues'] }, { content_type: 'form' });
    expect(await ensure({ secret: '' })).toMatchObject({
      kind: 'updated',
      notes: [expect.stringContaining('JSON'), expect.stringContaining('switched off')],
    });
    expect(hook).toMatchObject({
      active: true,
      events: ['issues', 'push'],
      config: { content_type: 'json', secret: SECRET },
    });
  });
});

describe('rights', () => {
  test.each([
    ['repository', 'job', 'admin:repo_hook'],
    ['organization', 'admin', 'admin:org_hook'],
  ] as const)('that are missing for the %s are named', async (scope, token, right) => {
    expect(await ensure({ scope }, token)).toMatchObject({ kind: 'failed', hint: expect.stringContaining(right) });
    expect(writes()).toBe(0);
  });

  test('a broken GitHub is a result, an aborted signal throws', async () => {
    server.addFault({ when: {}, effect: { kind: 'status', status: 502 }, times: 0 });
    expect(await ensure()).toMatchObject({ kind: 'failed', message: expect.stringContaining('502') });
    await expect(connect(server).ensureWebhook(wanted(), AbortSignal.abort())).rejects.toMatchObject({
      code: 'aborted',
    });
  });
});

describe('deliveries', () => {
  test('are listed with payload, status and the way to send them again, without secrets', async () => {
    const hook = existing(ofRepository());
    deliver(server.state, hook, { event: 'push', payload: { ref: 'refs/heads/main', token: 'hush-hush-hush' } });
    deliver(server.state, hook, { event: 'push', payload: { text: 'x'.repeat(9_000) }, statusCode: 503 });
    deliver(server.state, hook, { event: 'push', payload: {}, statusCode: 0 });
    const redactor = createRedactor();
    redactor.register('hush-hush-hush');
    const webhook = { id: hook.id, scope: 'repository', owner: 'acme/shop', url: URL } as const;
    const result = await connect(server, 'owner', (text) => redactor.redact(text)).recentDeliveries(
      webhook,
      10,
      signal(),
    );
    if (result.kind !== 'known') throw new Error(result.message);
    const [silent, broken, fine] = result.deliveries;
    expect(result.deliveries).toHaveLength(3);
    expect(fine).toMatchObject({
      event: 'push',
      statusCode: 200,
      status: 'OK',
      durationMs: 270,
      redeliver: '',
      payload: '{"ref":"refs/heads/main","token":"***"}',
    });
    expect(broken).toMatchObject({
      statusCode: 503,
      redeliver: `gh api --method POST repos/acme/shop/hooks/${hook.id}/deliveries/${broken?.id}/attempts`,
    });
    expect(broken?.payload.length).toBeLessThanOrEqual(4_000);
    expect(silent).toMatchObject({ statusCode: 0, redeliver: expect.stringContaining('attempts') });
    expect(JSON.stringify(result)).not.toMatch(/session=|sha256=/);
  });

  test('of other repositories of the organization are not shown', async () => {
    const hook = existing(ofOrganization());
    deliver(server.state, hook, { event: 'push', payload: { repository: { full_name: 'Acme/private' } } });
    const ours = deliver(server.state, hook, { event: 'push', payload: { repository: { full_name: 'Acme/shop' } } });
    deliver(server.state, hook, { event: 'ping', payload: { hook: {} } });
    const webhook = { id: hook.id, scope: 'organization', owner: 'acme', url: URL } as const;
    const result = await connect(server).recentDeliveries(webhook, 10, signal());
    expect(result.kind === 'known' && result.deliveries.map(({ id }) => id)).toEqual([ours.id]);
  });

  test('that may not be read are a result', async () => {
    const webhook = { id: 1, scope: 'repository', owner: 'acme/shop', url: URL } as const;
    expect(await connect(server, 'job').recentDeliveries(webhook, 10, signal())).toMatchObject({ kind: 'failed' });
  });
});
