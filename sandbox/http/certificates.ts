import { readFileSync } from 'node:fs';

/**
 * The test certificates of the sandbox, as PEM. They are committed and therefore public; `certificates/generate.sh`
 * makes them anew. The keys of the authorities do not exist any more.
 */
export interface TestCertificates {
  /** Signed `server` and `client`. */
  readonly authority: string;
  /** For localhost, 127.0.0.1 and ::1. */
  readonly server: KeyPair;
  /** For the same hosts, but signed by an authority nobody knows. */
  readonly strangerServer: KeyPair;
  /** For the account `admin` (its common name). */
  readonly client: KeyPair;
}

export interface KeyPair {
  readonly certificate: string;
  readonly key: string;
}

/** Reads the certificates from disk. */
export function readCertificates(): TestCertificates {
  const pair = (name: string) => ({ certificate: read(`${name}.crt`), key: read(`${name}.key`) });
  return {
    authority: read('authority.crt'),
    server: pair('server'),
    strangerServer: pair('stranger-server'),
    client: pair('client'),
  };
}

function read(name: string): string {
  return readFileSync(new URL(`certificates/${name}`, import.meta.url), 'utf8');
}
