import { number, record, text } from '../../lib/json.ts';
import { oneLine } from '../../lib/printable.ts';
import { ArgoCdError } from '../errors.ts';
import { type Meaning, meaningOf, type Refusal } from '../http/http.ts';

const DENIED = /^permission denied: ([^,]+, [^,]+, [^,]+), sub: ([^,]+)/;

/** Answers with status 500 that no second try changes. */
const WRONG_ARGUMENT = ['error parsing the selector', 'error parsing labels with selectors', 'source position'];

/** What a refusal of the Argo CD API means. Statuses say little there, so it is read from the words (Rule 20). */
export const argocdMeaning = ({ status, message }: Refusal): Meaning | undefined => {
  if (message.includes('another operation is already in progress')) return { code: 'busy' };
  if (message.includes('blocked by sync window')) return { code: 'blocked' };
  if (message.includes('application is deleting')) return { code: 'deleting' };
  if (isPassingGitFailure(message)) return { code: 'unavailable' };
  if (status === 401) return unauthenticated(message);
  if (status === 403) return forbidden(message);
  if (status === 500 && WRONG_ARGUMENT.some((words) => message.startsWith(words))) return { code: 'invalid' };
  return undefined;
};

/** The revision is resolved before anything is started; a repository that cannot be reached for a moment is worth another try. */
const isPassingGitFailure = (message: string): boolean =>
  message.includes('error resolving repo revision') &&
  !/unable to resolve|not found|authentication|authorization/i.test(message);

const unauthenticated = (message: string): Meaning =>
  message.includes('username or password')
    ? { code: 'unauthenticated', message: 'the Argo CD API does not accept the user name and password' }
    : {
        code: 'unauthenticated',
        message: 'the Argo CD API does not accept the token',
        hint: 'It may be expired, revoked or of another installation. `argocd account generate-token` makes a new one.',
      };

const forbidden = (message: string): Meaning | undefined => {
  if (message === 'permission denied') {
    return {
      code: 'forbidden',
      message: 'permission denied: the Application does not exist, or the account may not see it',
      hint: 'Check name and namespace, and that the account may `get` applications in its project.',
    };
  }
  const [, policy = '', subject = ''] = DENIED.exec(message) ?? [];
  if (policy === '') return undefined;
  return {
    code: 'forbidden',
    message: `permission denied: ${policy}`,
    hint: `Add the policy "p, ${subject}, ${policy}, allow".`,
  };
};

/** The error that a stream sends as its last line. */
export const streamError = (action: string, value: unknown): ArgoCdError => {
  const error = record(value);
  const status = number(error.http_code) ?? 500;
  const message = oneLine(text(error.message), 300);
  const call = { action, method: 'GET', path: '' } as const;
  const meaning = argocdMeaning({ call, status, message, body: value }) ?? meaningOf(status);
  const words = meaning.message ?? (message === '' ? `the Argo CD API answered ${status}` : message);
  return new ArgoCdError(meaning.code, oneLine(`cannot ${action}: ${words}`, 300), {
    status,
    hint: meaning.hint ?? '',
  });
};
