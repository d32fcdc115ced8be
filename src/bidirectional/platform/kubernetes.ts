import { ArgoCdError, isTransient } from '../../argocd/errors.ts';
import type { Call, Http } from '../../argocd/http/http.ts';
import { isRecord, type JsonRecord, list, record, text } from '../../lib/json.ts';
import { AGREEMENT_ANNOTATION, contentOf } from '../diff/canonical.ts';
import { API_VERSION, type EntityRef, entityName, type Kind } from '../entity.ts';
import { readAgreement } from '../merge/agreement.ts';
import type { PlatformEntity } from '../plan/situation.ts';
import type { PatchStep } from './patch.ts';
import { collectionPath, eventsPath, objectPath, PLURALS, withQuery } from './paths.ts';
import type { Note, Platform, WriteResult } from './port.ts';

export interface PlatformScope {
  /** `*` alone: all. */
  readonly namespaces: readonly string[];
  /** Kubernetes label selector, `''`: all. */
  readonly selector: string;
}

/** Shown by `kubectl get --show-managed-fields`. */
export const FIELD_MANAGER = 'gitopssync';
const OBJECTS_PER_PAGE = 250;
/** How often a list is begun again when its position is no longer kept. */
const MAX_RESTARTS = 3;
/** Kubernetes refuses longer messages of events. */
const MAX_NOTE = 1000;
/** All annotations of an object together may have 256 KiB. */
const MAX_PAYLOAD = 100_000;

/** The entities over the Kubernetes API. Sends nothing before it is asked to. */
export const createPlatform = (http: Http, description: string, scope: PlatformScope): Platform => {
  const listIn = async (kind: Kind, namespace: string, signal: AbortSignal): Promise<readonly PlatformEntity[]> => {
    const found: PlatformEntity[] = [];
    let position = '';
    do {
      const path = withQuery(collectionPath(kind, namespace), {
        limit: String(OBJECTS_PER_PAGE),
        labelSelector: scope.selector,
        continue: position,
      });
      const where = namespace === '*' ? 'in all namespaces' : `in namespace ${namespace}`;
      const answer = record(await http.read({ action: `list ${kind}s ${where}`, method: 'GET', path }, signal));
      found.push(
        ...list(answer.items)
          .filter(isRecord)
          .flatMap((object) => parseEntity(kind, object) ?? []),
      );
      position = text(record(answer.metadata).continue);
    } while (position !== '');
    return found;
  };

  const listWithRestarts = async (kind: Kind, namespace: string, signal: AbortSignal) => {
    for (let restarts = 0; ; restarts += 1) {
      try {
        return await listIn(kind, namespace, signal);
      } catch (error) {
        if (!(error instanceof ArgoCdError) || error.code !== 'expired' || restarts >= MAX_RESTARTS) {
          throw withRights(error, kind, 'list');
        }
      }
    }
  };

  const get = async (ref: EntityRef, signal: AbortSignal): Promise<PlatformEntity | undefined> => {
    try {
      const answer = await http.read(
        { action: `read ${entityName(ref)}`, method: 'GET', path: objectPath(ref) },
        signal,
      );
      const entity = parseEntity(ref.kind, record(answer));
      if (entity === undefined) {
        throw new ArgoCdError('not-the-api', `cannot read ${entityName(ref)}: the answer is no ${ref.kind}`);
      }
      return entity;
    } catch (error) {
      if (error instanceof ArgoCdError && error.code === 'not-found') return undefined;
      throw withRights(error, ref.kind, 'get');
    }
  };

  /** Sends a write once. What it came to is told by the answer, or has to be looked at. */
  const write = async (ref: EntityRef, verb: string, call: Call, signal: AbortSignal): Promise<WriteResult> => {
    try {
      const answer = record(await http.send(call, signal));
      return { kind: 'done', uid: text(record(answer.metadata).uid) };
    } catch (error) {
      const failure = withRights(error, ref.kind, verb);
      if (failure.code === 'aborted') throw failure;
      if (verb === 'delete' && failure.code === 'not-found') return { kind: 'done', uid: '' };
      const passes = isTransient(failure) || failure.ambiguous || failure.code === 'conflict';
      if (passes) return { kind: 'stale', message: failure.message };
      return { kind: 'refused', message: failure.message, hint: failure.hint, invalid: failure.invalid };
    }
  };

  const query = (dryRun: boolean): Readonly<Record<string, string>> => ({
    fieldManager: FIELD_MANAGER,
    fieldValidation: 'Strict',
    dryRun: dryRun ? 'All' : '',
  });

  return {
    description,
    list: async (kind, signal) =>
      (await Promise.all(scope.namespaces.map((namespace) => listWithRestarts(kind, namespace, signal)))).flat(),
    get,
    async patch(ref, steps, dryRun, signal) {
      const result = await write(
        ref,
        'patch',
        {
          action: `${dryRun ? 'try to update' : 'update'} ${entityName(ref)}`,
          method: 'PATCH',
          path: withQuery(objectPath(ref), query(dryRun)),
          contentType: 'application/json-patch+json',
          body: steps,
        },
        signal,
      );
      if (result.kind !== 'refused') return result;
      // A failed test of the version is answered with 422 and no word about the test.
      const expected = versionIn(steps);
      const now = await get(ref, signal).catch(() => undefined);
      return now !== undefined && now.resourceVersion !== expected
        ? { kind: 'stale', message: result.message }
        : result;
    },
    create: (object, ref, dryRun, signal) =>
      write(
        ref,
        'create',
        {
          action: `${dryRun ? 'try to create' : 'create'} ${entityName(ref)}`,
          method: 'POST',
          path: withQuery(collectionPath(ref.kind, ref.namespace), query(dryRun)),
          contentType: 'application/json',
          body: object,
        },
        signal,
      ),
    async remove({ ref, uid, resourceVersion }, signal) {
      const result = await write(
        ref,
        'delete',
        {
          action: `delete ${entityName(ref)}`,
          method: 'DELETE',
          path: objectPath(ref),
          contentType: 'application/json',
          body: {
            apiVersion: 'v1',
            kind: 'DeleteOptions',
            preconditions: { uid, resourceVersion },
            propagationPolicy: 'Background',
          },
        },
        signal,
      );
      return result;
    },
    async note(note, signal) {
      try {
        await http.send(
          {
            action: `record an event of ${entityName(note.ref)}`,
            method: 'POST',
            path: eventsPath(note.ref.namespace),
            contentType: 'application/json',
            body: eventObject(note),
          },
          signal,
        );
      } catch (error) {
        if (!(error instanceof ArgoCdError) || error.code !== 'conflict')
          throw withEventRights(error, note.ref.namespace);
      }
    },
    close: () => http.close(),
  };
};

const versionIn = (steps: readonly PatchStep[]): unknown => {
  const test = steps.find(({ op }) => op === 'test');
  return test !== undefined && 'value' in test ? test.value : undefined;
};

/** An entity as it was read; undefined for what has no name. */
export const parseEntity = (kind: Kind, object: JsonRecord): PlatformEntity | undefined => {
  const metadata = record(object.metadata);
  const [name, namespace] = [text(metadata.name), text(metadata.namespace)];
  if (name === '' || namespace === '') return undefined;
  const agreementText = text(record(metadata.annotations)[AGREEMENT_ANNOTATION]);
  return {
    ref: { kind, namespace, name },
    uid: text(metadata.uid),
    resourceVersion: text(metadata.resourceVersion),
    content: contentOf(object),
    agreementText,
    agreement: readAgreement(agreementText),
    deleting: text(metadata.deletionTimestamp) !== '',
    object,
  };
};

/** A new entity as it is sent. */
export const objectOf = (ref: EntityRef, content: JsonRecord, agreement: string): JsonRecord => {
  const { metadata, ...rest } = content;
  const { labels, annotations, finalizers } = record(metadata);
  return {
    apiVersion: API_VERSION,
    kind: ref.kind,
    metadata: {
      name: ref.name,
      namespace: ref.namespace,
      labels,
      annotations: { ...record(annotations), ...(agreement === '' ? {} : { [AGREEMENT_ANNOTATION]: agreement }) },
      finalizers,
    },
    ...rest,
  };
};

const eventObject = ({ ref, uid, id, type, reason, message, payload, at }: Note): JsonRecord => {
  const time = `${at.toISOString().slice(0, 19)}Z`;
  return {
    apiVersion: 'v1',
    kind: 'Event',
    metadata: {
      name: `${ref.name.slice(0, 230)}.${id}`,
      namespace: ref.namespace,
      annotations: payload.length > MAX_PAYLOAD ? {} : { 'gitopssync.io/payload': payload },
    },
    involvedObject: { apiVersion: API_VERSION, kind: ref.kind, namespace: ref.namespace, name: ref.name, uid },
    type,
    reason,
    message: message.slice(0, MAX_NOTE),
    source: { component: FIELD_MANAGER },
    firstTimestamp: time,
    lastTimestamp: time,
    count: 1,
  };
};

/** The same error, with the right that is missing instead of those of the other action. */
const withRights = (error: unknown, kind: Kind, verb: string): ArgoCdError => {
  if (!(error instanceof ArgoCdError)) {
    return new ArgoCdError('invalid', error instanceof Error ? error.message : String(error), { cause: error });
  }
  if (error.code !== 'forbidden') return error;
  const without = kind === 'Application' ? '' : ` Or leave ${kind} out of \`kinds\`.`;
  return withHint(
    error,
    `Give it a Role with the rule apiGroups: ["argoproj.io"], resources: ["${PLURALS[kind]}"], verbs: ["${verb}"]; docs/bidirectional.md lists all.${without}`,
  );
};

const withEventRights = (error: unknown, namespace: string): unknown =>
  error instanceof ArgoCdError && error.code === 'forbidden'
    ? withHint(
        error,
        `Give it a Role in namespace ${namespace} with the rule apiGroups: [""], resources: ["events"], verbs: ["create"].`,
      )
    : error;

const withHint = (error: ArgoCdError, hint: string): ArgoCdError =>
  new ArgoCdError(error.code, error.message, {
    hint,
    status: error.status,
    retryAfterMs: error.retryAfterMs,
    ambiguous: error.ambiguous,
    cause: error.cause,
  });
