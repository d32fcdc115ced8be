import { setImmediate as nextTurn } from 'node:timers/promises';
import type { StoredObject, StoreEvent } from '../types.ts';
import { projectOf } from './application-spec.ts';
import type { Call } from './call.ts';
import { healthOf, restApplication } from './rest-form.ts';
import { allows } from './rights.ts';
import { parseSelector } from './selector.ts';
import { parseStreamFields } from './stream-fields.ts';
import { openWriter, streamForm } from './stream-writer.ts';

interface Change {
  readonly type: StoreEvent['type'];
  readonly object: StoredObject;
}

/** How many lines are written before others get a turn. */
const LINES_A_TURN = 200;

/**
 * `GET /api/v1/stream/applications`: a line for the present state of every application that fits (unless a
 * `resourceVersion` is given without a name), then one for every change of those that fit. Who stops fitting is not
 * told of. With `fields`, a line that equals the one before of the same name is left out.
 * It goes on until the client goes.
 */
export async function streamApplications(call: Call): Promise<void> {
  const { server, request, reply } = call;
  const { query } = request;
  const fits = parseFilter(call);
  const writer = openWriter(reply, streamForm(request.headers.accept), server.keepAliveMs);
  const render = createRenderer(call);

  const waiting: Change[] = [];
  let wake: () => void = () => undefined;
  const stop = server.store.subscribe(({ resource, type, object }) => {
    if (resource !== 'applications' || waiting.length >= server.streamBuffer || !fits(object)) return;
    waiting.push({ type, object });
    wake();
  });
  reply.onClose(() => {
    stop();
    wake();
  });

  const startsWithState = !query.has('resourceVersion') || (query.get('name') ?? '') !== '';
  if (startsWithState) {
    const present = server.store.list('applications').filter(fits);
    await writeAll(present.map((object) => ({ type: 'ADDED', object })));
  }
  while (!reply.closed) {
    if (waiting.length > 0) await writeAll(waiting.splice(0));
    else
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
  }

  async function writeAll(changes: readonly Change[]): Promise<void> {
    for (const [index, change] of changes.entries()) {
      if (reply.closed) return;
      const line = render(change);
      if (line !== undefined) writer.write(line);
      if (index % LINES_A_TURN === LINES_A_TURN - 1) await nextTurn();
    }
  }
}

/** The text of a change; undefined when it would repeat the line before. */
function createRenderer({ server, request }: Call): (change: Change) => string | undefined {
  const fields = parseStreamFields(request.query.get('fields') ?? '');
  const joinsHealth = fields?.wants('result.application.status.resources') ?? true;
  const last = new Map<string, string>();
  return ({ type, object }) => {
    const application = restApplication(object, joinsHealth ? healthOf(server, object) : undefined);
    const message = { result: { type, application } };
    if (fields === undefined) return JSON.stringify(message);
    const text = JSON.stringify(fields.apply(message));
    // By name alone, as the real server does: of two with one name, each hides or shows the other's changes.
    if (last.get(object.metadata.name) === text) return undefined;
    last.set(object.metadata.name, text);
    return text;
  };
}

function parseFilter({ server, account, request: { query } }: Call): (application: StoredObject) => boolean {
  const matches = parseSelector(query.get('selector') ?? '', 'error parsing labels with selectors: ');
  const name = query.get('name') ?? '';
  const namespace = query.get('appNamespace') || server.namespace;
  const asked = query.getAll('project');
  const projects = new Set(asked.length > 0 ? asked : query.getAll('projects'));
  const given = Number(query.get('resourceVersion') ?? '0');
  const oldest = Number.isInteger(given) ? given : 0;
  return (application) => {
    const { metadata } = application;
    return (
      (projects.size === 0 || projects.has(projectOf(application))) &&
      Number(metadata.resourceVersion) >= oldest &&
      // The namespace only counts together with a name.
      (name === '' || (metadata.name === name && metadata.namespace === namespace)) &&
      matches(metadata.labels ?? {}) &&
      server.serves(metadata.namespace) &&
      allows(account, 'applications', 'get', server.rbacName(application))
    );
  };
}
