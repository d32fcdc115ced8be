import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { list, record, text, texts } from '../../src/lib/json.ts';

const example = (name: string): Readonly<Record<string, unknown>> =>
  record(parse(readFileSync(new URL(`../../examples/${name}`, import.meta.url), 'utf8'), { version: '1.2' }));

/** What the action declares itself: an example may use nothing else. */
const INPUTS = Object.keys(
  record(record(parse(readFileSync(new URL('../../bidirectional/action.yml', import.meta.url), 'utf8'))).inputs),
);

describe.each([
  ['bidirectional-push.yml', ['push', 'workflow_dispatch'], { contents: 'write' }],
  ['bidirectional-schedule.yml', ['schedule'], { contents: 'write', 'pull-requests': 'write' }],
  ['bidirectional-dispatch.yml', ['repository_dispatch', 'schedule'], { contents: 'write' }],
])('%s', (name, events, permissions) => {
  const workflow = example(name);
  const job = record(record(workflow.jobs).sync);

  test('runs on these events, with no more rights than it needs, never two at a time', () => {
    expect(Object.keys(record(workflow.on))).toEqual(events);
    expect(workflow.permissions).toEqual({});
    expect(job.permissions).toEqual(permissions);
    expect(workflow.concurrency).toEqual({ group: 'bidirectional-sync', 'cancel-in-progress': false });
  });

  test('checks out, then runs the action with inputs that it has', () => {
    const [checkout, action, ...more] = list(job.steps).map(record);
    expect(more).toEqual([]);
    expect(text(checkout?.uses)).toMatch(/^actions\/checkout@v\d+$/);
    expect(text(action?.uses)).toBe('gitopssync/gitopssync/bidirectional@v1');
    const inputs = record(action?.with);
    expect(INPUTS).toEqual(expect.arrayContaining(Object.keys(inputs)));
    for (const [input, value] of Object.entries(inputs)) {
      if (/token|secret|kubeconfig/.test(input)) expect(value).toMatch(/^\$\{\{ (?:secrets\.\w+|github\.token) \}\}$/);
    }
  });
});

describe('argocd-notifications-cm.yml', () => {
  const data = record(example('argocd-notifications-cm.yml').data);
  const part = (name: string): unknown => parse(text(data[name]));
  const service = 'gitopssync';
  const triggers = list(part('trigger.on-spec-changed')).map(record);

  test('every trigger sends a template that there is, to the service that there is', () => {
    const templates = triggers.flatMap(({ send }) => texts(send));
    expect(templates.length).toBeGreaterThan(0);
    for (const template of templates)
      expect(record(record(part(`template.${template}`)).webhook)).toHaveProperty(service);
    expect(part('subscriptions')).toEqual([{ recipients: [service], triggers: ['on-spec-changed'] }]);
  });

  test('sends what GitHub takes for repository_dispatch, and what the workflow listens to', () => {
    const request = record(record(record(part('template.gitopssync-changed')).webhook)[service]);
    expect(request).toMatchObject({
      method: 'POST',
      path: expect.stringMatching(/^\/repos\/[^/]+\/[^/]+\/dispatches$/),
    });
    const body = text(request.body).replaceAll(/\{\{ \.app\.metadata\.(name|namespace) \}\}/g, '$1');
    const types = record(record(example('bidirectional-dispatch.yml').on).repository_dispatch).types;
    expect(JSON.parse(body)).toEqual({
      event_type: texts(types)[0],
      client_payload: { application: 'namespace/name' },
    });
  });

  test('the token is a reference to the secret of Argo CD Notifications', () => {
    const headers = list(record(part(`service.webhook.${service}`)).headers).map(record);
    expect(headers).toContainEqual({ name: 'Authorization', value: 'Bearer $gitopssync-token' });
  });

  test('an edit is told once, by who wrote to the spec and when, and never by this action itself', () => {
    const [edited] = triggers;
    const writers = `{'f:spec' in (.fieldsV1 ?? {}) and not (.manager startsWith 'gitopssync')}`;
    expect(edited).toMatchObject({
      when: `any(app.metadata.managedFields, ${writers})`,
      oncePer: `join(map(filter(app.metadata.managedFields, ${writers}), {.time}), ',')`,
    });
  });
});

describe('docs/bidirectional.md', () => {
  const page = readFileSync(new URL('../../docs/bidirectional.md', import.meta.url), 'utf8');
  const blocks = [...page.matchAll(/^```yaml\n([\s\S]*?)^```$/gm)].map(([, block]) => record(parse(block ?? '')));

  test('the workflow runs the action with inputs that it has', () => {
    const [workflow] = blocks;
    const steps = list(record(record(workflow?.jobs).sync).steps).map(record);
    expect(Object.keys(record(workflow?.on))).toEqual(['push', 'repository_dispatch', 'schedule']);
    expect(steps.map(({ uses }) => uses)).toEqual([
      expect.stringMatching(/^actions\/checkout@v\d+$/),
      'gitopssync/gitopssync/bidirectional@v1',
    ]);
    expect(INPUTS).toEqual(expect.arrayContaining(Object.keys(record(steps[1]?.with))));
  });

  test('docs/permissions.md asks for the same rights, and says what each is for', () => {
    const permissions = readFileSync(new URL('../../docs/permissions.md', import.meta.url), 'utf8');
    const [, section = ''] = permissions.split('\n## Bidirectional sync\n');
    const role = record(parse(/^```yaml\n([\s\S]*?)^```$/m.exec(section)?.[1] ?? ''));
    expect(role).toEqual(blocks[1]);
    const verbs = list(role.rules).flatMap((rule) => texts(record(rule).verbs));
    for (const verb of verbs) expect(section).toMatch(new RegExp(`^\\|[^|]+\\|[^|]*\`${verb}\``, 'm'));
  });

  test('the role has the rights that the action uses', () => {
    const rules = list(blocks[1]?.rules).map(record);
    expect(rules.map(({ verbs }) => verbs)).toEqual([['get', 'list', 'patch', 'create', 'delete'], ['create']]);
  });
});
