import type { Identity } from './port.ts';

/** Who the commits are made by: the account of GitHub Actions. The author is who started the workflow. */
export const COMMITTER: Identity = {
  name: 'github-actions[bot]',
  email: '41898282+github-actions[bot]@users.noreply.github.com',
};

/** What Git cuts out of a name or an address, and what would end a line. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: it is these that are removed.
const CRUD = /[\u0000-\u001f\u007f<>]/g;

/**
 * The actor of the workflow as an author: `NAME <id+NAME@users.noreply.github.com>`, the address by which GitHub knows its accounts.
 * On another host (`serverUrl`, `GITHUB_SERVER_URL`) the address is of that host. Without an actor: {@link COMMITTER}.
 */
export const actorIdentity = (actor: string, actorId: string, serverUrl: string): Identity => {
  const name = actor.replace(CRUD, '').trim();
  if (name === '') return COMMITTER;
  const id = /^[0-9]+$/.test(actorId) ? `${actorId}+` : '';
  const host = URL.parse(serverUrl)?.hostname || 'github.com';
  return { name, email: `${id}${name.replaceAll(' ', '-')}@users.noreply.${host}` };
};
