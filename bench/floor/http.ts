import http from 'node:http';
import https from 'node:https';
import { gunzipSync } from 'node:zlib';

/** A bare HTTP client: connections kept alive, no retries, no time limits, no errors told apart. */
export interface BareHttp {
  /** The parsed answer. */
  send(method: string, path: string, headers?: Readonly<Record<string, string>>, body?: string): Promise<unknown>;
  /** Calls `onLine` for each line of an answer without end. Resolves when its headers are there. */
  stream(path: string, headers: Readonly<Record<string, string>>, onLine: (line: string) => void): Promise<void>;
}

export interface BareHttpSettings {
  readonly base: string;
  readonly certificateAuthority: string;
  readonly token: string;
  /** Connections beside the stream. */
  readonly connections: number;
}

export function createBareHttp({ base, certificateAuthority, token, connections }: BareHttpSettings): BareHttp {
  const secure = base.startsWith('https:');
  const options = { keepAlive: true, maxSockets: connections, ca: certificateAuthority };
  const agent = secure ? new https.Agent(options) : new http.Agent(options);
  const { request } = secure ? https : http;
  const common = { authorization: `Bearer ${token}` };

  return {
    send: (method, path, headers = {}, body = '') =>
      new Promise((resolve, reject) => {
        const sent = request(
          base + path,
          {
            method,
            agent,
            headers: {
              ...common,
              'accept-encoding': 'gzip',
              ...headers,
              ...(body === '' ? {} : { 'content-length': Buffer.byteLength(body) }),
            },
          },
          (response) => {
            const chunks: Buffer[] = [];
            response.on('data', (chunk: Buffer) => chunks.push(chunk));
            response.on('end', () => {
              const whole = Buffer.concat(chunks);
              const text = (response.headers['content-encoding'] === 'gzip' ? gunzipSync(whole) : whole).toString(
                'utf8',
              );
              if (response.statusCode !== 200) reject(new Error(`${method} ${path}: ${response.statusCode} ${text}`));
              else resolve(JSON.parse(text));
            });
            response.on('error', reject);
          },
        );
        sent.on('error', reject);
        sent.end(body);
      }),
    stream: (path, headers, onLine) =>
      new Promise((resolve, reject) => {
        const sent = request(base + path, {
          ca: certificateAuthority,
          agent: false,
          headers: { ...common, ...headers },
        });
        sent.on('response', (response) => {
          if (response.statusCode !== 200) reject(new Error(`${path}: ${response.statusCode}`));
          resolve();
          response.on('error', reject);
          let rest = '';
          response.setEncoding('utf8');
          response.on('data', (text: string) => {
            const lines = (rest + text).split('\n');
            rest = lines.pop() ?? '';
            for (const line of lines) onLine(line);
          });
        });
        sent.on('error', reject);
        sent.end();
      }),
  };
}
