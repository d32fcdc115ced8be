import { expect, test } from '@jest/globals';
import type { Reply } from '../../../sandbox/http/exchange.ts';
import { sendParts } from '../../../sandbox/server/answers.ts';

function recordReply(closesAfter = Number.POSITIVE_INFINITY) {
  const seen = { sent: [] as string[], pieces: [] as number[], ended: false };
  const reply: Reply = {
    send: (_status, body) => void seen.sent.push(body),
    json: () => undefined,
    stream: () => ({
      write: (piece) => void seen.pieces.push(piece.length),
      end: () => {
        seen.ended = true;
      },
    }),
    get closed() {
      return seen.pieces.length >= closesAfter;
    },
    onClose: () => undefined,
  };
  return { reply, seen };
}

const MEGABYTE = 'x'.repeat(1024 * 1024);

test('what fits is sent as one answer', async () => {
  const { reply, seen } = recordReply();
  await sendParts(reply, ['a', 'b', 'c']);
  expect(seen).toEqual({ sent: ['abc'], pieces: [], ended: false });
});

test('what is too long for one text goes out in pieces', async () => {
  const { reply, seen } = recordReply();
  await sendParts(
    reply,
    Array.from({ length: 70 }, () => MEGABYTE),
  );
  expect(seen.sent).toEqual([]);
  expect(seen.pieces.length).toBeGreaterThan(5);
  expect(seen.pieces.reduce((sum, length) => sum + length, 0)).toBe(70 * MEGABYTE.length);
  expect(seen.ended).toBe(true);
});

test('nothing more is made for a client that has gone', async () => {
  const { reply, seen } = recordReply(1);
  let made = 0;
  function* parts() {
    for (; made < 1000; made += 1) yield MEGABYTE;
  }
  await sendParts(reply, parts());
  expect(made).toBeLessThan(100);
  expect(seen.ended).toBe(false);
});
