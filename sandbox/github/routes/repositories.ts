import { text } from '../../../src/lib/json.ts';
import { inRepository, type RepositoryCall, type Routes } from '../call.ts';
import { refForm, repositoryForm, repositoryUrl, userForm } from '../forms.ts';
import { page } from '../pages.ts';
import { refuse } from '../refusal.ts';
import type { Repository } from '../state.ts';

const READ = [['contents', 'read']] as const;
const WRITE = [['contents', 'write']] as const;

/** Repositories with their branches, tags and commits. */
export const REPOSITORY_ROUTES: Routes = {
  'repos/get': inRepository([], (call) => ({ status: 200, body: repositoryForm(call, call.repository) })),

  'repos/list-branches': inRepository(READ, (call) =>
    page(
      call,
      [...call.repository.branches].map(([name, sha]) => ({
        name,
        commit: { sha, url: `${repositoryUrl(call)}/commits/${sha}` },
        protected: false,
      })),
    ),
  ),

  'repos/list-tags': inRepository(READ, (call) =>
    page(
      call,
      [...call.repository.tags].map(([name, sha]) => ({
        name,
        commit: { sha, url: `${repositoryUrl(call)}/commits/${sha}` },
        zipball_url: `${repositoryUrl(call)}/zipball/${name}`,
        tarball_url: `${repositoryUrl(call)}/tarball/${name}`,
        node_id: `TAG_${name}`,
      })),
    ),
  ),

  'repos/get-commit': inRepository(READ, (call) => {
    const sha = resolve(call.repository, call.parameters.ref ?? '');
    if (sha === undefined) return refuse(422, `No commit found for SHA: ${call.parameters.ref}`);
    if (call.accept.includes('application/vnd.github.sha')) return { status: 200, body: sha };
    return {
      status: 200,
      body: {
        sha,
        url: `${repositoryUrl(call)}/commits/${sha}`,
        author: userForm('octocat'),
        committer: userForm('octocat'),
        parents: [],
        files: [],
      },
    };
  }),

  /** Not in pages: GitHub answers all that begin with the text. */
  'git/list-matching-refs': inRepository(READ, (call) => {
    notEmpty(call.repository);
    const wanted = `refs/${call.parameters.ref ?? ''}`;
    return {
      status: 200,
      body: refsOf(call.repository)
        .filter(([ref]) => ref.startsWith(wanted))
        .map(([ref, sha]) => refForm(call, ref, sha)),
    };
  }),

  'git/get-ref': inRepository(READ, (call) => {
    notEmpty(call.repository);
    const ref = `refs/${call.parameters.ref ?? ''}`;
    const found = refsOf(call.repository).find(([name]) => name === ref);
    return found === undefined ? refuse(404, 'Not Found') : { status: 200, body: refForm(call, ...found) };
  }),

  'git/get-tag': inRepository(READ, (call) => {
    const { tag_sha: id = '' } = call.parameters;
    const tag = call.repository.tagObjects.get(id);
    if (tag === undefined) return refuse(404, 'Not Found');
    const sha = call.repository.tags.get(tag) ?? '';
    const url = `${repositoryUrl(call)}/git/tags/${id}`;
    return { status: 200, body: { sha: id, tag, url, message: tag, object: { sha, type: 'commit', url } } };
  }),

  'git/create-ref': inRepository(WRITE, (call) => {
    const { ref, names, name } = named(call, text(call.body.ref));
    if (names.has(name)) return refuse(422, 'Reference already exists');
    const sha = existing(call, text(call.body.sha));
    names.set(name, sha);
    return { status: 201, body: refForm(call, ref, sha) };
  }),

  /** Commits have no parents here, so every other commit is a fast-forward. */
  'git/update-ref': inRepository(WRITE, (call) => {
    const { ref, names, name } = named(call, `refs/${call.parameters.ref ?? ''}`);
    if (!names.has(name)) return refuse(422, 'Reference does not exist');
    const sha = existing(call, text(call.body.sha));
    names.set(name, sha);
    return { status: 200, body: refForm(call, ref, sha) };
  }),

  'git/delete-ref': inRepository(WRITE, (call) => {
    const { names, name } = named(call, `refs/${call.parameters.ref ?? ''}`);
    if (!names.delete(name)) return refuse(422, 'Reference does not exist');
    return { status: 204 };
  }),
};

const refsOf = ({ branches, tags }: Repository): readonly (readonly [ref: string, sha: string])[] => [
  ...[...branches].map(([name, sha]) => [`refs/heads/${name}`, sha] as const),
  ...[...tags].map(([name, sha]) => [`refs/tags/${name}`, sha] as const),
];

const notEmpty = ({ commits }: Repository): void => {
  if (commits.size === 0) refuse(409, 'Git Repository is empty.');
};

/** What GitHub understands as a commit: a branch, a tag, a ref, a whole or unambiguously short SHA, HEAD. */
export function resolve(repository: Repository, given: string): string | undefined {
  notEmpty(repository);
  const { branches, tags, commits, defaultBranch } = repository;
  if (given === 'HEAD') return branches.get(defaultBranch);
  const ref = given.startsWith('refs/') ? given : `refs/${given}`;
  const byRef = refsOf(repository).find(([name]) => name === ref)?.[1];
  const named = branches.get(given) ?? tags.get(given) ?? byRef;
  if (named !== undefined) return named;
  if (!/^[0-9a-f]{4,40}$/.test(given)) return undefined;
  const fitting = [...commits].filter((sha) => sha.startsWith(given));
  return fitting.length === 1 ? fitting[0] : undefined;
}

function named(
  { repository }: RepositoryCall,
  ref: string,
): { readonly ref: string; readonly name: string; readonly names: Map<string, string> } {
  const [, kind, name = ''] = /^refs\/(heads|tags)\/(.+)$/.exec(ref) ?? [];
  if (kind === undefined) return refuse(422, 'Reference name must be fully qualified');
  return { ref, name, names: kind === 'heads' ? repository.branches : repository.tags };
}

const existing = ({ repository }: RepositoryCall, sha: string): string =>
  repository.commits.has(sha) ? sha : refuse(422, 'Object does not exist');
