import type { RefusalCause } from './port.ts';
import { codeOf, saidBy } from './reasons.ts';

/** What a push said, before anybody looked at the branch. */
export type PushAnswer =
  | { readonly kind: 'pushed' }
  /** The branch is not where it was thought to be. */
  | { readonly kind: 'moved' }
  | { readonly kind: 'refused'; readonly cause: RefusalCause; readonly message: string; readonly hint: string }
  /** `sent` false: there was no connection at all, so nothing can have been carried out. */
  | { readonly kind: 'lost'; readonly sent: boolean; readonly message: string };

const PROTECTED =
  /protected branch|GH006|GH013|rule violations|TF402455|TF402456|branch policy|protected branches|branch restrictions|permission to (?:create|update|delete) this branch/i;
const PERMISSION =
  /refusing to allow an? .{1,60} to create or update workflow|without `?workflows?`? (?:scope|permission)|not allowed to push|Permission to .{1,300} denied|Write access to repository not granted|insufficient permission|permission denied|returned error: 40[13]|Authentication failed|could not read (?:Username|Password)|terminal prompts disabled/i;
const READ_ONLY = /archived|read-only|over its .{0,40}quota|repository is locked|disabled/i;
const HOOK = /hook declined|hook rejected|pre-receive|declined/i;
const RACED = /cannot lock ref|incorrect old value|reference already exists|but expected|remote ref updated/i;
/** Said before anything was sent. */
const UNREACHED =
  /Could not resolve|Failed to connect|Couldn't connect|Connection refused|returned error: (?:404|408|429|5\d\d)|not found|SSL certificate problem/i;

const HINTS: Readonly<Record<RefusalCause, string>> = {
  'protected-branch':
    'Allow the account of the token to push to this branch (a bypass in the rule), or use write: pull-request, which pushes to a branch of its own.',
  permission:
    'The token needs to write contents (permissions: contents: write, or a deploy key with write access). Files under .github/workflows need the right to change workflows, which GITHUB_TOKEN never has.',
  hook: 'The message is of a hook on the server; only who runs that server can change it.',
  other: 'See what the remote says about this repository.',
};

/** Reads the answer of `git push --porcelain` for one branch. Pure. */
export const readPush = (exitCode: number, stdout: string, stderr: string): PushAnswer => {
  const status = stdout.split('\n').find((line) => /^[ +\-*!=]\t/.test(line));
  if (exitCode === 0 && status !== undefined && !status.startsWith('!')) return { kind: 'pushed' };
  const summary = status?.split('\t')[2] ?? '';
  const everything = `${summary}\n${stderr}`;
  // `[remote failure]`: the connection ended before the remote said how it went.
  if (/remote failure|failed to report status/.test(summary))
    return { kind: 'lost', sent: true, message: saidBy(stderr) };
  // The remote's own words for a branch that somebody else holds or has just changed come as messages beside the summary.
  const raced = summary.startsWith('[remote rejected]') && RACED.test(everything);
  if (summary.startsWith('[rejected]') || raced) return { kind: 'moved' };
  const cause = causeOf(summary, everything);
  if (cause === undefined) return { kind: 'lost', sent: !UNREACHED.test(stderr), message: saidBy(stderr) };
  const reason = /\(([^()]*)\)\s*$/.exec(summary)?.[1] ?? '';
  const said = saidBy(
    stderr
      .split('\n')
      .filter((line) => !line.startsWith('error: failed to push some refs'))
      .join('\n'),
  );
  const message =
    reason === '' || said.includes(reason) ? said : said === 'Git gave no reason' ? reason : `${reason}: ${said}`;
  return { kind: 'refused', cause, message, hint: HINTS[cause] };
};

const causeOf = (summary: string, everything: string): RefusalCause | undefined => {
  if (PROTECTED.test(everything)) return 'protected-branch';
  if (READ_ONLY.test(everything) && /returned error: 403|rejected/.test(everything)) return 'other';
  if (PERMISSION.test(everything)) return 'permission';
  if (HOOK.test(summary)) return 'hook';
  if (summary.startsWith('[remote rejected]')) return 'other';
  const code = codeOf(everything);
  if (code === 'unauthenticated' || code === 'forbidden') return 'permission';
  return undefined;
};
