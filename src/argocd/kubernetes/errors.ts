import { list, number, record, text } from '../../lib/json.ts';
import { oneLine } from '../../lib/printable.ts';
import { ArgoCdError } from '../errors.ts';
import { type Meaning, meaningOf, type Refusal } from '../http/http.ts';

const FORBIDDEN =
  /cannot (\S+) resource "([^"]+)" in API group "([^"]*)"(?: in the namespace "([^"]+)"| at the cluster scope)?/;

/** What everything this action does needs. */
const VERBS = '["get", "list", "watch", "patch"]';

/** What a refusal of the Kubernetes API means. */
export const kubernetesMeaning = ({ status, message, body }: Refusal): Meaning | undefined => {
  switch (status) {
    case 401:
      return {
        code: 'unauthenticated',
        message: 'the Kubernetes API does not accept the credentials of the kubeconfig',
        hint: 'The token or client certificate may have expired, or belong to another cluster.',
      };
    case 403: {
      const [, , resource = '', group = '', namespace] = FORBIDDEN.exec(message) ?? [];
      if (resource === '') return { code: 'forbidden' };
      const role = namespace === undefined ? 'a ClusterRole' : `a Role in namespace ${namespace}`;
      return {
        code: 'forbidden',
        message: message.replace(/^.* is forbidden: /, ''),
        hint: `Give it ${role} with the rule apiGroups: ["${group}"], resources: ["${resource}"], verbs: ${VERBS}.`,
      };
    }
    case 404:
      // Not a Status: the path itself is not served.
      return text(record(body).kind) === 'Status'
        ? { code: 'not-found' }
        : {
            code: 'not-the-api',
            message: 'the server has no Applications (argoproj.io/v1alpha1)',
            hint: 'Is Argo CD installed in this cluster, and is this the right context?',
          };
    default: {
      const invalidFields = fieldsNotValid(status, body);
      const { code } = meaningOf(status);
      const invalid = invalidFields === undefined ? {} : { invalidFields };
      // A patch that is refused is quoted with the whole object: only what comes after it says why.
      const whole = text(record(body).message);
      const quoted = whole.lastIndexOf('}": ');
      return quoted < 0 || !whole.includes('Invalid value: "{')
        ? { code, ...invalid }
        : { code, message: oneLine(whole.slice(quoted + 4), 300), ...invalid };
    }
  }
};

/**
 * The fields for which the API server calls an object invalid; undefined: it refuses it for something else. The schema names fields in the
 * causes (422), decoding only in its message (400, or 422 for a patch). Admission webhooks and policies may answer with the same codes:
 * they judge who does what, not whether this is an object of its kind.
 */
const fieldsNotValid = (status: number, body: unknown): readonly string[] | undefined => {
  if (status !== 400 && status !== 422) return undefined;
  const message = text(record(body).message);
  if (message.startsWith('admission webhook "')) return undefined;
  const named = list(record(record(body).details).causes).flatMap((cause) => text(record(cause).field) || []);
  const decoding = message.slice(message.lastIndexOf('}": ') + 1);
  const decoded = [...decoding.matchAll(/(?:unknown|duplicate) field "([^"]{1,500})"/g)].flatMap(
    ([, field]) => field ?? [],
  );
  const notDecoded = decoded.length > 0 || decoding.includes(' cannot be handled as a');
  if (named.length === 0 && !notDecoded) return undefined;
  // A patch is called `patch`, and an object as a whole `<nil>`.
  return [...decoded, ...named.filter((field) => field !== 'patch' && field !== '<nil>')];
};

/** The error that a watch sends as its last event. */
export const statusError = (action: string, value: unknown): ArgoCdError => {
  const status = record(value);
  const code = number(status.code) ?? 500;
  const message = oneLine(text(status.message), 300);
  const call = { action, method: 'GET', path: '' } as const;
  const meaning = kubernetesMeaning({ call, status: code, message, body: value }) ?? meaningOf(code);
  const words = meaning.message ?? (message === '' ? `the Kubernetes API answered ${code}` : message);
  return new ArgoCdError(meaning.code, oneLine(`cannot ${action}: ${words}`, 300), {
    status: code,
    hint: meaning.hint ?? '',
  });
};
