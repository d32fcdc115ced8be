import { nearest } from '../../lib/nearest.ts';
import { enumerate } from '../../lib/text.ts';
import { items } from './lists.ts';
import type { Reading } from './reading.ts';

const SWITCH = ['true', 'false'] as const;

/**
 * What Argo CD reads from an operation's sync options (semantics 1.2). The values that are its defaults are allowed too:
 * they switch off an option of the Application's own, because options are merged by key.
 */
const KNOWN: Readonly<Record<string, readonly string[]>> = {
  ApplyOutOfSyncOnly: SWITCH,
  ClientSideApplyMigration: SWITCH,
  CreateNamespace: SWITCH,
  FailOnSharedResource: SWITCH,
  Prune: ['true', 'false', 'confirm'],
  PruneLast: SWITCH,
  PrunePropagationPolicy: ['foreground', 'background', 'orphan'],
  Replace: SWITCH,
  RespectIgnoreDifferences: SWITCH,
  ServerSideApply: SWITCH,
  SkipDryRunOnMissingResource: SWITCH,
  Validate: SWITCH,
};

/** Known to Argo CD, but read elsewhere: here they would do nothing. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  Force: "Argo CD reads it from a resource's annotation only. To force the whole sync, say force: true.",
  Delete:
    "Argo CD reads it from the Application's spec.syncPolicy and from a resource's annotation only: set it there.",
  DryRun: 'It is no sync option. Say dry-run: true.',
  ServerSideDiff: 'It is a compare option: set it in the annotation argocd.argoproj.io/compare-options.',
  IgnoreExtraneous: 'It is a compare option: set it in the annotation argocd.argoproj.io/compare-options.',
};

/** Lines `Key=value`, each a sync option that Argo CD reads from an operation, each key once. */
export const readSyncOptions = (reading: Reading, name: string): readonly string[] => {
  const options = new Map<string, string>();
  for (const item of items(reading.text(name))) {
    const equals = item.indexOf('=');
    const key = equals < 0 ? item : item.slice(0, equals);
    const wrong = check(key, equals < 0 ? undefined : item.slice(equals + 1));
    if (wrong !== undefined) {
      reading.problem(name, item, wrong.problem, wrong.remedy);
      continue;
    }
    const earlier = options.get(key);
    if (earlier !== undefined && earlier !== item) {
      reading.problem(name, item, `contradicts ${earlier}`, `Give ${key} once.`);
    }
    options.set(key, item);
  }
  return [...options.values()];
};

const check = (
  key: string,
  value: string | undefined,
): { readonly problem: string; readonly remedy: string } | undefined => {
  const elsewhere = Object.hasOwn(ELSEWHERE, key.trim()) ? ELSEWHERE[key.trim()] : undefined;
  if (elsewhere !== undefined) return { problem: 'has no effect as an option of a sync', remedy: elsewhere };
  const values = Object.hasOwn(KNOWN, key) ? KNOWN[key] : undefined;
  if (values === undefined) {
    const [near] = nearest(key.trim(), Object.keys(KNOWN), 1);
    const allowed = near === undefined ? [] : (KNOWN[near] ?? []);
    const [suggested] = value === undefined ? allowed : nearest(value.trim(), allowed, 1);
    return {
      problem: 'is no sync option that Argo CD knows',
      remedy:
        near === undefined
          ? `Known ones: ${Object.keys(KNOWN).join(', ')}.`
          : `Did you mean ${near}=${suggested ?? allowed[0] ?? ''}?`,
    };
  }
  if (value === undefined) return { problem: 'has no value', remedy: `Say ${key}=${enumerate(values, 'or')}.` };
  if (values.includes(value)) return undefined;
  return {
    problem: `has a value that Argo CD does not know`,
    remedy: `Say ${key}=${enumerate(values, 'or')}, exactly so.`,
  };
};
