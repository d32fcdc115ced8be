import { createHash } from 'node:crypto';
import { isRecord, type JsonRecord, list, record } from '../../lib/json.ts';

/**
 * What an entity says, without what only one side can know: the part of it that is kept equal. `metadata` holds labels,
 * annotations and finalizers; everything else is as in the entity.
 */
export type Content = JsonRecord;

/** Kept with the entity on the platform: the last agreement. */
export const AGREEMENT_ANNOTATION = 'gitopssync.io/agreement';

/** Labels by which Argo CD says that another Application manages the object. Nobody writes them by hand into Git. */
export const TRACKING_LABELS = ['app.kubernetes.io/instance', 'argocd.argoproj.io/instance'] as const;
export const TRACKING_ANNOTATION = 'argocd.argoproj.io/tracking-id';

/** What tools and controllers leave in annotations: the state of the platform, not what people want. */
const ANNOTATIONS_OF_THE_PLATFORM: ReadonlySet<string> = new Set([
  TRACKING_ANNOTATION,
  'argocd.argoproj.io/installation-id',
  'argocd.argoproj.io/refresh',
  'argocd.argoproj.io/hydrate',
  'argocd.argoproj.io/application-set-refresh',
  'notified.notifications.argoproj.io',
  'kubectl.kubernetes.io/last-applied-configuration',
]);
/** The prefix of our own. */
const OWN_ANNOTATIONS = 'gitopssync.io/';

/** Identity is compared on its own; status and operation are the controller's. */
const LEFT_OUT: ReadonlySet<string> = new Set(['apiVersion', 'kind', 'metadata', 'status', 'operation']);

/** Of the metadata only what people write; the rest is set by the API server. */
const METADATA_MAPS: Readonly<Record<'labels' | 'annotations', (key: string) => boolean>> = {
  labels: (key) => !TRACKING_LABELS.some((label) => label === key),
  annotations: (key) => !ANNOTATIONS_OF_THE_PLATFORM.has(key) && !key.startsWith(OWN_ANNOTATIONS),
};

/** Whether a field of an entity is one that is kept equal; of what is not, nothing is ever written or removed. */
export const isOurs = (path: readonly string[]): boolean => {
  const [top, field, key] = path;
  if (top !== 'metadata') return top !== undefined && !LEFT_OUT.has(top);
  if (field === 'labels' || field === 'annotations') return key === undefined || METADATA_MAPS[field](key);
  return field === 'finalizers';
};

/**
 * The content of an entity, whichever side it comes from. A field that is null is as good as absent, as it is for the API
 * server; empty labels, annotations and finalizers are as good as none.
 */
export const contentOf = (object: JsonRecord): Content => {
  const metadata = record(object.metadata);
  const finalizers = list(metadata.finalizers);
  return {
    metadata: {
      ...Object.fromEntries(
        Object.entries(METADATA_MAPS).map(([field, keep]) => [
          field,
          Object.fromEntries(
            Object.entries(record(metadata[field])).filter(([key, value]) => value !== null && keep(key)),
          ),
        ]),
      ),
      finalizers,
    },
    ...Object.fromEntries(
      Object.entries(object)
        .filter(([key, value]) => !LEFT_OUT.has(key) && value !== null && value !== undefined)
        .map(([key, value]) => [key, withoutNulls(value)]),
    ),
  };
};

const withoutNulls = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, item]) => item !== null && item !== undefined)
      .map(([key, item]) => [key, withoutNulls(item)]),
  );
};

/** The same for every order of keys: 64 hexadecimal digits. */
export const hashOf = (value: unknown): string => createHash('sha256').update(stable(value)).digest('hex');

const stable = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(stable).join(',')}]`;
  if (!isRecord(value)) return JSON.stringify(value) ?? 'null';
  const keys = Object.keys(value).sort();
  return `{${keys.map((key) => `${JSON.stringify(key)}:${stable(value[key])}`).join(',')}}`;
};
