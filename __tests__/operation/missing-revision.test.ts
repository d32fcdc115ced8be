import { describe, expect, test } from '@jest/globals';
import type { Application, Source } from '../../src/argocd/application.ts';
import type { Refs, SyncRequest } from '../../src/argocd/client.ts';
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

const refuse = async (of: Application, changes: Partial<SyncRequest>, refs: Refs | undefined = REFS) => {
  const { client, on } = memoryArgoCd();
  const asked: string[] = [];
  on.refs = async (repository) => {
    asked.push(repository);
    return refs;
  };
  const verdict = await refuseMissingRevision(
    { ...client, refs: on.refs },
    of,
    request(changes),
    new AbortController().signal,
  );
  return { asked, message: verdict?.message, hint: verdict?.hint };
};

describe('before the sync', () => {
  test.each(['main', 'v1.0.0'])('%s exists', async (revision) => {
    expect(await refuse(application(), { revision })).toMatchObject({ asked: [REPOSITORY], message: undefined });
  });

  test.each(['', 'HEAD', COMMIT_A, 'ABCDEF1', 'v1.*', '>=1.0.0', '~1.2', '1.x', 'refs/heads/gone', 'pull/12/head'])(
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
      client,
      application(),
      request({ revision: 'x' }),
      new AbortController().signal,
    );
    expect(none).toBeUndefined();
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
    expect(explain(`Failed to checkout revision ${COMMIT_A}: \`git fetch\``, GIT)).toBe(
      `revision ${COMMIT_A} does not exist in ${REPOSITORY}`,
    );
    expect(explain(words, GIT, other)).toBe('revision gone does not exist in its repository');
    expect(explain('one or more objects failed to apply', GIT)).toBeUndefined();
  });

  test('never with the password of an address', () => {
    const message = "source 2 of 2: unable to resolve 'gone' to a commit SHA";
    expect(explain(message, GIT, other)).toBe('revision gone does not exist in https://git.example.com/other.git');
  });
});
