import type { Agent, AgentOptions } from 'node:http';
import { HttpProxyAgent } from 'http-proxy-agent';
import { HttpsProxyAgent } from 'https-proxy-agent';
import { SocksProxyAgent } from 'socks-proxy-agent';

/** The ways through a proxy: a module of its own, so that it is loaded only where there is one. */

/** Connections through `proxy`: a tunnel for what is encrypted (`secure`), otherwise the proxy is asked for the whole address. */
export const createProxyAgent = (proxy: URL, secure: boolean, options: AgentOptions): Agent => {
  if (proxy.protocol.startsWith('socks')) return new SocksProxyAgent(proxy, options);
  return secure ? new HttpsProxyAgent(proxy, options) : new HttpProxyAgent(proxy, options);
};
