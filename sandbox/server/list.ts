import type { StoredObject } from '../types.ts';
import { DONE_HEADERS, sendParts } from './answers.ts';
import { projectOf, sourcesOf } from './application-spec.ts';
import type { Call } from './call.ts';
import { parseListFields } from './list-fields.ts';
import { restApplication } from './rest-form.ts';
import { allows } from './rights.ts';
import { parseSelector } from './selector.ts';

/**
 * `GET /api/v1/applications`: the applications the account may see, by name, selector, projects, repository and namespace.
 * Nothing found is `items: null`. `fields` cuts them down, see {@link parseListFields}.
 */
export async function listApplications(call: Call): Promise<void> {
  const { server, request, reply } = call;
  const { query } = request;
  const metadata = JSON.stringify({ resourceVersion: String(server.store.resourceVersion) });
  const found = select(call);
  const fields = parseListFields(query.get('fields') ?? '');
  if (fields === 'unservable' && found.length > 0) {
    reply.send(500, JSON.stringify({ error: 'failed to marshal error message' }), DONE_HEADERS);
    return;
  }
  const selects = typeof fields === 'function';
  const write = selects ? fields : (application: StoredObject) => restApplication(application);
  // With fields the real answer comes from a map, which Go writes sorted by name.
  const parts = selects
    ? textParts('{"items":', found, write, `,"metadata":${metadata}}`)
    : textParts(`{"metadata":${metadata},"items":`, found, write, '}');
  await sendParts(reply, parts);
}

function* textParts(
  before: string,
  applications: readonly StoredObject[],
  write: (application: StoredObject) => object,
  after: string,
): Iterable<string> {
  yield before;
  if (applications.length === 0) yield 'null';
  for (const [index, application] of applications.entries())
    yield `${index === 0 ? '[' : ','}${JSON.stringify(write(application))}`;
  yield applications.length === 0 ? after : `]${after}`;
}

function select({ server, account, request: { query } }: Call): readonly StoredObject[] {
  const matches = parseSelector(query.get('selector') ?? '', 'error parsing the selector: ');
  const namespace = query.get('appNamespace') ?? '';
  const name = query.get('name') ?? '';
  const asked = query.getAll('project');
  const projects = new Set(asked.length > 0 ? asked : query.getAll('projects'));
  const repository = query.get('repo') ?? '';

  let found = server.store
    .list('applications')
    .filter(({ metadata }) => (namespace === '' || metadata.namespace === namespace) && matches(metadata.labels ?? {}));
  if (name !== '') found = found.filter(({ metadata }) => metadata.name === name).slice(0, 1);
  return found
    .filter((application) => projects.size === 0 || projects.has(projectOf(application)))
    .filter((application) => repository === '' || sourcesOf(application).list[0]?.repoURL === repository)
    .filter(
      (application) =>
        server.serves(application.metadata.namespace) &&
        allows(account, 'applications', 'get', server.rbacName(application)),
    )
    .sort((a, b) => (a.metadata.name < b.metadata.name ? -1 : a.metadata.name > b.metadata.name ? 1 : 0));
}
