const DEFAULT_PORTS: Readonly<Record<string, string>> = { ssh: '22', https: '443', http: '80', git: '9418' };

/**
 * What two addresses of one repository have in common: host in lower case, port unless it is the scheme's own, and path
 * without `.git` and slashes at the end. Scheme and user are left out, so `git@github.com:o/r.git`,
 * `ssh://git@github.com/o/r` and `https://github.com/o/r` are the same repository; a path differs by its case.
 */
export const normalizeRepository = (address: string): string => {
  const text = address.trim();
  // git's short form of ssh: user@host:path, without a port.
  const short = /^(?:[^@/\s]+@)?([^:/\s]+):(?!\/\/)(.+)$/.exec(text);
  const url = /^([a-z][a-z0-9+.-]*):\/\/(?:[^@/]*@)?([^/:]*)(?::(\d+))?(\/.*)?$/i.exec(text);
  if (url !== null) {
    const scheme = (url[1] ?? '').toLowerCase();
    const port = url[3] === undefined || url[3] === DEFAULT_PORTS[scheme] ? '' : `:${url[3]}`;
    return join(`${url[2] ?? ''}${port}`, url[4] ?? '');
  }
  if (short !== null) return join(short[1] ?? '', short[2] ?? '');
  // No scheme, as OCI registries are often given: host/path.
  const slash = text.indexOf('/');
  return slash < 0 ? join(text, '') : join(text.slice(0, slash), text.slice(slash));
};

const join = (host: string, path: string): string => {
  const trimmed = path
    .replace(/^\/+/, '')
    .replace(/\/+$/, '')
    .replace(/\.git$/i, '');
  return trimmed === '' ? host.toLowerCase() : `${host.toLowerCase()}/${trimmed}`;
};
