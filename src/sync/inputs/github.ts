import type { Reading } from './reading.ts';
import { readBoolean } from './scalars.ts';
import type { GitHubInputs } from './types.ts';

/** GitHub's own limit of an environment's name. */
const ENVIRONMENT_MAX = 255;

/** What is to be done at GitHub, and with which token. */
export const readGitHub = (reading: Reading): GitHubInputs => {
  const token = readToken(reading);
  const deployment = readEnvironment(reading);
  const environmentUrl = readEnvironmentUrl(reading);
  const comment = readBoolean(reading, 'comment', false);
  const needs = (input: string, permissions: string): void => {
    if (reading.given('github-token')) return;
    reading.problem(
      input,
      reading.text(input),
      'needs github-token',
      `Set github-token: \${{ github.token }}, and give the job the permissions ${permissions}.`,
    );
  };
  if (reading.given('deployment')) needs('deployment', 'deployments: write');
  if (comment) needs('comment', 'contents: read and pull-requests: write');
  return { token, deployment, environmentUrl, comment };
};

const readToken = (reading: Reading): string => {
  const token = reading.text('github-token');
  if (token === undefined) return '';
  reading.secret(token);
  if (/^[\x21-\x7e]+$/.test(token)) return token;
  reading.problem(
    'github-token',
    undefined,
    'is no token: it holds blanks or characters that no token has',
    `Use \${{ github.token }}, or a secret with the token alone.`,
  );
  return '';
};

const readEnvironment = (reading: Reading): string => {
  const name = reading.text('deployment');
  if (name === undefined) return '';
  if (/^(?:true|false)$/i.test(name)) {
    reading.problem('deployment', name, 'is no name of an environment', 'Say which, for example deployment: staging.');
    return '';
  }
  // biome-ignore lint/suspicious/noControlCharactersInRegex: exactly those cannot be part of a name.
  if (name.length > ENVIRONMENT_MAX || /[\x00-\x1f\x7f]/.test(name)) {
    reading.problem(
      'deployment',
      name,
      'cannot be the name of an environment',
      `Give one name on one line, of at most ${ENVIRONMENT_MAX} characters.`,
    );
    return '';
  }
  return name;
};

const readEnvironmentUrl = (reading: Reading): string => {
  const given = reading.text('environment-url');
  if (given === undefined) return '';
  if (!reading.given('deployment')) {
    reading.problem(
      'environment-url',
      undefined,
      'is given without deployment, which it is shown with',
      'Set deployment to the name of the environment, or leave environment-url out.',
    );
  }
  const url = URL.canParse(given) ? new URL(given) : undefined;
  if (url?.password) reading.secret(url.password);
  if (url !== undefined && /^https?:$/.test(url.protocol) && url.username === '' && url.password === '') return given;
  reading.problem(
    'environment-url',
    undefined,
    'is no web address',
    'Give a URL such as https://staging.example.com, without a user name in it.',
  );
  return '';
};
