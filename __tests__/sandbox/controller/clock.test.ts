import { expect, test } from '@jest/globals';
import { createVirtualClock, stamp } from '../../../sandbox/controller/clock.ts';

test('timers run in the order of their times, equal ones in the order they were started', () => {
  const clock = createVirtualClock(1000);
  const ran: string[] = [];
  clock.after(20, () => ran.push(`b at ${clock.now()}`));
  clock.after(10, () => {
    ran.push(`a at ${clock.now()}`);
    clock.after(10, () => ran.push(`d at ${clock.now()}`));
    clock.after(0, () => ran.push(`now at ${clock.now()}`));
  });
  clock.after(20, () => ran.push(`c at ${clock.now()}`));
  clock.after(15, () => ran.push('never')).cancel();
  clock.after(31, () => ran.push('too late'));
  clock.advance(30);
  expect(ran).toEqual(['a at 1010', 'now at 1010', 'b at 1020', 'c at 1020', 'd at 1020']);
  expect([clock.now(), clock.waiting]).toEqual([1030, 1]);
});

test('stamps are in whole seconds', () => {
  expect(stamp(Date.parse('2026-11-20T11:00:00.999Z'))).toBe('2026-11-20T11:00:00Z');
});
