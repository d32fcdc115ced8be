import { type ApplicationRef, refKey } from '../argocd/application.ts';
import type {
  ArgoCdClient,
  Candidate,
  Detail,
  Generated,
  Listing,
  ListScope,
  Namespaces,
  Position,
  WatchScope,
} from '../argocd/client.ts';
import { ArgoCdError } from '../argocd/errors.ts';
import { MAX_APPLICATIONS, MAX_DIRECT_READS } from '../lib/limits.ts';
import { counted, grouped } from '../lib/text.ts';
import type { Exclusion, Problem } from '../report/report.ts';
import type { TargetInputs } from '../sync/inputs/types.ts';
import { compileConditions, isAskedFor, isNamed, labelFilters, serverSelector, setName } from './conditions.ts';
import { describeConditions, describeList, placeOf } from './looked.ts';
import { HIDDEN_BY_RIGHTS, notFound } from './not-seen.ts';
import { SlowRegexError } from './regex.ts';
import { DEFAULT_NAMESPACE, type DirectRead, type Lookup, lookup } from './scope.ts';
import { type FailedApplication, type Selection, type Sighting, select } from './select.ts';
import { shardsFor, slice } from './shard.ts';

/** Which Applications are meant, and from where to follow them; or why that is no selection to work on. */
export type Resolution = Resolved | Unresolved;

export interface Resolved extends Selection {
  readonly kind: 'resolved';
  /** What was looked at, for people: `14 Applications in namespace argocd`. */
  readonly looked: string;
  /** Where a watch over {@link watchScope} must start to miss nothing. Empty: at the state of the moment it begins. */
  readonly position: Position;
  /** The narrowest that shows all that is selected. */
  readonly watchScope: WatchScope;
  /** Where one list of whole Applications is lighter than a read for each that is selected; undefined: nowhere. */
  readonly together: ListScope | undefined;
  /** What is selected is so small a part of what was listed that a request for each is lighter than another list. */
  readonly isNarrow: boolean;
  /** How many were listed to find them; 0: each was read by its name. */
  readonly listed: number;
  /** Values of `shard` by which jobs can share the selection; the own one where `shard` is given. */
  readonly shards: readonly string[];
  /** What people should know about the selection. */
  readonly warnings: readonly string[];
}

export interface Unresolved {
  readonly kind: 'unresolved';
  readonly problem: Problem;
  readonly looked: string;
  readonly excluded: readonly Exclusion[];
}

/**
 * Finds the Applications that `targets` means. `namespaces`: the input, undefined for the transport's default.
 * Throws {@link ArgoCdError} when looking itself fails; a single Application that cannot be read is a failed one instead.
 *
 * Requests: those for the ApplicationSet, where one is given; then one for each name where up to five are given and nothing else; otherwise one list. Only when something is
 * missing a second and third list, by name alone, to say why.
 */
export const resolve = async (
  client: ArgoCdClient,
  targets: TargetInputs,
  namespaces: Namespaces | undefined,
  signal: AbortSignal,
): Promise<Resolution> => {
  const { applicationSet } = targets;
  // An ApplicationSet generates into its own namespace, so nothing else needs to be looked at.
  const inSet =
    applicationSet === undefined || applicationSet.namespace === '' ? undefined : [applicationSet.namespace];
  try {
    return await resolveIn(client, targets, inSet ?? namespaces, signal);
  } catch (failure) {
    if (!(failure instanceof SlowRegexError)) throw failure;
    return { kind: 'unresolved', problem: SLOW_REGEX, looked: '', excluded: [] };
  }
};

const SLOW_REGEX: Problem = {
  title: 'The regular expression is too slow',
  message: '`application-regex` takes so long for each name that matching was given up. Nothing was touched',
  hint: 'Use smaller repetition counts, or narrow the selection with applications or selector.',
  causes: [],
};

const resolveIn = async (
  client: ArgoCdClient,
  targets: TargetInputs,
  namespaces: Namespaces | undefined,
  signal: AbortSignal,
): Promise<Resolution> => {
  const place = placeOf(namespaces, client.transport);
  const generated =
    targets.applicationSet === undefined
      ? undefined
      : await client.applicationSet(targets.applicationSet.name, namespaces, signal);
  const barren = generated === undefined ? undefined : barrenSet(generated, targets, place, client.transport);
  if (barren !== undefined) return { kind: 'unresolved', problem: barren, looked: '', excluded: [] };
  const members = generated === undefined ? undefined : new Set(generated.members.map(refKey));
  const how = lookup(targets, namespaces, client.transport);
  const found =
    how.kind === 'direct'
      ? await readEach(client, how.reads, targets, namespaces, signal)
      : await listAll(client, how, targets, signal);
  const missing = notFound(place, found.home, found.names, client.transport);
  const whole = select(found.sightings, targets, (item) => found.failures.get(itemKey(item)) ?? missing(item), members);
  const selection =
    generated === undefined || how.kind === 'direct'
      ? whole
      : { ...whole, excluded: [...whole.excluded, ...unseenMembers(generated, found, targets)] };
  const seen =
    how.kind === 'direct'
      ? `${counted(targets.names.length, 'Application')} by name ${place}`
      : describeList(found.count, place, targets);
  const problem = check(selection, targets, seen, client.transport);
  if (problem !== undefined) return { kind: 'unresolved', problem, looked: seen, excluded: selection.excluded };
  const { shard, maxApplications } = targets;
  const sliced = shard === undefined ? selection : slice(selection, shard, maxApplications);
  const total = selection.selected.length;
  return {
    kind: 'resolved',
    ...sliced,
    looked:
      shard === undefined
        ? seen
        : `${seen}; shard ${shard.index}/${shard.of} has ${counted(sliced.selected.length, 'Application')} of ${grouped(total)} selected`,
    position: found.position,
    watchScope: watchScope(sliced.selected, how, targets),
    together: listedTogether(how, sliced.selected, found.count),
    isNarrow: how.kind !== 'direct' && sliced.selected.length <= SMALL * found.count,
    listed: how.kind === 'direct' ? 0 : found.count,
    shards: shard === undefined ? shardsFor(total, maxApplications) : [`${shard.index}/${shard.of}`],
    warnings:
      shard === undefined && total > maxApplications
        ? [
            `${counted(total, 'Application')} are selected, and one step syncs at most ${grouped(maxApplications)}: share them among ${shardsFor(total, maxApplications).length} jobs with shard, as the output shards says`,
          ]
        : [],
  };
};

/** From this part of what was listed on, one list of whole Applications is lighter than a read for each that is selected. */
const MOST = 0.5;

/**
 * Up to this part of what was listed, a request for each that is selected is lighter than another list: packed, the metadata of one takes
 * 50 bytes of a list, and alone, with what is around an answer, 2 KB.
 */
const SMALL = 0.02;

/** The scope to list as a whole, where a transport would otherwise read most of what it listed by name one by one. */
const listedTogether = (how: Lookup, selected: readonly Candidate[], listed: number): ListScope | undefined => {
  const known = selected.every(({ application }) => application !== undefined);
  const few = selected.length <= MAX_DIRECT_READS || selected.length < MOST * listed;
  return how.kind === 'direct' || known || few ? undefined : how.base;
};

/** Why an ApplicationSet leaves nothing to select; undefined: it does. */
const barrenSet = (
  { members, exists, trouble }: Generated,
  targets: TargetInputs,
  place: string,
  transport: 'kubernetes' | 'argocd',
): Problem | undefined => {
  if (members.length > 0) return undefined;
  const name = `ApplicationSet "${setName(targets)}"`;
  if (exists === true) {
    if (targets.allowEmpty && trouble === '') return undefined;
    return {
      title: 'The ApplicationSet has generated nothing',
      message: `${name} exists ${place}, and there is no Application of it${trouble === '' ? ' yet' : `: ${trouble}`}`,
      hint:
        trouble === ''
          ? 'Look at its generators and at its conditions in Argo CD, or say allow-empty: true if an empty selection is fine.'
          : 'Correct the ApplicationSet: until then Argo CD generates no Applications from it.',
      causes: [],
    };
  }
  if (exists === false) {
    return {
      title: 'There is no such ApplicationSet',
      message: `There is no ${name} ${transport === 'argocd' && place.startsWith('that') ? 'in the namespace of Argo CD' : place}`,
      hint: 'Check the name, and say namespace/name where it lives in another namespace.',
      causes: [],
    };
  }
  if (targets.allowEmpty) return undefined;
  return {
    title: 'No Application of the ApplicationSet was found',
    message: `No Application ${place} was generated by ${name}, and whether it exists cannot be seen`,
    hint:
      transport === 'argocd'
        ? 'Check the name, and that the account may `get` applicationsets in its project.'
        : 'Check the name; with the right to get applicationsets (apiGroups: ["argoproj.io"]) this step could tell.',
    causes: [],
  };
};

/** What an ApplicationSet is said to have generated and nobody shows; only where nothing else can be why. */
const unseenMembers = (generated: Generated, found: Found, targets: TargetInputs): readonly Exclusion[] => {
  if (targets.names.length > 0 || serverSelector(targets) !== '') return [];
  const conditions = compileConditions(targets);
  const seen = new Set(found.sightings.map(({ candidate }) => refKey(candidate.ref)));
  return generated.members
    .filter((ref) => !seen.has(refKey(ref)) && isAskedFor(conditions, ref, true))
    .filter((ref) => conditions.regex === undefined || conditions.regex(ref.name))
    .map((ref) => ({
      ref,
      reason: `is listed by ApplicationSet "${setName(targets)}", but does not exist any more or may not be seen`,
    }));
};

interface Found {
  readonly sightings: readonly Sighting[];
  /** Why a read of an item failed, by {@link itemKey}. */
  readonly failures: ReadonlyMap<string, FailedApplication>;
  /** Applications after the server's label filter. */
  readonly count: number;
  readonly position: Position;
  /** The namespace of a name without one, where that is known. */
  readonly home: string;
  /** Names that exist, for hints. */
  readonly names: ReadonlySet<string>;
}

const itemKey = (item: TargetInputs['names'][number]): string => refKey(item);

/** Reads a few Applications by name. */
const readEach = async (
  client: ArgoCdClient,
  reads: readonly DirectRead[],
  targets: TargetInputs,
  namespaces: Namespaces | undefined,
  signal: AbortSignal,
): Promise<Found> => {
  const outcomes = await Promise.all(reads.map((read) => readOne(client, read, signal)));
  const seen = outcomes.flatMap((outcome): readonly Sighting[] =>
    outcome.kind === 'found' ? [{ candidate: outcome.candidate, base: true, labels: 'match' }] : [],
  );
  const failed = new Map(
    outcomes.flatMap((outcome) =>
      outcome.kind === 'failed' ? [[itemKey(outcome.item), outcome.failure] as const] : [],
    ),
  );
  // The Argo CD API says "permission denied" of what does not exist, too; only what it shows tells which.
  const denied = (item: TargetInputs['names'][number]): boolean =>
    client.transport === 'argocd' && failed.get(itemKey(item))?.verdict.name === 'forbidden';
  const missing = targets.names.filter(
    (item) =>
      (!failed.has(itemKey(item)) || denied(item)) && !seen.some(({ candidate }) => isNamed(item, candidate.ref, true)),
  );
  // A read without a namespace looks in the server's own; a name that is not there may be shown in another one.
  const elsewhere = client.transport === 'argocd' && namespaces === undefined;
  const others =
    missing.length > 0 ? await listForMissing(client, namespaces, elsewhere ? 'spec' : 'names', signal) : [];
  const failures = new Map(
    [...failed].filter(
      ([, { verdict }]) => verdict.name !== 'forbidden' || client.transport !== 'argocd' || others.length === 0,
    ),
  );
  const found = !elsewhere
    ? []
    : others.filter(({ ref }) => missing.some((item) => item.namespace === '' && item.name === ref.name));
  const [home = '', ...more] = new Set(
    reads.filter((read) => read.item.namespace === '').map((read) => read.namespace),
  );
  return {
    sightings: [...seen, ...found.map((candidate) => ({ candidate, base: true, labels: 'match' }) as const)],
    failures,
    count: seen.length,
    position: new Map(),
    home: more.length === 0 ? home : '',
    names: new Set(others.map((candidate) => candidate.ref.name)),
  };
};

type ReadOutcome =
  | { readonly kind: 'found'; readonly candidate: Candidate }
  | { readonly kind: 'missing' }
  | { readonly kind: 'failed'; readonly item: DirectRead['item']; readonly failure: FailedApplication };

const readOne = async (client: ArgoCdClient, read: DirectRead, signal: AbortSignal): Promise<ReadOutcome> => {
  const ref: ApplicationRef = { namespace: read.namespace, name: read.item.name };
  try {
    const application = await client.get(ref, signal);
    return { kind: 'found', candidate: { ref: application.ref, project: application.project, application } };
  } catch (failure) {
    if (!(failure instanceof ArgoCdError)) throw failure;
    if (failure.code === 'not-found') return { kind: 'missing' };
    // An invalid one, for example of a project that does not exist, says nothing of the others.
    if (failure.code !== 'forbidden' && failure.code !== 'invalid') throw failure;
    const { message, hint } = failure;
    const verdict = { name: failure.code === 'invalid' ? 'error' : failure.code, message, hint } as const;
    return { kind: 'failed', item: read.item, failure: { ref, verdict } };
  }
};

/** What does exist. Mostly good for a hint only, so nothing fails for it but an abort. */
const listForMissing = async (
  client: ArgoCdClient,
  namespaces: Namespaces | undefined,
  detail: Detail,
  signal: AbortSignal,
): Promise<readonly Candidate[]> => {
  try {
    return (await client.list({ namespaces, selector: '', projects: [] }, detail, signal)).candidates;
  } catch (failure) {
    if (failure instanceof ArgoCdError && failure.code !== 'aborted') return [];
    throw failure;
  }
};

/** Lists what is visible, by the server's label filter; and without it, where only that tells why something is missing. */
const listAll = async (
  client: ArgoCdClient,
  how: Extract<Lookup, { readonly kind: 'list' }>,
  targets: TargetInputs,
  signal: AbortSignal,
): Promise<Found> => {
  const list = async (selector: string, detail: Detail, labels: Sighting['labels']) => {
    const [base, named] = await Promise.all([
      client.list({ ...how.base, selector }, detail, signal),
      how.named === undefined ? EMPTY_LISTING : client.list({ ...how.named, selector }, detail, signal),
    ]);
    return {
      sightings: [...sightings(base, true, labels), ...sightings(named, false, labels)],
      position: new Map([...named.position, ...base.position]),
    };
  };
  const first = await list(how.base.selector, how.detail, 'match');
  const seen = [...first.sightings];
  const count = seen.length;
  // Applications that service and environment leave out: theirs is an exclusion with a reason.
  if (labelFilters(targets).length > 0) {
    seen.push(...(await list(targets.selector, 'names', 'filtered')).sightings);
  }
  // A name that the label selector leaves out exists all the same: it is a mismatch, not an error in the name.
  const missing = targets.names.some((item) => !seen.some(({ candidate, base }) => isNamed(item, candidate.ref, base)));
  if (missing && targets.selector !== '') seen.push(...(await list('', 'names', 'unselected')).sightings);
  return {
    sightings: seen,
    failures: new Map(),
    count,
    position: first.position,
    home: homeOf(how.base.namespaces, client.transport),
    names: new Set(missing ? seen.map(({ candidate }) => candidate.ref.name) : []),
  };
};

/** The namespace of a name without one, `''` where that is not one. */
const homeOf = (namespaces: Namespaces | undefined, transport: 'kubernetes' | 'argocd'): string => {
  if (namespaces === undefined) return transport === 'kubernetes' ? DEFAULT_NAMESPACE : '';
  return namespaces !== '*' && namespaces.length === 1 ? (namespaces[0] ?? '') : '';
};

const EMPTY_LISTING: Listing = { candidates: [], position: new Map() };

const sightings = (listing: Listing, base: boolean, labels: Sighting['labels']): readonly Sighting[] =>
  listing.candidates.map((candidate) => ({ candidate, base, labels }));

const watchScope = (selected: readonly Candidate[], how: Lookup, targets: TargetInputs): WatchScope => {
  if (how.kind === 'direct' || selected.length <= MAX_DIRECT_READS) {
    return { kind: 'refs', refs: selected.map((candidate) => candidate.ref) };
  }
  const scope: ListScope = {
    ...how.base,
    namespaces: how.named === undefined ? how.base.namespaces : namespacesOf(selected),
    projects: targets.project === '' ? [] : [targets.project],
  };
  return { kind: 'scope', ...scope };
};

const namespacesOf = (candidates: readonly Candidate[]): readonly string[] =>
  [...new Set(candidates.map((candidate) => candidate.ref.namespace))].sort();

/** Too many, or none: both are said before anything is touched. */
const check = (
  selection: Selection,
  targets: TargetInputs,
  looked: string,
  transport: 'kubernetes' | 'argocd',
): Problem | undefined => {
  const count = selection.selected.length;
  const { shard } = targets;
  if (shard !== undefined && count > targets.maxApplications * shard.of) {
    const needed = Math.ceil(count / targets.maxApplications);
    return {
      title: 'Too many Applications',
      message: `${counted(count, 'Application')} are selected, and ${shard.of} shards of at most ${grouped(targets.maxApplications)} do not hold them. Nothing was touched. Looked at ${looked}; conditions: ${describeConditions(targets)}`,
      hint: `Use ${needed} shards: shard: ${Math.min(shard.index, needed)}/${needed}. \`command: plan\` gives them as output \`shards\`.`,
      causes: [],
    };
  }
  if (shard === undefined && targets.enforceMax && count > targets.maxApplications) {
    const raise =
      targets.maxApplications < MAX_APPLICATIONS ? ` Or raise max-applications (up to ${MAX_APPLICATIONS}).` : '';
    return {
      title: 'Too many Applications',
      message: `${counted(count, 'Application')} are selected, and max-applications allows ${grouped(targets.maxApplications)}. Nothing was touched. Looked at ${looked}; conditions: ${describeConditions(targets)}`,
      hint: `Narrow the selection with applications, application-regex, selector, project, cluster, repository or exclude.${raise} Or share it among jobs with shard, for example shard: 1/${Math.ceil(count / targets.maxApplications)}.`,
      causes: [],
    };
  }
  if (count + selection.failed.length > 0 || targets.allowEmpty) return undefined;
  const left = selection.excluded.length;
  const [example] = selection.excluded;
  const reason =
    example === undefined
      ? ''
      : `. ${counted(left, 'Application')} matched and ${left === 1 ? 'was' : 'were'} left out, for example ${example.ref.name}: it ${example.reason}`;
  return {
    title: 'No Application is selected',
    message: `None fulfils all conditions: ${describeConditions(targets)}. Looked at ${looked}${reason}`,
    hint: [
      'Correct the conditions or the namespace, or say allow-empty: true if an empty selection is fine.',
      transport === 'argocd' ? HIDDEN_BY_RIGHTS : '',
    ]
      .filter((hint) => hint !== '')
      .join(' '),
    causes: [],
  };
};
