import { oneLine } from '../../lib/printable.ts';
import { GitError, type GitErrorCode } from './errors.ts';

/** What Git and the remotes behind it say, in the order in which they are looked for. */
const REASONS: readonly { readonly code: GitErrorCode; readonly said: RegExp }[] = [
  {
    code: 'tls',
    said: /SSL certificate problem|certificate verification failed|unable to get local issuer|SSL_ERROR|schannel:.*cert/i,
  },
  {
    code: 'unauthenticated',
    said: /Authentication failed|could not read (?:Username|Password)|terminal prompts disabled|returned error: 401|HTTP Basic: Access denied/i,
  },
  {
    code: 'forbidden',
    said: /returned error: 403|Permission denied|Permission to .{1,300} denied|Write access to repository not granted|insufficient permission/i,
  },
  {
    code: 'not-found',
    said: /returned error: 404|repository .{0,1000}not found|Repository not found|does not appear to be a git repository|does not exist/i,
  },
  {
    code: 'network',
    said: /Could not resolve|Failed to connect|Couldn't connect|Connection (?:refused|reset|timed out|was reset|closed)|Operation (?:timed out|too slow)|early EOF|unexpected disconnect|RPC failed|hung up|Empty reply|returned error: (?:408|429|5\d\d)|Could not read from remote repository|transfer closed|Recv failure|Send failure|server certificate.*expired|HTTP\/2 stream|protocol error|unable to access/i,
  },
];

const HINTS: Readonly<Partial<Record<GitErrorCode, string>>> = {
  unauthenticated: 'Check out with actions/checkout and its persisted credentials, or give github-token.',
  forbidden:
    'The token needs to read the contents of the repository, and to write them to push (permissions: contents: write).',
  'not-found': 'Check the address of the repository; a token that may not see it gets the same answer.',
  network: 'Run the step again; what was not written is planned anew.',
  tls: 'Let Git trust the authority: http.sslCAInfo or GIT_SSL_CAINFO.',
};

/** The translation of a failed command. `doing`: what was tried, as the beginning of a sentence. */
export const reasonOf = (doing: string, stderr: string): GitError => {
  const code = codeOf(stderr);
  return new GitError(code, `${doing}: ${saidBy(stderr)}`, { hint: HINTS[code] ?? '' });
};

export const codeOf = (stderr: string): GitErrorCode => REASONS.find(({ said }) => said.test(stderr))?.code ?? 'failed';

/** The lines that say why, on one line: what the remote says first, then Git's own last word. Credentials in addresses are cut out. */
export const saidBy = (stderr: string): string => {
  const lines = stderr.split(/[\r\n]+/).map((line) => line.trim());
  const remote = lines
    .filter((line) => line.startsWith('remote:'))
    .map((line) => line.slice('remote:'.length).trim())
    .filter(
      (line) =>
        /[A-Za-z0-9]/.test(line) && !/^(?:Enumerating|Counting|Compressing|Resolving|Total|Processing)\b/.test(line),
    );
  const own =
    lines.findLast((line) => /^(?:fatal|error):/.test(line)) ??
    (remote.length > 0 ? '' : (lines.findLast((line) => line !== '') ?? ''));
  const text = [...remote.slice(0, 6), own.replace(/^(?:fatal|error):\s*/, '')]
    .filter((line) => line !== '')
    .join('; ');
  return oneLine(withoutCredentials(text), 500) || 'Git gave no reason';
};

/** `https://user:password@host` without what is before the host. */
export const withoutCredentials = (text: string): string =>
  text.replace(/(\b[a-z][a-z0-9+.-]{1,20}:\/\/)[^\s/@]{1,500}@/gi, '$1');
