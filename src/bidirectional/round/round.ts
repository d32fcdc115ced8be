import pLimit from 'p-limit';
import type { Clock } from '../../lib/clock.ts';
import { entityName, KINDS } from '../entity.ts';
import type { FileProblem, ParseOptions } from '../folder/parse.ts';
import { type FolderState, readFolder } from '../folder/read.ts';
import type { CommitId, GitRepository } from '../git/port.ts';
import { type Memory, type MemoryStore, NO_MEMORY } from '../memory/memory.ts';
import { type EntityPlan, type Firsts, planEntity, type Rules } from '../plan/entity.ts';
import type { Situation } from '../plan/situation.ts';
import type { Platform } from '../platform/port.ts';
import type { SyncEventRecord } from '../report/report.ts';
import { changeOf, endsEqual, tidingsOf } from './events.ts';
import { conflictPointers, readFirsts } from './firsts.ts';
import { gather, type Scope } from './gather.ts';
import { type Authorship, changesGit, commitMessage, memoryMessage } from './message.ts';
import { refusedYaml } from './not-valid.ts';
import { Draft, type Prepared, prepare, withoutTidings } from './prepare.ts';
import { type Happening, recordOf } from './record.ts';
import { memoryAfter } from './remember.ts';
import { createPast, type Past } from './versions.ts';
import { writePlatform } from './write-platform.ts';

/** Where changes of Git go. */
export type GitTarget =
  | { readonly kind: 'branch'; readonly branch: string }
  /** A branch for a pull request; it is ours alone. */
  | { readonly kind: 'proposal'; readonly branch: string };

export interface RoundDeps {
  readonly platform: Platform;
  readonly git: GitRepository;
  readonly memory: MemoryStore | undefined;
  readonly scope: Scope;
  readonly options: ParseOptions;
  readonly rules: Rules;
  readonly maxDeletions: number;
  readonly target: GitTarget;
  readonly dryRun: boolean;
  readonly authorship: () => Authorship;
  readonly redact: (text: string) => string;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Told of every event as it happens. `uid`: of the entity on the platform, `''`: it is not there. */
  readonly onEvent: (event: SyncEventRecord, situation: Situation, uid: string) => Promise<void>;
  /** Told of every file that is refused, by us or by the API server, as soon as that is known. */
  readonly onInvalid: (problem: FileProblem) => void;
  /** True once a commit was pushed: one run makes one commit. */
  readonly committed: boolean;
  /** What this run read first, before any commit of its own; `''`: this is the first round. */
  readonly firstHead: CommitId | '';
}

export interface RoundResult {
  /** Undefined: done. Otherwise why everything has to be read again. */
  readonly again: string | undefined;
  /** The commit this round pushed, `''`: none. */
  readonly commit: string;
  /** The commit with what Git says now. */
  readonly head: CommitId;
  readonly equal: number;
  readonly leftAlone: readonly { readonly entity: string; readonly reason: string }[];
  /** What is proposed, for the text of the pull request. */
  readonly proposed: readonly Prepared[];
  /** Undefined: nothing is to be remembered by this round. */
  readonly memory: Memory | undefined;
}

/** Marks what a push that failed was about. */
const PUSH_FAILED: Happening = { direction: 'to-git', action: 'update', status: 'FAILED', message: 'not pushed' };

/** Writes to the platform at a time. */
const CONCURRENCY = 8;

/**
 * Reads both sides, plans, and carries it out: the platform tries what it would get, then Git gets its commit, then the platform
 * is written together with the agreement. Killed between any two of these, the next round finds its way: what is in
 * Git already is equal on both sides, and an entity of the platform is written as a whole or not at all.
 */
export const round = async (head: CommitId, deps: RoundDeps): Promise<RoundResult> => {
  const { git, platform, scope, options, signal, clock } = deps;
  const folder = await readFolder(git, head, scope.folder, options, signal);
  folder.problems.forEach(deps.onInvalid);
  const memory = (await deps.memory?.read(signal)) ?? NO_MEMORY;
  const past = createPast(git, head, options, signal);
  const known = { ...memory, head: memory.head || deps.firstHead };
  const situations = await gather(platform, past, folder, known, scope, signal);
  const rules: Rules = deps.committed ? { ...deps.rules, writeGit: 'no' } : deps.rules;
  const planned = await planAll(situations, folder, rules, past, deps.maxDeletions);

  const tell = async (situation: Situation, happening: Happening, made = ''): Promise<void> =>
    deps.onEvent(recordOf(situation, happening, clock.date()), situation, situation.platform?.uid ?? made);
  const result = (more: Partial<RoundResult>, prepared: readonly Prepared[]): RoundResult => ({
    again: undefined,
    commit: '',
    head,
    equal: prepared.filter(({ plan, failures }) => failures.length === 0 && endsEqual(plan)).length,
    leftAlone: prepared.flatMap(({ situation, plan }) =>
      plan.kind === 'left' ? [{ entity: entityName(situation.ref), reason: plan.reason }] : [],
    ),
    proposed: [],
    memory: undefined,
    ...more,
  });

  const draft = new Draft(folder);
  const prepared: Prepared[] = [];
  for (const { situation, plan, firsts, failures } of planned) {
    signal.throwIfAborted();
    const one = await prepare(situation, plan, rules, firsts, {
      platform,
      draft,
      folder,
      scope,
      options,
      redact: deps.redact,
      signal,
    });
    one.invalid.forEach(deps.onInvalid);
    prepared.push({ ...one, failures: [...failures, ...one.failures] });
  }
  for (const { situation, failures } of prepared) for (const failure of failures) await tell(situation, failure);

  if (deps.dryRun) {
    for (const one of prepared) {
      for (const happening of tidingsOf(one.plan)) await tell(one.situation, happening);
      for (const side of ['platform', 'git'] as const) {
        const change = changeOf(one, side);
        if (change === undefined) continue;
        await tell(one.situation, { ...change, status: 'SKIPPED', message: `would change: ${change.message}` });
      }
    }
    return result({ proposed: prepared.filter(({ plan }) => changesGit(plan)) }, prepared);
  }

  // What is about to be overwritten is told first: it must not be lost when the run is killed after it.
  for (const one of prepared) for (const happening of tidingsOf(one.plan)) await tell(one.situation, happening);

  const toGit = prepared.filter(({ plan }) => changesGit(plan));
  // The very first commit must be found again, should this run be killed right after it.
  if (toGit.length > 0 && memory.head === '') {
    await deps.memory?.write({ ...memory, head }, head, memoryMessage(deps.authorship()), signal);
  }
  const pushed = toGit.length === 0 ? undefined : await writeGit(head, toGit, draft, deps);
  if (pushed?.kind === 'moved') return result({ again: `the branch ${deps.target.branch} moved` }, prepared);
  const gitSays = deps.target.kind === 'branch' && (pushed === undefined || pushed.kind === 'pushed');
  const commit = pushed?.kind === 'pushed' ? pushed.commit : '';
  const says = deps.target.kind === 'branch' && commit !== '' ? commit : head;
  let ready: readonly Prepared[] = prepared;
  if (pushed?.kind === 'failed') {
    for (const one of toGit) {
      const change = changeOf(one, 'git');
      if (change === undefined) continue;
      await tell(one.situation, { ...change, status: 'FAILED', message: pushed.message, hint: pushed.hint });
    }
    // Without its commit, only what Git already says can go on.
    ready = prepared.map((one) => ({
      ...one,
      plan: changesGit(one.plan)
        ? withoutTidings(planEntity(one.situation, { ...rules, writeGit: 'no' }, new Map()))
        : one.plan,
      // It is told above that it failed, so it is not equal.
      failures: changesGit(one.plan) ? [...one.failures, PUSH_FAILED] : one.failures,
      path: one.situation.git?.path ?? '',
    }));
  } else {
    for (const one of toGit) {
      const change = changeOf(one, 'git');
      if (change === undefined) continue;
      const message = deps.target.kind === 'proposal' ? `${change.message}, in a pull request` : change.message;
      await tell(one.situation, { ...change, status: 'SUCCESS', message, commit });
    }
  }

  const stale: string[] = [];
  const limit = pLimit(CONCURRENCY);
  const failed = new Set<string>();
  // Projects before what refers to them; what is deleted goes the other way round.
  const deletes = ({ plan }: Prepared): boolean => plan.kind === 'delete' && plan.on === 'platform';
  const groups = [
    ...KINDS.map((kind) => ready.filter((one) => one.situation.ref.kind === kind && !deletes(one))),
    ...KINDS.toReversed().map((kind) => ready.filter((one) => one.situation.ref.kind === kind && deletes(one))),
  ];
  for (const group of groups) {
    await Promise.all(
      group.map((one) =>
        limit(async () => {
          signal.throwIfAborted();
          const written = await writePlatform(one, { commit: says, gitSays }, platform, scope, signal);
          const name = entityName(one.situation.ref);
          const change = changeOf(one, 'platform');
          if (written.kind === 'done') {
            if (change !== undefined)
              await tell(one.situation, { ...change, status: 'SUCCESS', commit: says }, written.uid);
            return;
          }
          failed.add(name);
          if (written.kind === 'stale') {
            stale.push(written.message);
            return;
          }
          refusedYaml(one.situation, one.plan, written, folder, options).forEach(deps.onInvalid);
          const what = change ?? { direction: 'none' as const, action: 'keep' as const, message: 'the agreement' };
          await tell(one.situation, { ...what, status: 'FAILED', message: written.message, hint: written.hint });
        }),
      ),
    );
  }

  const [first] = stale;
  return result(
    {
      again: first,
      commit,
      head: says,
      proposed: deps.target.kind === 'proposal' ? toGit : [],
      memory: memoryAfter(ready, known, { failed, gitSays, folder }),
      equal: ready.filter(
        ({ plan, failures, situation }) =>
          failures.length === 0 &&
          !failed.has(entityName(situation.ref)) &&
          endsEqual(plan) &&
          (gitSays || !changesGit(plan)),
      ).length,
    },
    ready,
  );
};

interface Planned {
  readonly situation: Situation;
  readonly plan: EntityPlan;
  readonly firsts: Firsts;
  readonly failures: readonly Happening[];
}

/** The plan of every entity, and what is refused for all of them together. */
const planAll = async (
  situations: readonly Situation[],
  folder: FolderState,
  rules: Rules,
  past: Past,
  maxDeletions: number,
): Promise<readonly Planned[]> => {
  const planned: Planned[] = [];
  for (const situation of situations) {
    let plan = planEntity(situation, rules, new Map());
    let firsts: Firsts = new Map();
    if (rules.conflict === 'first' && conflictPointers(plan).length > 0) {
      firsts = await readFirsts(past, situation, plan);
      plan = planEntity(situation, rules, firsts);
    }
    planned.push({ situation, plan, firsts, failures: [] });
  }
  const deletions = planned.filter(({ plan }) => plan.kind === 'delete');
  const goneFolder = folder.missing && deletions.some(({ plan }) => plan.kind === 'delete' && plan.on === 'platform');
  if (deletions.length <= maxDeletions && !goneFolder) return planned;
  const message = goneFolder
    ? 'the whole folder is gone: nothing is deleted for that'
    : `${deletions.length} deletions are more than max-deletions (${maxDeletions}): none is done`;
  const hint = goneFolder
    ? 'Check `folder` and `branch`.'
    : 'Check whether they are meant, then raise `max-deletions`.';
  return planned.map((one) => {
    if (one.plan.kind !== 'delete') return one;
    const direction = one.plan.on === 'git' ? ('to-git' as const) : ('to-platform' as const);
    return {
      ...one,
      plan: { kind: 'nothing' },
      failures: [{ direction, action: 'delete', status: 'FAILED', message, hint }],
    };
  });
};

type Written =
  | { readonly kind: 'pushed'; readonly commit: CommitId }
  | { readonly kind: 'moved' }
  | { readonly kind: 'failed'; readonly message: string; readonly hint: string };

/** One commit on top of what was read, pushed without force. */
const writeGit = async (
  head: CommitId,
  toGit: readonly Prepared[],
  draft: Draft,
  { git, target, authorship, signal }: RoundDeps,
): Promise<Written> => {
  const made = await git.commit(head, draft.change(), commitMessage(toGit, authorship()), signal);
  if (made === undefined) return { kind: 'pushed', commit: head };
  let expected: CommitId | undefined = head;
  if (target.kind === 'proposal') {
    expected = await git.fetchBranch(target.branch, signal);
    // The same is proposed already, on the same commit.
    const same =
      expected !== undefined &&
      (await git.isAncestor(head, expected, signal)) &&
      (await git.differences(expected, made, '', signal)).length === 0;
    if (same && expected !== undefined) return { kind: 'pushed', commit: expected };
  }
  const mode = target.kind === 'proposal' ? 'replace' : 'fast-forward';
  const result = await git.push({ branch: target.branch, commit: made, expected, mode }, signal);
  switch (result.kind) {
    case 'pushed':
      return { kind: 'pushed', commit: made };
    case 'moved':
      return { kind: 'moved' };
    case 'refused':
      return { kind: 'failed', message: result.message, hint: result.hint };
    case 'failed':
      // Whether it arrived shows when the branch is read again.
      return result.ambiguous ? { kind: 'moved' } : { kind: 'failed', message: result.message, hint: result.hint };
  }
};
