/** An address as given, taken apart far enough to say what is wrong with it. `secret` must be masked. */
export type ServerUrl =
  | { readonly kind: 'ok'; readonly url: string }
  | {
      readonly kind: 'invalid';
      /** False: the value holds something that must not be shown. */
      readonly show: boolean;
      readonly secret: string;
      readonly problem: string;
      readonly remedy: string;
    };

const FORMS = 'Say a host (argocd.example.com), host:port, or a URL (https://example.com/argocd).';

/**
 * Reads an address of people: `host`, `host:port`, `https://host/root`, `http://host`. Without a scheme it is https.
 * The answer has scheme, host, port where it is not the scheme's own, and root path, without a slash at the end.
 */
export const parseServerUrl = (text: string): ServerUrl => {
  const invalid = (problem: string, remedy: string = FORMS): ServerUrl => ({
    kind: 'invalid',
    show: true,
    secret: '',
    problem,
    remedy,
  });
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(text);
  if (scheme !== null && !/^https?$/i.test(scheme[1] ?? '')) {
    return invalid(`has the scheme ${scheme[1]}`, 'Say a URL that begins with https:// or http://.');
  }
  if (/\s/.test(text)) return invalid('holds blanks');
  const full = scheme === null ? `https://${text}` : text;
  if (!URL.canParse(full)) return invalid('is no host or URL');
  const url = new URL(full);
  if (url.username !== '' || url.password !== '') {
    return {
      kind: 'invalid',
      show: false,
      secret: decode(url.password === '' ? url.username : url.password),
      problem: 'holds credentials',
      remedy: 'Give the address alone; give the token or the username and password in their own inputs.',
    };
  }
  if (url.search !== '' || url.hash !== '') {
    return invalid('holds a query or fragment', 'Give the address of the start page, without ? and #.');
  }
  return { kind: 'ok', url: `${url.protocol}//${url.host}${url.pathname.replace(/\/+$/, '')}` };
};

const decode = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};
