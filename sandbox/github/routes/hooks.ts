import { flag, type JsonRecord, record, text, texts } from '../../../src/lib/json.ts';
import type { Needs } from '../access.ts';
import type { Answer, Call, Route, Routes } from '../call.ts';
import { deliver } from '../hooks.ts';
import { page } from '../pages.ts';
import { refuse } from '../refusal.ts';
import type { Delivery, Hook } from '../state.ts';

/** Webhooks of one event at one place. */
const MOST = 20;

type Place = 'repository' | 'organization';

/** The same operations below a repository and below an organization. */
const routesOf = (place: Place): Readonly<Record<string, Route>> => {
  const name = place === 'repository' ? 'repository_hooks' : 'organization_hooks';
  const route = (level: 'read' | 'write', answer: (call: Call, hooks: Hook[], base: string) => Answer): Route => {
    const needs: Needs = [[name, level]];
    if (place === 'organization') {
      return {
        of: 'organization',
        needs,
        answer: (call) => {
          const organization = call.state.organizations.get((call.parameters.org ?? '').toLowerCase());
          if (organization === undefined) return refuse(404, 'Not Found');
          return answer(call, organization.hooks, `${call.apiUrl}/orgs/${organization.login}/hooks`);
        },
      };
    }
    return {
      of: 'repository',
      needs,
      answer: (call) =>
        answer(
          call,
          call.repository.hooks,
          `${call.apiUrl}/repos/${call.repository.owner}/${call.repository.name}/hooks`,
        ),
    };
  };
  const form = (hook: Hook, base: string): unknown => ({
    type: place === 'repository' ? 'Repository' : 'Organization',
    id: hook.id,
    name: 'web',
    active: hook.active,
    events: hook.events,
    config: masked(hook.config),
    created_at: hook.createdAt,
    updated_at: hook.updatedAt,
    url: `${base}/${hook.id}`,
    ping_url: `${base}/${hook.id}/pings`,
    deliveries_url: `${base}/${hook.id}/deliveries`,
    ...(place === 'repository'
      ? { test_url: `${base}/${hook.id}/test`, last_response: { code: null, status: 'unused', message: null } }
      : {}),
  });
  const area = place === 'repository' ? 'repos' : 'orgs';
  const configOf = place === 'repository' ? 'repo' : 'org';
  return {
    [`${area}/list-webhooks`]: route('read', (call, hooks, base) =>
      page(
        call,
        hooks.map((hook) => form(hook, base)),
      ),
    ),

    [`${area}/create-webhook`]: route('write', (call, hooks, base) => {
      const config = configFrom({}, record(call.body.config));
      const events = 'events' in call.body ? texts(call.body.events) : ['push'];
      if (hooks.some((hook) => hook.config.url === config.url && hook.events.some((event) => events.includes(event)))) {
        return invalid('Hook already exists on this repository');
      }
      if (hooks.length >= MOST) return invalid(`The "push" event cannot have more than ${MOST} hooks`);
      const now = call.state.now();
      const hook: Hook = {
        id: call.state.nextId(),
        active: !('active' in call.body) || flag(call.body.active),
        events,
        config,
        createdAt: now,
        updatedAt: now,
        deliveries: [],
      };
      hooks.push(hook);
      if (hook.active)
        deliver(call.state, hook, { event: 'ping', payload: { zen: 'Keep it logically awesome.', hook_id: hook.id } });
      return { status: 201, body: form(hook, base) };
    }),

    [`${area}/get-webhook`]: route('read', (call, hooks, base) => ({
      status: 200,
      body: form(hookOf(call, hooks), base),
    })),

    [`${area}/update-webhook`]: route('write', (call, hooks, base) => {
      const hook = hookOf(call, hooks);
      const { body } = call;
      if ('active' in body) hook.active = flag(body.active);
      if ('events' in body) hook.events = texts(body.events);
      // What is not said of a configuration that is given is gone, the secret too.
      if ('config' in body) hook.config = configFrom({}, record(body.config));
      hook.updatedAt = call.state.now();
      return { status: 200, body: form(hook, base) };
    }),

    [`${area}/delete-webhook`]: route('write', (call, hooks) => {
      hooks.splice(hooks.indexOf(hookOf(call, hooks)), 1);
      return { status: 204 };
    }),

    [`${area}/get-webhook-config-for-${configOf}`]: route('read', (call, hooks) => ({
      status: 200,
      body: masked(hookOf(call, hooks).config),
    })),

    [`${area}/update-webhook-config-for-${configOf}`]: route('write', (call, hooks) => {
      const hook = hookOf(call, hooks);
      hook.config = configFrom(hook.config, call.body);
      hook.updatedAt = call.state.now();
      return { status: 200, body: masked(hook.config) };
    }),

    [`${area}/list-webhook-deliveries`]: route('read', (call, hooks) => {
      const size = Math.min(Number(call.query.get('per_page') ?? 30), 100);
      return { status: 200, body: hookOf(call, hooks).deliveries.slice(0, size).map(itemForm) };
    }),

    [`${area}/get-webhook-delivery`]: route('read', (call, hooks) => {
      const delivery = hookOf(call, hooks).deliveries.find(({ id }) => String(id) === call.parameters.delivery_id);
      return delivery === undefined ? refuse(404, 'Not Found') : { status: 200, body: deliveryForm(delivery) };
    }),

    [`${area}/ping-webhook`]: route('read', (call, hooks) => {
      const hook = hookOf(call, hooks);
      deliver(call.state, hook, {
        event: 'ping',
        payload: { zen: 'Anything added dilutes everything else.', hook_id: hook.id },
      });
      return { status: 204 };
    }),
  };
};

export const HOOK_ROUTES: Routes = {
  ...routesOf('repository'),
  ...routesOf('organization'),
};

const MASKED = '********';

const masked = (config: JsonRecord): JsonRecord =>
  text(config.secret) === '' ? config : { ...config, secret: MASKED };

const configFrom = (before: JsonRecord, given: JsonRecord): JsonRecord => {
  const config = { content_type: 'form', insecure_ssl: '0', ...before, ...given };
  if (!/^https?:\/\/\S+$/.test(text(record(config).url))) invalid('config.url is invalid');
  return config;
};

const invalid = (message: string): never =>
  refuse(422, 'Validation Failed', { errors: [{ resource: 'Hook', code: 'custom', message }] });

const hookOf = ({ parameters }: Call, hooks: readonly Hook[]): Hook =>
  hooks.find(({ id }) => String(id) === parameters.hook_id) ?? refuse(404, 'Not Found');

const itemForm = (delivery: Delivery): Readonly<Record<string, unknown>> => ({
  id: delivery.id,
  guid: delivery.guid,
  delivered_at: delivery.deliveredAt,
  redelivery: delivery.redelivery,
  duration: delivery.durationSeconds,
  status: delivery.status,
  status_code: delivery.statusCode,
  event: delivery.event,
  action: delivery.action,
  installation_id: null,
  repository_id: null,
});

const deliveryForm = (delivery: Delivery): unknown => ({
  ...itemForm(delivery),
  request: {
    headers: {
      'X-GitHub-Event': delivery.event,
      'X-GitHub-Delivery': delivery.guid,
      ...(delivery.signature === '' ? {} : { 'X-Hub-Signature-256': delivery.signature }),
    },
    payload: delivery.payload,
  },
  response: { headers: { 'Set-Cookie': 'session=secret-of-the-receiver' }, payload: 'ok' },
});
