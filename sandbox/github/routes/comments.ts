import { text } from '../../../src/lib/json.ts';
import type { Needs } from '../access.ts';
import { inRepository, type RepositoryCall, type Routes } from '../call.ts';
import { commentForm } from '../forms.ts';
import { page } from '../pages.ts';
import { refuse } from '../refusal.ts';
import type { Comment } from '../state.ts';

/** Comments on pull requests belong to issues in the API; either permission will do. */
const READ: Needs = [
  ['issues', 'read'],
  ['pull_requests', 'read'],
];
const WRITE: Needs = [
  ['issues', 'write'],
  ['pull_requests', 'write'],
];

const BODY_MAX = 65_536;

export const COMMENT_ROUTES: Routes = {
  'issues/list-comments': inRepository(READ, (call) => {
    const number = issueOf(call);
    const since = call.query.get('since') ?? '';
    return page(
      call,
      call.repository.comments
        .filter((comment) => comment.number === number && comment.updatedAt >= since)
        .map((comment) => commentForm(call, comment)),
    );
  }),

  'issues/get-comment': inRepository(READ, (call) => ({ status: 200, body: commentForm(call, commentOf(call)) })),

  'issues/create-comment': inRepository(WRITE, (call) => {
    const { repository, state, who } = call;
    const now = state.now();
    const comment: Comment = {
      id: state.nextId(),
      number: issueOf(call),
      user: { login: who?.login ?? 'github-actions[bot]', type: who?.type ?? 'Bot' },
      // Apps are in no relation to a repository.
      association: (who?.type ?? 'Bot') === 'Bot' ? 'NONE' : 'MEMBER',
      body: bodyOf(call),
      createdAt: now,
      updatedAt: now,
    };
    repository.comments.push(comment);
    return { status: 201, body: commentForm(call, comment) };
  }),

  'issues/update-comment': inRepository(WRITE, (call) => {
    const comment = commentOf(call);
    comment.body = bodyOf(call);
    comment.updatedAt = call.state.now();
    return { status: 200, body: commentForm(call, comment) };
  }),

  'issues/delete-comment': inRepository(WRITE, (call) => {
    const { comments } = call.repository;
    comments.splice(comments.indexOf(commentOf(call)), 1);
    return { status: 204 };
  }),
};

function bodyOf({ body }: RepositoryCall): string {
  const given = text(body.body);
  if (given.trim() === '') return invalid('body cannot be blank');
  if ([...given].length > BODY_MAX) return invalid(`body is too long (maximum is ${BODY_MAX} characters)`);
  return given;
}

function invalid(message: string): never {
  return refuse(422, 'Validation Failed', {
    errors: [{ resource: 'IssueComment', code: 'unprocessable', field: 'data', message }],
  });
}

function issueOf({ repository, parameters }: RepositoryCall): number {
  const number = Number(parameters.issue_number);
  return repository.pulls.some((pull) => pull.number === number) ? number : refuse(404, 'Not Found');
}

function commentOf({ repository, parameters }: RepositoryCall): Comment {
  return repository.comments.find(({ id }) => String(id) === parameters.comment_id) ?? refuse(404, 'Not Found');
}
