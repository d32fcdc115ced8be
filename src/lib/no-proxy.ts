import { BlockList, isIP } from 'node:net';

/**
 * Whether `NO_PROXY` excludes a host from the proxy, read as the tools of this field (Go's net/http, curl) read it: entries
 * separated by commas or spaces; `*` is everything; `example.com` is that host and all below it; `.example.com` and
 * `*.example.com` are all below it; an IP address; a network such as `10.0.0.0/8`; each with an optional `:port`.
 */
export const bypassesProxy = (url: URL, noProxy: string): boolean => {
  const host = url.hostname.replace(/^\[|\]$/g, '').toLowerCase();
  const port = url.port === '' ? (url.protocol === 'https:' ? '443' : '80') : url.port;
  return noProxy
    .split(/[\s,]+/)
    .filter((entry) => entry !== '')
    .some((entry) => matches(host, port, entry.toLowerCase()));
};

const matches = (host: string, port: string, entry: string): boolean => {
  if (entry === '*') return true;
  if (entry.includes('/')) return inNetwork(host, entry);
  const { name, port: wanted } = splitPort(entry);
  if (wanted !== '' && wanted !== port) return false;
  if (isIP(name) !== 0 || isIP(host) !== 0) return name === host;
  const domain = name.replace(/^\*?\./, '');
  return host.endsWith(`.${domain}`) || (domain === name && host === domain);
};

const splitPort = (entry: string): { readonly name: string; readonly port: string } => {
  const bracketed = /^\[([^\]]*)\](?::(\d+))?$/.exec(entry);
  if (bracketed !== null) return { name: bracketed[1] ?? '', port: bracketed[2] ?? '' };
  if (isIP(entry) !== 0) return { name: entry, port: '' };
  const colon = entry.lastIndexOf(':');
  return colon === -1 ? { name: entry, port: '' } : { name: entry.slice(0, colon), port: entry.slice(colon + 1) };
};

const inNetwork = (host: string, entry: string): boolean => {
  const [network = '', bits = ''] = entry.split('/');
  const family = isIP(network);
  const size = Number(bits);
  if (family === 0 || isIP(host) !== family || bits === '' || !(size >= 0 && size <= (family === 4 ? 32 : 128)))
    return false;
  const type = family === 4 ? 'ipv4' : 'ipv6';
  const list = new BlockList();
  list.addSubnet(network, size, type);
  return list.check(host, type);
};
