import { enumerate } from '../../lib/text.ts';
import type { Common } from './common-connection.ts';
import type { Reading } from './reading.ts';
import { parseServerUrl } from './server-url.ts';
import type { ServerConnection } from './types.ts';

export const SERVER_INPUTS = ['argocd-server', 'argocd-auth-token', 'argocd-username', 'argocd-password'] as const;

/** Address and credentials of the Argo CD API, from the inputs or ARGOCD_SERVER and ARGOCD_AUTH_TOKEN. Undefined when a problem was reported. */
export const readServer = (reading: Reading, common: Common): ServerConnection | undefined => {
  const given = reading.text('argocd-server');
  const address = given ?? reading.variable('ARGOCD_SERVER');
  const token = reading.text('argocd-auth-token');
  const username = reading.text('argocd-username');
  const password = reading.text('argocd-password');
  let server: string | undefined;
  if (address === undefined) {
    const present = enumerate(SERVER_INPUTS.filter((name) => reading.given(name)));
    reading.problem(
      'argocd-server',
      undefined,
      `is missing, but ${present} is given`,
      'Give the address of Argo CD, for example argocd.example.com.',
    );
  } else {
    const url = parseServerUrl(address);
    if (url.kind === 'ok') server = url.url;
    else {
      reading.secret(url.secret);
      reading.problem(
        given === undefined ? 'ARGOCD_SERVER' : 'argocd-server',
        url.show ? address : undefined,
        url.problem,
        url.remedy,
      );
    }
  }
  if (server?.startsWith('http://')) refuseTlsInputs(reading, server);
  if (token !== undefined && (username !== undefined || password !== undefined)) {
    reading.problem(
      'argocd-auth-token',
      undefined,
      `is given together with ${username === undefined ? 'argocd-password' : 'argocd-username'}`,
      'Give either argocd-auth-token, or argocd-username and argocd-password.',
    );
    return undefined;
  }
  if (username !== undefined || password !== undefined) {
    if (username === undefined || password === undefined) {
      const [has, lacks] =
        username === undefined ? ['argocd-password', 'argocd-username'] : ['argocd-username', 'argocd-password'];
      reading.problem(
        has,
        undefined,
        `is given without ${lacks}`,
        secretHint(lacks === 'argocd-password', 'Give both.'),
      );
      return undefined;
    }
    return server === undefined
      ? undefined
      : { ...common, mode: 'argocd', server, credentials: { kind: 'password', username, password } };
  }
  const found = token ?? reading.variable('ARGOCD_AUTH_TOKEN');
  if (found === undefined) {
    reading.problem(
      'argocd-auth-token',
      undefined,
      'is missing',
      secretHint(true, 'Give it, or argocd-username and argocd-password, or set ARGOCD_AUTH_TOKEN.'),
    );
    return undefined;
  }
  reading.secret(found);
  if (/\s/.test(found)) {
    reading.problem(
      token === undefined ? 'ARGOCD_AUTH_TOKEN' : 'argocd-auth-token',
      undefined,
      'holds blanks or line breaks',
      'Give the token alone, as argocd account generate-token prints it.',
    );
    return undefined;
  }
  return server === undefined
    ? undefined
    : { ...common, mode: 'argocd', server, credentials: { kind: 'token', token: found } };
};

const secretHint = (secret: boolean, remedy: string): string =>
  secret ? `${remedy} An empty secret is often one that this event or environment may not read.` : remedy;

const refuseTlsInputs = (reading: Reading, server: string): void => {
  const given = ['certificate-authority', 'client-certificate', 'client-key'].filter((name) => reading.given(name));
  if (readsTrue(reading, 'insecure-skip-tls-verify')) given.push('insecure-skip-tls-verify');
  for (const name of given) {
    reading.problem(
      name,
      undefined,
      `has no effect, because argocd-server is ${server}`,
      'Say https:// or leave it out.',
    );
  }
};

const readsTrue = (reading: Reading, name: string): boolean => reading.text(name)?.toLowerCase() === 'true';
