import { hashOf } from '../diff/canonical.ts';
import { addEntity, changeEntity, type Edited, removeEntity } from '../edit/edit.ts';
import { isInFolder, newFilePath } from '../folder/new-file.ts';
import type { FileProblem, ParseOptions } from '../folder/parse.ts';
import type { FolderState } from '../folder/read.ts';
import type { FileChange } from '../git/port.ts';
import { AgreementTooLargeError, openFields, writeAgreement } from '../merge/agreement.ts';
import { type EntityPlan, type Firsts, type NextAgreement, planEntity, type Rules } from '../plan/entity.ts';
import type { Situation } from '../plan/situation.ts';
import { objectOf } from '../platform/kubernetes.ts';
import { patchOf } from '../platform/patch.ts';
import type { Platform, WriteResult } from '../platform/port.ts';
import type { EventPayload } from '../report/report.ts';
import type { Scope } from './gather.ts';
import { refusedYaml } from './not-valid.ts';
import { changePayload, contentPayload, type Happening, NO_PAYLOAD } from './record.ts';

/** A plan that both sides have accepted for trial. */
export interface Prepared {
  readonly situation: Situation;
  readonly plan: EntityPlan;
  /** Where Git has the entity after this run, `''`: nowhere. */
  readonly path: string;
  /** What did not work on the way here. */
  readonly failures: readonly Happening[];
  /** Its YAML, where the API server does not take it as an entity. */
  readonly invalid: readonly FileProblem[];
}

/** Files as they will be; a file that is gone is null. */
export class Draft {
  readonly #folder: FolderState;
  readonly #changed = new Map<string, string | null>();

  constructor(folder: FolderState) {
    this.#folder = folder;
  }

  text(path: string): string {
    return this.#changed.get(path) ?? (this.#changed.has(path) ? '' : (this.#folder.texts.get(path) ?? ''));
  }

  isTaken(path: string): boolean {
    return this.#changed.has(path) ? this.#changed.get(path) !== null : this.#folder.paths.has(path);
  }

  put(path: string, text: string): void {
    this.#changed.set(path, text === '' ? null : text);
  }

  change(): FileChange {
    const changed = [...this.#changed].filter(([path, text]) => text !== (this.#folder.texts.get(path) ?? null));
    return {
      writes: changed.flatMap(([path, content]) => (content === null ? [] : [{ path, content }])),
      deletions: changed.flatMap(([path, content]) => (content === null ? [path] : [])),
      renames: [],
    };
  }
}

export interface PrepareDeps {
  readonly platform: Platform;
  readonly draft: Draft;
  readonly folder: FolderState;
  readonly scope: Scope;
  readonly options: ParseOptions;
  /** Takes the secrets of this run out of a text. */
  readonly redact: (text: string) => string;
  readonly signal: AbortSignal;
}

/**
 * Tries a plan on both sides without changing either: the API server checks what it would get, and the file is edited in memory.
 * What one side does not take is left out, and the rest of the entity is planned again.
 */
export const prepare = async (
  situation: Situation,
  first: EntityPlan,
  rules: Rules,
  firsts: Firsts,
  deps: PrepareDeps,
): Promise<Prepared> => {
  const failures: Happening[] = [];
  let plan = first;
  let allowed = rules;
  const tried = await tryOnPlatform(situation, plan, deps);
  const invalid = refusedYaml(situation, plan, tried, deps.folder, deps.options);
  if (tried.kind !== 'done') {
    failures.push({
      direction: 'to-platform',
      action: plan.kind === 'create' ? 'create' : 'update',
      status: 'FAILED',
      message: tried.message,
      hint: tried.kind === 'refused' ? tried.hint : '',
      payload: wantedOf(plan, 'platform'),
    });
    allowed = { ...allowed, writePlatform: false };
    plan = withoutTidings(planEntity(situation, allowed, firsts));
  }
  let edited = withoutSecrets(edit(situation, plan, deps), deps);
  if (edited.kind === 'impossible') {
    failures.push({
      direction: 'to-git',
      action: plan.kind === 'create' ? 'create' : plan.kind === 'delete' ? 'delete' : 'update',
      status: 'FAILED',
      message: `its file cannot be changed: ${edited.reason}`,
      hint: 'Change the file by hand; the platform keeps what it has.',
      payload: wantedOf(plan, 'git'),
    });
    plan = withoutTidings(planEntity(situation, { ...allowed, writeGit: 'no' }, firsts));
    edited = edit(situation, plan, deps);
  }
  const path = edited.kind === 'ok' ? edited.path : (situation.git?.path ?? '');
  if (plan.kind === 'update' && plan.agreement !== undefined) {
    try {
      agreementText(plan.agreement, deps.scope, '0'.repeat(40), path);
    } catch (error) {
      if (!(error instanceof AgreementTooLargeError)) throw error;
      const message = 'too many fields are open to remember them all; nothing of it is changed';
      failures.push({
        direction: 'none',
        action: 'keep',
        status: 'FAILED',
        message,
        hint: 'Make both sides equal, or set `conflict` to `git` or `platform`.',
      });
      return { situation, plan: { kind: 'nothing' }, path: situation.git?.path ?? '', failures, invalid };
    }
  }
  if (edited.kind === 'ok') for (const [file, text] of edited.texts) deps.draft.put(file, text);
  return { situation, plan, path, failures, invalid };
};

/** What a side was to get. */
const wantedOf = (plan: EntityPlan, side: 'git' | 'platform'): EventPayload =>
  plan.kind === 'update'
    ? changePayload(plan[side].differences, side)
    : plan.kind === 'create' || plan.kind === 'delete'
      ? contentPayload(plan.content)
      : NO_PAYLOAD;

/** A plan made because something failed: that is told already, and not that its fields stay open. */
export const withoutTidings = (plan: EntityPlan): EntityPlan => {
  if (plan.kind === 'undecided' || plan.kind === 'left') return { kind: 'nothing' };
  if (plan.kind !== 'update') return plan;
  return { ...plan, held: [], conflict: plan.conflict?.resolved === true ? plan.conflict : undefined };
};

/** What is kept with the entity. Throws `AgreementTooLargeError`. */
export const agreementText = (next: NextAgreement, scope: Scope, commit: string, path: string): string =>
  writeAgreement({
    repository: scope.repository,
    branch: scope.branch,
    commit,
    path,
    hash: hashOf(next.content),
    open: openFields(next.content, next.inGit),
  });

const tryOnPlatform = async (
  { ref, platform: entity }: Situation,
  plan: EntityPlan,
  { platform, signal }: PrepareDeps,
): Promise<WriteResult> => {
  if (plan.kind === 'create' && plan.on === 'platform') {
    return platform.create(objectOf(ref, plan.content, ''), ref, true, signal);
  }
  if (plan.kind !== 'update' || plan.platform.differences.length === 0 || entity === undefined) {
    return { kind: 'done', uid: '' };
  }
  const steps = patchOf(entity.object, entity.resourceVersion, plan.platform.differences, undefined);
  const result = await platform.patch(ref, steps, true, signal);
  // A newer version is met when it is written; whether this one is valid does not depend on it.
  return result.kind === 'stale' ? { kind: 'done', uid: '' } : result;
};

/** A secret of this run (a token, a key of the kubeconfig) that the platform holds is not committed. */
const withoutSecrets = (edited: EditedFiles, { draft, redact }: PrepareDeps): EditedFiles => {
  const holds = (text: string): boolean => redact(text) !== text;
  return edited.kind === 'ok' && edited.texts.some(([path, text]) => holds(text) && !holds(draft.text(path)))
    ? { kind: 'impossible', reason: 'it would hold a secret of this run' }
    : edited;
};

type EditedFiles =
  | { readonly kind: 'ok'; readonly path: string; readonly texts: readonly (readonly [path: string, text: string])[] }
  | { readonly kind: 'impossible'; readonly reason: string };

const edit = (
  { ref, git, platform }: Situation,
  plan: EntityPlan,
  { draft, scope, options }: PrepareDeps,
): EditedFiles => {
  const at = (path: string, edited: Edited, then = path): EditedFiles =>
    edited.kind === 'ok' ? { kind: 'ok', path: then, texts: [[path, edited.text]] } : edited;
  switch (plan.kind) {
    case 'update':
      return git === undefined || plan.git.differences.length === 0
        ? { kind: 'ok', path: git?.path ?? '', texts: [] }
        : at(git.path, changeEntity(git.path, draft.text(git.path), ref, plan.git.content, options));
    case 'create': {
      if (plan.on === 'platform') return { kind: 'ok', path: git?.path ?? '', texts: [] };
      // One that comes back gets its old place.
      const old = platform?.agreement?.path ?? '';
      const path =
        old !== '' && isInFolder(old, scope.folder) && (!draft.isTaken(old) || draft.text(old) !== '')
          ? old
          : newFilePath(scope.folder, ref, (candidate) => draft.isTaken(candidate));
      return at(path, addEntity(path, draft.text(path), ref, plan.content, options));
    }
    case 'delete':
      return plan.on === 'platform' || git === undefined
        ? { kind: 'ok', path: git?.path ?? '', texts: [] }
        : at(git.path, removeEntity(git.path, draft.text(git.path), ref, options), '');
    default:
      return { kind: 'ok', path: git?.path ?? '', texts: [] };
  }
};
