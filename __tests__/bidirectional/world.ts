import { createHash } from 'node:crypto';
import { applyJsonPatch, isJsonPatch } from '../../sandbox/kubernetes/patch.ts';
import { type EntityRef, entityName, KINDS, type Kind } from '../../src/bidirectional/entity.ts';
import type {
  CommitId,
  FileDifference,
  GitRepository,
  HistoryCommit,
  PushResult,
  TreeFile,
} from '../../src/bidirectional/git/port.ts';
import type { GitHub, Proposal } from '../../src/bidirectional/github/port.ts';
import type { Inputs } from '../../src/bidirectional/inputs/types.ts';
import type { PlatformEntity } from '../../src/bidirectional/plan/situation.ts';
import { parseEntity } from '../../src/bidirectional/platform/kubernetes.ts';
import type { Note, Platform, WriteResult } from '../../src/bidirectional/platform/port.ts';
import type { SyncReport } from '../../src/bidirectional/report/report.ts';
import { run } from '../../src/bidirectional/run.ts';
import { isRecord, type JsonRecord, record } from '../../src/lib/json.ts';

/** Ends a run as a kill would: nothing is written any more, whoever asks. */
export class Killed extends Error {}

/** What can go wrong at a write, by the number of the write within the run. */
export type Trouble =
  | { readonly at: number; readonly kind: 'kill-before' | 'kill-after' | 'lose-answer' | 'refuse' }
  /** Also where it is the branch with what is remembered. */
  | { readonly at: number; readonly kind: 'refuse-any' }
  /** Somebody else does something just before the write. */
  | { readonly at: number; readonly kind: 'rival'; readonly act: () => void };

interface Commit {
  readonly parent: CommitId;
  readonly files: ReadonlyMap<string, string>;
  readonly at: Date;
  readonly trailers: ReadonlyMap<string, readonly string[]>;
  readonly subject: string;
  readonly body: string;
}

/** Both sides in memory, with a clock of their own: a second for every edit. */
export class World {
  readonly commits = new Map<CommitId, Commit>();
  readonly branches = new Map<string, CommitId>();
  readonly objects = new Map<string, JsonRecord>();
  readonly notes = new Map<string, Note>();
  /** What the action wrote, a line each. */
  readonly writes: string[] = [];
  #second = 1_790_000_000;
  #version = 1;
  #count = 0;
  #dead = false;
  troubles: readonly Trouble[] = [];
  /** Why the API server refuses an object that is tried, `undefined`: it takes it. */
  admit: (object: JsonRecord) => WriteResult | undefined = () => undefined;
  /** What was asked of GitHub. */
  readonly proposals: Proposal[] = [];
  readonly gitHub: GitHub = {
    propose: async (proposal) => {
      this.proposals.push(proposal);
      return { kind: 'created', number: 1, url: 'https://github.com/acme/shop/pull/1' };
    },
    ensureWebhook: async () => ({ kind: 'failed', message: 'not here', hint: '' }),
    recentDeliveries: async () => ({ kind: 'known', deliveries: [] }),
  };

  now(): Date {
    return new Date(this.#second * 1000);
  }

  tick(): Date {
    this.#second += 1;
    return this.now();
  }

  // --- people ---------------------------------------------------------------------------------------------------------

  /** Somebody pushes a commit. Undefined removes a file. */
  push(files: Readonly<Record<string, string | undefined>>, branch = 'main'): CommitId {
    const head = this.branches.get(branch) ?? '';
    const now = new Map(this.commits.get(head)?.files ?? []);
    for (const [path, text] of Object.entries(files)) {
      if (text === undefined) now.delete(path);
      else now.set(path, text);
    }
    const id = this.#add({ parent: head, files: now, at: this.tick(), trailers: new Map(), subject: 'Edit', body: '' });
    this.branches.set(branch, id);
    return id;
  }

  file(path: string, branch = 'main'): string | undefined {
    return this.commits.get(this.branches.get(branch) ?? '')?.files.get(path);
  }

  files(branch = 'main'): ReadonlyMap<string, string> {
    return this.commits.get(this.branches.get(branch) ?? '')?.files ?? new Map();
  }

  /** Somebody changes the platform: the object, or nothing. */
  set(kind: Kind, name: string, change: (object: JsonRecord | undefined) => JsonRecord | undefined): void {
    const key = entityName({ kind, namespace: 'argocd', name });
    const before = this.objects.get(key);
    const after = change(before);
    const at = this.tick();
    if (after === undefined) this.objects.delete(key);
    else this.#store(key, kind, name, after, 'argocd-server', at);
  }

  spec(kind: Kind, name: string): JsonRecord | undefined {
    const object = this.objects.get(entityName({ kind, namespace: 'argocd', name }));
    return object === undefined ? undefined : record(object.spec);
  }

  #store(key: string, kind: Kind, name: string, object: JsonRecord, manager: string, at: Date): void {
    this.#version += 1;
    const before = this.objects.get(key);
    const others = Array.isArray(record(before?.metadata).managedFields)
      ? (record(before?.metadata).managedFields as JsonRecord[])
      : [];
    const changed = fieldsThatChanged(record(before?.spec), record(object.spec));
    const kept = others.map((entry) => ({ ...entry, fieldsV1: without(record(entry.fieldsV1), changed) }));
    const entry = { manager, operation: 'Update', time: at.toISOString(), fieldsV1: { 'f:spec': changed } };
    this.objects.set(key, {
      apiVersion: 'argoproj.io/v1alpha1',
      kind,
      ...object,
      metadata: {
        ...record(object.metadata),
        name,
        namespace: 'argocd',
        uid: String(record(before?.metadata).uid ?? `uid-${this.#version}`),
        resourceVersion: String(this.#version),
        managedFields: Object.keys(changed).length === 0 ? kept : [...kept, entry],
      },
    });
  }

  #add(commit: Commit): CommitId {
    const id = createHash('sha1')
      .update(JSON.stringify([commit.parent, [...commit.files], commit.at, commit.subject, this.commits.size]))
      .digest('hex');
    this.commits.set(id, commit);
    return id;
  }

  // --- the two sides as the action sees them -----------------------------------------------------------------------------

  /** Counts a write, and lets happen what is to happen at it. Answers what becomes of it. */
  #write(what: string): 'go' | 'lose-answer' | 'refuse' | 'kill-after' {
    if (this.#dead) throw new Killed('killed');
    this.#count += 1;
    const trouble = this.troubles.find(({ at }) => at === this.#count);
    if (trouble?.kind === 'rival') trouble.act();
    if (trouble?.kind === 'kill-before') {
      this.#dead = true;
      throw new Killed('killed');
    }
    // A host that lets one branch be written lets the other be written too.
    const refused = trouble?.kind === 'refuse-any' || (trouble?.kind === 'refuse' && !what.includes('Remember'));
    if (refused) return 'refuse';
    this.writes.push(what);
    if (trouble === undefined || trouble.kind === 'rival' || trouble.kind === 'refuse') return 'go';
    return trouble.kind;
  }

  #after(fate: string): void {
    if (fate !== 'kill-after') return;
    this.#dead = true;
    throw new Killed('killed');
  }

  platform(): Platform {
    const parse = (key: string): PlatformEntity | undefined => {
      const object = this.objects.get(key);
      const kind = KINDS.find((one) => one === object?.kind);
      return object === undefined || kind === undefined ? undefined : parseEntity(kind, object);
    };
    const refused: WriteResult = { kind: 'refused', message: 'the API server said no', hint: '', invalid: undefined };
    const lost: WriteResult = { kind: 'stale', message: 'the answer was lost' };
    return {
      description: 'memory',
      list: async (kind) =>
        [...this.objects.keys()].flatMap((key) => {
          const entity = parse(key);
          return entity?.ref.kind === kind ? [entity] : [];
        }),
      get: async (ref) => parse(entityName(ref)),
      patch: async (ref, steps, dryRun) => {
        const key = entityName(ref);
        const fate = dryRun ? 'go' : this.#write(`patch ${key} ${JSON.stringify(steps.slice(1))}`);
        if (fate === 'refuse') return refused;
        const object = this.objects.get(key);
        if (!isJsonPatch(steps) || object === undefined) return lost;
        const patched = applyJsonPatch(object, steps);
        if (patched === undefined) return { kind: 'stale', message: `${key} is another version` };
        const denied = this.admit(record(patched));
        if (denied !== undefined) return denied;
        if (!dryRun) this.#store(key, ref.kind, ref.name, patched, 'gitopssync', this.now());
        this.#after(fate);
        return fate === 'lose-answer' ? lost : { kind: 'done', uid: '' };
      },
      create: async (object, ref, dryRun) => {
        const key = entityName(ref);
        if (this.objects.has(key)) return { kind: 'stale', message: 'it is there' };
        const denied = this.admit(object);
        if (denied !== undefined) return denied;
        if (dryRun) return { kind: 'done', uid: '' };
        const fate = this.#write(`create ${key}`);
        if (fate === 'refuse') return refused;
        this.#store(key, ref.kind, ref.name, JSON.parse(JSON.stringify(object)), 'gitopssync', this.now());
        this.#after(fate);
        return fate === 'lose-answer' ? lost : { kind: 'done', uid: parse(key)?.uid ?? '' };
      },
      remove: async (entity) => {
        const key = entityName(entity.ref);
        const fate = this.#write(`delete ${key}`);
        if (fate === 'refuse') return refused;
        const now = parse(key);
        if (now !== undefined && now.resourceVersion !== entity.resourceVersion)
          return { kind: 'stale', message: 'newer' };
        this.objects.delete(key);
        this.#after(fate);
        return fate === 'lose-answer' ? lost : { kind: 'done', uid: '' };
      },
      note: async (note) => {
        if (this.#dead) throw new Killed('killed');
        this.notes.set(note.id, note);
      },
      close: async () => {},
    };
  }

  git(): GitRepository {
    const blobs = new Map<string, string>();
    const fileOf = ([path, text]: readonly [string, string]): TreeFile => {
      const blob = createHash('sha1').update(text).digest('hex');
      blobs.set(blob, text);
      return { path, kind: 'file', executable: false, blob, size: Buffer.byteLength(text) };
    };
    const filesOf = (commit: CommitId): ReadonlyMap<string, string> => this.commits.get(commit)?.files ?? new Map();
    const differences = (from: CommitId, to: CommitId): FileDifference[] => {
      const [a, b] = [filesOf(from), filesOf(to)];
      return [...new Set([...a.keys(), ...b.keys()])].sort().flatMap((path): FileDifference[] => {
        if (a.get(path) === b.get(path)) return [];
        return [{ kind: !a.has(path) ? 'added' : b.has(path) ? 'modified' : 'deleted', path }];
      });
    };
    const isAncestor = (ancestor: CommitId, head: CommitId): boolean => {
      for (let at = head; at !== ''; at = this.commits.get(at)?.parent ?? '') if (at === ancestor) return true;
      return false;
    };
    return {
      description: 'memory',
      url: 'https://github.com/acme/shop',
      defaultBranch: async () => 'main',
      fetchBranch: async (branch) => this.branches.get(branch),
      ensureCommit: async (commit) => this.commits.has(commit),
      isAncestor: async (ancestor, head) => isAncestor(ancestor, head),
      listFiles: async (commit, folder) => {
        const inside = [...filesOf(commit)].filter(([path]) => folder === '' || path.startsWith(`${folder}/`));
        return inside.length === 0 && folder !== ''
          ? { kind: 'missing' }
          : { kind: 'folder', files: inside.map(fileOf).sort((a, b) => (a.path < b.path ? -1 : 1)) };
      },
      readBlobs: async (ids) => new Map(ids.map((id) => [id, Buffer.from(blobs.get(id) ?? '')])),
      commit: async (base, change, message) => {
        const files = new Map(filesOf(base));
        for (const path of change.deletions) files.delete(path);
        for (const { path, content } of change.writes) files.set(path, String(content));
        if (JSON.stringify([...files].sort()) === JSON.stringify([...filesOf(base)].sort())) return undefined;
        return this.#add({
          parent: base,
          files,
          at: this.now(),
          trailers: new Map(message.trailers.map(({ name, value }) => [name.toLowerCase(), [value]])),
          subject: message.subject,
          body: message.body,
        });
      },
      push: async ({ branch, commit, expected, mode }): Promise<PushResult> => {
        const fate = this.#write(`push ${branch} ${this.commits.get(commit)?.subject}`);
        if (fate === 'refuse')
          return { kind: 'refused', cause: 'permission', message: 'not allowed to push', hint: '' };
        const now = this.branches.get(branch);
        if (now !== expected || (mode === 'fast-forward' && expected !== undefined && !isAncestor(expected, commit))) {
          return { kind: 'moved', head: now };
        }
        this.branches.set(branch, commit);
        this.#after(fate);
        return fate === 'lose-answer'
          ? { kind: 'failed', ambiguous: true, message: 'the answer was lost', hint: '' }
          : { kind: 'pushed', answered: true };
      },
      history: async (from, to) => {
        if (!isAncestor(from, to)) return { kind: 'unrelated' };
        const commits: HistoryCommit[] = [];
        for (let at = to; at !== from; at = this.commits.get(at)?.parent ?? from) {
          const found = this.commits.get(at);
          if (found === undefined) break;
          const person = { name: 'x', email: 'x@example.com' };
          commits.push({
            commit: at,
            author: person,
            committer: person,
            authoredAt: found.at,
            committedAt: found.at,
            subject: found.subject,
            trailers: found.trailers,
            changes: differences(found.parent, at),
          });
        }
        return { kind: 'known', commits };
      },
      differences: async (from, to) => differences(from, to),
      close: async () => {},
    };
  }

  // --- the action --------------------------------------------------------------------------------------------------------

  /** One run of the action over this world. */
  async run(inputs: Partial<Inputs> = {}, troubles: readonly Trouble[] = []): Promise<SyncReport> {
    this.troubles = troubles;
    this.#count = 0;
    this.#dead = false;
    this.tick();
    const controller = new AbortController();
    const report = await run(inputsWith(inputs), {
      connect: async () => this.platform(),
      openGit: async () => this.git(),
      gitHub: () => this.gitHub,
      event: { kind: 'sync', name: 'schedule', branch: 'main', commit: undefined, before: undefined, summary: '' },
      repository: 'acme/shop',
      actor: { name: 'ada', id: '7', serverUrl: 'https://github.com' },
      runUrl: 'https://github.com/acme/shop/actions/runs/1',
      redact: (text) => text.replaceAll('hunter22', '***'),
      clock: {
        now: () => 0,
        date: () => this.now(),
        schedule: () => () => {},
        delay: async () => {},
        random: () => 0,
      },
      emit: () => {},
      cancelled: controller.signal,
    });
    this.troubles = [];
    this.#dead = false;
    return report;
  }
}

export const inputsWith = (inputs: Partial<Inputs>): Inputs => ({
  connection: {
    mode: 'kubernetes',
    kubeconfig: { kind: 'in-cluster' },
    context: '',
    namespaces: undefined,
    certificateAuthority: '',
    clientCertificate: '',
    clientKey: '',
    headers: [],
    insecureSkipTlsVerify: false,
    requestTimeoutMs: 1000,
    proxy: { https: '', http: '', no: '' },
  },
  folder: 'apps',
  branch: '',
  kinds: KINDS,
  namespaces: ['argocd'],
  selector: '',
  direction: 'both',
  conflict: 'first',
  delete: false,
  maxDeletions: 10,
  create: true,
  write: 'commit',
  githubToken: '',
  webhook: undefined,
  dryRun: false,
  ...inputs,
});

/** A file with one Application; fields of the spec as lines. */
export const appFile = (name: string, spec: Readonly<Record<string, string | number | boolean>>): string =>
  `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata:\n  name: ${name}\nspec:\n${Object.entries(spec)
    .map(([key, value]) => `  ${key}: ${value}\n`)
    .join('')}`;

export const APP = (name: string): EntityRef => ({ kind: 'Application', namespace: 'argocd', name });

const fieldsThatChanged = (before: JsonRecord, after: JsonRecord): JsonRecord =>
  Object.fromEntries(
    Object.keys(after)
      .filter((key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]))
      .map((key) => [`f:${key}`, {}]),
  );

const without = (fields: JsonRecord, changed: JsonRecord): JsonRecord => {
  const spec = record(fields['f:spec']);
  return isRecord(fields['f:spec'])
    ? { 'f:spec': Object.fromEntries(Object.entries(spec).filter(([key]) => !(key in changed))) }
    : fields;
};
