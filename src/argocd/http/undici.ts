/**
 * The parts of undici that are used. Its main entry loads caches, mocks, fetch and WebSockets as well: twice as much code to
 * read at the start of every run.
 */
import api from 'undici/lib/api/index.js';
import Agent from 'undici/lib/dispatcher/agent.js';
import Dispatcher from 'undici/lib/dispatcher/dispatcher.js';
import ProxyAgent from 'undici/lib/dispatcher/proxy-agent.js';

// As its main entry does: `request` and `connect` of every dispatcher.
Object.assign(Dispatcher.prototype, api);

export { Agent, ProxyAgent };
