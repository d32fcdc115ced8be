import type { GitHubCall, GitHubClient } from '../../github/client.ts';
import { GitHubError, isAmbiguous } from '../../github/errors.ts';
import type { GitHubRepository } from '../../github/repository.ts';
import { type JsonRecord, number, record, text } from '../../lib/json.ts';
import { cut, oneLine } from '../../lib/printable.ts';
import type { Proposal, ProposalResult } from './port.ts';
import { proposalFailure } from './rights.ts';

/** GitHub's limits, in characters. */
const TITLE_MAX = 256;
const BODY_MAX = 65_000;
/** Pages of open pull requests, of 100 each. */
const PAGES = 10;

/** See {@link import('./port.ts').GitHub.propose}. */
export const propose = async (
  client: GitHubClient,
  repository: GitHubRepository,
  proposal: Proposal,
  signal: AbortSignal,
): Promise<ProposalResult> => {
  const wanted = { ...proposal, title: oneLine(proposal.title, TITLE_MAX), body: cut(proposal.body, BODY_MAX) };
  try {
    const open = await findOpen(client, repository, wanted, signal);
    return open === undefined
      ? await create(client, repository, wanted, signal)
      : await bringUpToDate(client, repository, open, wanted, signal);
  } catch (error) {
    return proposalFailure(error);
  }
};

const create = async (
  client: GitHubClient,
  repository: GitHubRepository,
  wanted: Proposal,
  signal: AbortSignal,
): Promise<ProposalResult> => {
  const { head, base, title, body } = wanted;
  try {
    const call = callTo(repository, 'cannot create a pull request', 'POST /repos/{owner}/{repo}/pulls', {
      head,
      base,
      title,
      body,
    });
    return { kind: 'created', ...numbered(record(await client.send({ ...call, once: true }, signal))) };
  } catch (error) {
    // It was made although no answer came, or by somebody else meanwhile.
    const raced = error instanceof GitHubError && (isAmbiguous(error) || /already exists/i.test(error.message));
    // Without GitHub's filter, which may see another case in the owner's name than we do.
    const open = raced ? await findOpen(client, repository, wanted, signal, {}) : undefined;
    if (open === undefined) throw error;
    const result = await bringUpToDate(client, repository, open, wanted, signal);
    return result.kind === 'unchanged' && !isKnown(error) ? { ...result, kind: 'created' } : result;
  }
};

/** GitHub said that there is one: it is not of this call. */
const isKnown = (error: unknown): boolean => error instanceof GitHubError && error.code === 'invalid';

/** The newest open pull request from this branch of this repository, not of a fork with a branch of that name. */
const findOpen = async (
  client: GitHubClient,
  repository: GitHubRepository,
  { head, base }: Proposal,
  signal: AbortSignal,
  filter: { readonly head?: string } = { head: `${repository.owner}:${head}` },
): Promise<JsonRecord | undefined> => {
  const label = `${repository.owner}:${head}`;
  const call = callTo(repository, 'cannot list pull requests', 'GET /repos/{owner}/{repo}/pulls', {
    state: 'open',
    base,
    ...filter,
  });
  for await (const page of client.pages(call, signal, PAGES)) {
    const found = page
      .map(record)
      .find(
        (pull) =>
          text(record(pull.head).ref) === head && text(record(pull.base).ref) === base && sameLabel(pull, label),
      );
    if (found !== undefined) return found;
  }
  return undefined;
};

const sameLabel = (pull: JsonRecord, label: string): boolean =>
  text(record(pull.head).label).toLowerCase() === label.toLowerCase();

const bringUpToDate = async (
  client: GitHubClient,
  repository: GitHubRepository,
  open: JsonRecord,
  { title, body }: Proposal,
  signal: AbortSignal,
): Promise<ProposalResult> => {
  const found = numbered(open);
  if (text(open.title) === title && plain(text(open.body)) === plain(body)) return { kind: 'unchanged', ...found };
  const call = callTo(repository, 'cannot update the pull request', 'PATCH /repos/{owner}/{repo}/pulls/{pull_number}', {
    pull_number: found.number,
    title,
    body,
  });
  return { kind: 'updated', ...numbered(record(await client.send(call, signal))) };
};

/** GitHub keeps line ends as a browser sends them. */
const plain = (body: string): string => body.replaceAll('\r\n', '\n').trimEnd();

const numbered = (pull: JsonRecord): { readonly number: number; readonly url: string } => ({
  number: number(pull.number) ?? 0,
  url: text(pull.html_url),
});

const callTo = (
  { owner, name }: GitHubRepository,
  cannot: string,
  route: string,
  parameters: Readonly<Record<string, unknown>>,
): GitHubCall => ({
  cannot,
  permission: 'pull-requests: write',
  route,
  parameters: { owner, repo: name, ...parameters },
});
