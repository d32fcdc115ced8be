import { EventEmitter } from 'node:events';
import { Agent, type IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { closeIdle } from '../../../src/argocd/http/idle.ts';

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

const socket = () => {
  const calls: string[] = [];
  const note = (name: string) => () => void calls.push(name);
  return Object.assign(new EventEmitter(), {
    calls,
    destroy: note('destroy'),
    unref: note('unref'),
    setKeepAlive: note('setKeepAlive'),
  });
};

const begin = (idleMs: number) => {
  const free: Socket[] = [];
  const agent = Object.assign(new Agent(), { freeSockets: { 'the server': free } });
  const idle = closeIdle(agent, idleMs);
  return {
    heard: (one: unknown, keepAlive: string) =>
      idle.heard({ socket: one, rawHeaders: ['Date', 'x', 'Keep-Alive', keepAlive] } as unknown as IncomingMessage),
    /** What Node.js does when an answer was read. */
    release: (one: unknown): unknown => {
      const kept = Reflect.apply(agent.keepSocketAlive, agent, [one]) as unknown;
      if (kept === true) free.push(one as Socket);
      return kept;
    },
    take: () => free.pop(),
    stop: () => idle.stop(),
  };
};

describe('an idle connection', () => {
  test('is closed when its time has come, not before', () => {
    const agent = begin(20_000);
    const [first, second] = [socket(), socket()];
    agent.release(first);
    jest.advanceTimersByTime(5_000);
    agent.release(second);
    jest.advanceTimersByTime(14_999);
    expect(first.calls).not.toContain('destroy');
    jest.advanceTimersByTime(1);
    expect(first.calls).toContain('destroy');
    expect(second.calls).not.toContain('destroy');
    jest.advanceTimersByTime(5_000);
    expect(second.calls).toContain('destroy');
  });

  test('has all its time again after it was used, and is left alone while it is', () => {
    const agent = begin(20_000);
    const one = socket();
    agent.release(one);
    jest.advanceTimersByTime(15_000);
    agent.take();
    jest.advanceTimersByTime(60_000);
    agent.release(one);
    jest.advanceTimersByTime(19_999);
    expect(one.calls).not.toContain('destroy');
    jest.advanceTimersByTime(1);
    expect(one.calls).toContain('destroy');
  });

  test('is closed before the server does it, where the server has said when', () => {
    const agent = begin(20_000);
    const [first, second] = [socket(), socket()];
    agent.release(second);
    agent.heard(first, 'timeout=5, max=100');
    agent.release(first);
    jest.advanceTimersByTime(3_999);
    expect(first.calls).not.toContain('destroy');
    jest.advanceTimersByTime(1);
    expect(first.calls).toContain('destroy');
    expect(second.calls).not.toContain('destroy');
  });

  test('is kept no longer than we want where the server would', () => {
    const agent = begin(20_000);
    const one = socket();
    agent.heard(one, 'timeout=600');
    agent.release(one);
    jest.advanceTimersByTime(20_000);
    expect(one.calls).toContain('destroy');
  });

  test.each(['timeout=1', 'timeout=0'])('is not kept where the server closes it at once: %s', (said) => {
    const agent = begin(20_000);
    const one = socket();
    agent.heard(one, said);
    expect(agent.release(one)).toBe(false);
  });

  test('leaves no timer behind, and is not kept, when all is over', () => {
    const agent = begin(20_000);
    agent.release(socket());
    agent.stop();
    expect(jest.getTimerCount()).toBe(0);
    expect(agent.release(socket())).toBe(false);
    expect(jest.getTimerCount()).toBe(0);
  });

  test('keeps no process, and asks the system to find out whether it lives, once', () => {
    const agent = begin(20_000);
    const one = socket();
    agent.release(one);
    agent.take();
    agent.release(one);
    expect(one.calls.filter((call) => call === 'setKeepAlive')).toHaveLength(1);
    expect(one.calls.filter((call) => call === 'unref')).toHaveLength(2);
  });
});
