import { flag, text } from '../../../src/lib/json.ts';
import { inRepository, type RepositoryCall, type Routes } from '../call.ts';
import { pullForm } from '../forms.ts';
import { page } from '../pages.ts';
import { refuse } from '../refusal.ts';
import type { Pull } from '../state.ts';

const READ = [['pull_requests', 'read']] as const;
const WRITE = [['pull_requests', 'write']] as const;

export const PULL_ROUTES: Routes = {
  'repos/list-pull-requests-associated-with-commit': inRepository(READ, (call) => {
    const { repository, parameters } = call;
    const sha = parameters.commit_sha ?? '';
    if (!repository.commits.has(sha)) return refuse(422, `No commit found for SHA: ${sha}`);
    const fitting = repository.pulls.filter((pull) => pull.head.sha === sha || pull.commits.has(sha));
    return page(
      call,
      fitting.map((pull) => pullForm(call, pull)),
    );
  }),

  'pulls/list': inRepository(READ, (call) => {
    const { query, repository } = call;
    const state = query.get('state') ?? 'open';
    const head = query.get('head');
    const base = query.get('base');
    const fitting = repository.pulls.filter(
      (pull) =>
        (state === 'all' || pull.state === state) &&
        (base === null || pull.base === base) &&
        // GitHub looks at a head only when it says whose.
        (head === null || !head.includes(':') || head === `${repository.owner}:${pull.head.ref}`),
    );
    const newestFirst = [...fitting].sort((a, b) => b.number - a.number);
    const inOrder = query.get('direction') === 'asc' ? newestFirst.reverse() : newestFirst;
    return page(
      call,
      inOrder.map((pull) => pullForm(call, pull)),
    );
  }),

  'pulls/get': inRepository(READ, (call) => ({ status: 200, body: pullForm(call, pullOf(call)) })),

  'pulls/create': inRepository(WRITE, (call) => {
    const { body, repository, who } = call;
    const ref = text(body.head).replace(`${repository.owner}:`, '');
    const base = text(body.base);
    const sha = repository.branches.get(ref);
    if (sha === undefined) invalid('head', 'invalid');
    if (!repository.branches.has(base)) invalid('base', 'invalid');
    if (text(body.title) === '') invalid('title', 'missing_field');
    if (sha === repository.branches.get(base)) invalid('', 'custom', `No commits between ${base} and ${ref}`);
    if (repository.pulls.some((pull) => pull.state === 'open' && pull.head.ref === ref && pull.base === base)) {
      invalid('', 'custom', `A pull request already exists for ${repository.owner}:${ref}.`);
    }
    const pull: Pull = {
      number: Math.max(0, ...repository.pulls.map(({ number }) => number)) + 1,
      title: text(body.title),
      body: typeof body.body === 'string' ? body.body : null,
      state: 'open',
      merged: false,
      draft: flag(body.draft),
      head: { ref, sha: sha ?? '' },
      base,
      login: who?.login ?? 'github-actions[bot]',
      commits: new Set(),
    };
    repository.pulls.push(pull);
    return { status: 201, body: pullForm(call, pull) };
  }),

  'pulls/update': inRepository(WRITE, (call) => {
    const { body, repository } = call;
    const pull = pullOf(call);
    if (typeof body.title === 'string') pull.title = body.title;
    if (typeof body.body === 'string') pull.body = body.body;
    if (typeof body.base === 'string') {
      if (!repository.branches.has(body.base)) invalid('base', 'invalid');
      pull.base = body.base;
    }
    if (body.state === 'open' || body.state === 'closed') {
      if (pull.merged && body.state === 'open') invalid('state', 'invalid');
      pull.state = body.state;
    }
    return { status: 200, body: pullForm(call, pull) };
  }),
};

function pullOf({ repository, parameters }: RepositoryCall): Pull {
  const found = repository.pulls.find(({ number }) => String(number) === parameters.pull_number);
  return found ?? refuse(404, 'Not Found');
}

function invalid(field: string, code: string, message?: string): never {
  const error = { resource: 'PullRequest', code, ...(field === '' ? {} : { field }), ...(message ? { message } : {}) };
  return refuse(422, 'Validation Failed', { errors: [error] });
}
