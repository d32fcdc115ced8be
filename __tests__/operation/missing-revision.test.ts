import { describe, expect, test } from '@jest/globals';
import type { Application, Source } from '../../src/argocd/application.ts';
import type { Refs, SyncRequest } from '../../src/argocd/client.ts';
import type { RevisionAnswer } from '../../src/github/revisions.ts';
import { explainMissingRevision, refuseMissingRevision } from '../../src/operation/missing-revision.ts';
import { planSync } from '../../src/operation/plan.ts';
import { application, COMMIT_A } from '../factories/application.ts';
import { memoryArgoCd } from '../factories/memory-argocd.ts';

const REPOSITORY = 'https://git.example.com/deploy.git';
const GIT: Source = { repoURL: REPOSITORY, targetRevision: 'main', path: 'shop', chart: '', name: '' };
const REFS: Refs = { branches: ['main', 'release-1', 'release-2'], tags: ['v1.0.0'] };

const request = (changes: Partial<SyncRequest>): SyncRequest => {
  const plan = planSync(
    application(),
    {
      revision: '',
      sources: [],
      resources: [],
      prune: false,
      dryRun: false,
      applyOnly: false,
      force: false,
      syncOptions: [],
      retry: undefined,
      info: [],
    },
    'id',
  );
  if (plan.kind !== 'sync') throw new Error(plan.kind);
  return { ...plan.request, ...changes };
};

/** A request, and the wish it comes of. */
const wanting = (changes: Partial<SyncRequest>) => ({
  request: request(changes),
  wish: {
    revision: changes.revision ?? '',
    sources: (changes.revisions ?? []).map((revision, index) => ({ key: String(index + 1), revision })),
  },
});

const refuse = async (of: Application, changes: Partial<SyncRequest>, refs: Refs | undefined = REFS) => {
  const { client, on } = memoryArgoCd();
  const asked: string[] = [];
  on.refs = async (repository) => {
    asked.push(repository);
    return refs;
  };
  const verdict = await refuseMissingRevision(
    { client: { ...client, refs: on.refs }, revisions: undefined },
    of,
    wanting(changes),
    new AbortController().signal,
    () => {},
  );
  return { asked, message: verdict?.message, hint: verdict?.hint };
};

/** Where Argo CD does not tell the refs, and something else answers so. */
const refuseElsewhere = async (revision: string, answer: RevisionAnswer, of = application()) => {
  const { client, on } = memoryArgoCd();
  on.refs = async () => undefined;
  const asked: string[] = [];
  const told: string[] = [];
  const find = async (_: string, one: string): Promise<RevisionAnswer> => {
    asked.push(one);
    return answer;
  };
  const verdict = await refuseMissingRevision(
    { client: { ...client, refs: on.refs }, revisions: { find } },
    of,
    wanting({ revision }),
    new AbortController().signal,
    (note) => told.push(note),
  );
  return { asked, told, message: verdict?.message };
};

describe('before the sync', () => {
  test.each(['main', 'v1.0.0'])('%s exists', async (revision) => {
    expect(await refuse(application(), { revision })).toMatchObject({ asked: [REPOSITORY], message: undefined });
  });

  test.each(['', 'HEAD', COMMIT_A, 'ABCDEF1', 'v1.*', '>=1.0.0', '~1.2', '1.x', 'refs/pull/12/head', 'pull/12/head'])(
    '%j is not for us to judge',
    async (revision) => {
      expect(await refuse(application(), { revision })).toEqual({ asked: [], message: undefined, hint: undefined });
    },
  );

  test('the nearest names are told, or how many there are', async () => {
    expect(await refuse(application(), { revision: 'relase-1' })).toMatchObject({
      message: `revision relase-1 does not exist in ${REPOSITORY}; did you mean release-1 or release-2?`,
    });
    expect(await refuse(application(), { revision: 'something-else' })).toMatchObject({
      message: `revision something-else does not exist in ${REPOSITORY}`,
      hint: expect.stringMatching(/^The repository has 3 branches and 1 tag\./),
    });
  });

  test('without the right to read them everything goes on', async () => {
    const { client } = memoryArgoCd();
    const none = await refuseMissingRevision(
      { client, revisions: undefined },
      application(),
      wanting({ revision: 'x' }),
      new AbortController().signal,
      () => {},
    );
    expect(none).toBeUndefined();
  });

  test('whole refs are looked up as what they say', async () => {
    expect((await refuse(application(), { revision: 'refs/heads/main' })).message).toBeUndefined();
    expect((await refuse(application(), { revision: 'refs/tags/v1.0.0' })).message).toBeUndefined();
    expect((await refuse(application(), { revision: 'refs/tags/main' })).message).toBe(
      `revision refs/tags/main does not exist in ${REPOSITORY}; did you mean main?`,
    );
  });

  test('with a prefix of tags a version means another tag', async () => {
    const of = application({ sources: [{ ...GIT, tagPrefix: 'shop/' }] });
    expect(await refuse(of, { revision: '1.2.0' })).toMatchObject({ asked: [], message: undefined });
  });

  test('what Argo CD does not tell is asked elsewhere, commits too', async () => {
    const missing = { kind: 'missing', names: ['v1.4.0'] } as const;
    expect(await refuseElsewhere('v1.4', missing)).toMatchObject({
      message: `revision v1.4 does not exist in ${REPOSITORY}; did you mean v1.4.0?`,
    });
    expect(await refuseElsewhere(COMMIT_A, missing)).toMatchObject({ asked: [COMMIT_A], message: expect.anything() });
    expect(await refuseElsewhere('main', { kind: 'exists' })).toEqual({
      asked: ['main'],
      told: [],
      message: undefined,
    });
    expect(await refuseElsewhere('main', { kind: 'unknown', why: 'GitHub says 404' })).toEqual({
      asked: ['main'],
      told: ['GitHub says 404; going on without'],
      message: undefined,
    });
    expect((await refuseElsewhere('HEAD', missing)).asked).toEqual([]);
  });

  test('what a source that is held back runs is not looked up', async () => {
    const { client } = memoryArgoCd();
    const of = application({ multiSource: true, sources: [GIT, GIT] });
    const asked: string[] = [];
    const find = async (_: string, revision: string): Promise<RevisionAnswer> => {
      asked.push(revision);
      return { kind: 'exists' };
    };
    const wish = { revision: '', sources: [{ key: '2', revision: 'v1.0.0' }] };
    const what = { request: request({ revisions: [COMMIT_A, 'v1.0.0'] }), wish };
    const { signal } = new AbortController();
    await refuseMissingRevision({ client, revisions: { find } }, of, what, signal, () => {});
    expect(asked).toEqual(['v1.0.0']);
  });

  test('of several sources only those of Git are looked at', async () => {
    const chart = { ...GIT, chart: 'shop' };
    const oci = { ...GIT, repoURL: 'oci://registry.example.com/shop' };
    const of = application({ multiSource: true, sources: [GIT, chart, oci] });
    expect(await refuse(of, { revisions: ['main', '9.9.9', 'latest'] })).toMatchObject({
      asked: [REPOSITORY],
      message: undefined,
    });
  });
});

describe('what Argo CD says', () => {
  const other = { ...GIT, repoURL: 'https://user:secret@git.example.com/other.git' };
  const explain = (message: string, ...sources: readonly Source[]) => explainMissingRevision(message, sources)?.message;

  test('has one wording', () => {
    const words = "rpc error: code = Unknown desc = unable to resolve 'gone' to a commit SHA";
    const first = `revision gone does not exist in ${REPOSITORY}`;
    expect(explain(`error resolving repo revision: ${words}`, GIT)).toBe(first);
    expect(explain(`ComparisonError: generate manifest for source 1 of 2: ${words}`, GIT, other)).toBe(first);
    const fetching = (commit: string): string =>
      `Failed to checkout revision ${commit}: \`git fetch origin ${commit} --tags --force --prune\` failed exit status 128: `;
    const gone = `revision ${COMMIT_A} does not exist in ${REPOSITORY}`;
    expect(explain(`${fetching(COMMIT_A)}fatal: remote error: upload-pack: not our ref ${COMMIT_A}`, GIT)).toBe(gone);
    expect(explain(`${fetching('abcdef1')}fatal: couldn't find remote ref abcdef1`, GIT)).toBe(
      `revision abcdef1 does not exist in ${REPOSITORY}`,
    );
    // The same words stand before every failure to fetch.
    for (const other of [
      "fatal: unable to access 'https://git.example.com/deploy.git/': Could not resolve host: git.example.com",
      'fatal: Authentication failed for https://git.example.com/deploy.git/',
      'fatal: early EOF',
    ]) {
      expect(explain(fetching(COMMIT_A) + other, GIT)).toBeUndefined();
    }
    expect(
      explain(`Failed to checkout revision ${COMMIT_A}: \`git fetch\` failed timeout after 1m30s`, GIT),
    ).toBeUndefined();
    expect(explain(words, GIT, other)).toBe('revision gone does not exist in its repository');
    expect(explain('one or more objects failed to apply', GIT)).toBeUndefined();
  });

  test('never with the password of an address', () => {
    const message = "source 2 of 2: unable to resolve 'gone' to a commit SHA";
    expect(explain(message, GIT, other)).toBe('revision gone does not exist in https://git.example.com/other.git');
  });
});
