/** D: codes that were tampered with, and tablets whose clocks are wrong. */
import { Temporal } from '../dist/src/kernel/time.js';
import { pick } from './faults.mjs';
import { openDoor, openDoors, outcomesOf, uploadAll } from './tablets.mjs';

export const D3 = {
  id: 'D3',
  promise: 'a code that was changed anywhere opens no door',
  smoke: { mutants: 2_000 },
  full: { mutants: 40_000 },
  async run({ stage, random, amount: { mutants } }) {
    const doors = await openDoors(stage);
    const guests = await stage.scene.guests(10);
    const now = Temporal.Now.instant();
    const codes = await Promise.all(guests.map((guest) => guest.show(doors[0].spaceId, now)));
    const good = (await Promise.all(codes.map((code) => doors[0].judgeAt(code, now)))).filter(
      ({ ok }) => ok,
    ).length;
    const wrong = [];
    const refusals = new Set();
    for (let number = 0; number < mutants; number += 1) {
      const code = mutated(random, pick(random, codes), pick(random, codes));
      if (codes.includes(code)) continue;
      const verdict = await doors[0].judgeAt(code, now);
      if (verdict.ok) wrong.push(`let in: ${code}`);
      else refusals.add(verdict.refusal);
    }
    const elsewhere = await Promise.all(codes.map((code) => doors[1].judgeAt(code, now)));
    if (elsewhere.some(({ ok }) => ok)) wrong.push('a code of one door opened another');
    return {
      wrong,
      figure: `${mutants} changed codes, none let in, ${refusals.size} reasons (${[...refusals].toSorted((a, b) => a.localeCompare(b)).join(', ')}); ${good} of ${codes.length} unchanged ones let in`,
      coverage: { good: [good, codes.length], reasons: [refusals.size, 5] },
    };
  },
};

const LETTERS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:';

/** A letter changed, two exchanged, a piece cut out, doubled or taken from another code. */
function mutated(random, code, other) {
  const at = 5 + Math.floor(random() * (code.length - 10));
  const length = 1 + Math.floor(random() * 6);
  return pick(random, [
    () => code.slice(0, at) + pick(random, LETTERS) + code.slice(at + 1),
    () => code.slice(0, at) + code[at + 1] + code[at] + code.slice(at + 2),
    () => code.slice(0, at) + code.slice(at + length),
    () => code.slice(0, at + length) + code.slice(at),
    () => code.slice(0, at) + other.slice(at),
    () => code.slice(0, at).toLowerCase() + code.slice(at),
  ])();
}

/** By how much a tablet's clock is wrong, and whether it then lets in a guest whose own clock is right. */
const CLOCKS = [
  ...[-172_800, -3_600, -120, 120, 3_600, 172_800].map((seconds) => ({ seconds, opens: false })),
  ...[-15, -5, 0, 5, 15, 29].map((seconds) => ({ seconds, opens: true })),
  { seconds: 0.05 * 300, opens: true }, // five in a hundred too fast, five minutes after it was set
  { seconds: 0.05 * 3_600, opens: false }, // … and an hour after
];

export const D6 = {
  id: 'D6',
  promise: 'a tablet whose clock is wrong lets in within the half-minute that it may, and nobody beyond',
  smoke: { guests: 1 },
  full: { guests: 5 },
  async run({ stage, history, random, amount: { guests: each } }) {
    const wrong = [];
    const seen = { opened: 0, shut: 0 };
    const scans = [];
    for (const { seconds: ahead, opens } of CLOCKS) {
      const door = await openDoor(stage, pick(random, stage.scene.doors), { seconds: ahead });
      for (const guest of await stage.scene.guests(each)) {
        const scan = await door.read(guest, Temporal.Now.instant().subtract({ minutes: 5 }));
        if ((scan !== null) !== opens)
          wrong.push(`clock wrong by ${ahead} s: ${scan ? 'let in' : 'refused'}`);
        seen[scan ? 'opened' : 'shut'] += 1;
        if (scan) scans.push(scan);
      }
    }
    await uploadAll(stage, history, { scans, random });
    const outcomes = await outcomesOf(stage, scans);
    const lost = scans.filter(({ id }) => outcomes.get(id)?.outcome !== 'CONFIRMED');
    if (lost.length > 0) wrong.push(`${lost.length} of ${scans.length} guests who were let in have no visit`);
    return {
      wrong,
      figure: `${CLOCKS.length} clocks from two days behind to two ahead: ${seen.opened} let in and counted, ${seen.shut} refused`,
      coverage: { opened: [seen.opened, 7 * each], shut: [seen.shut, 7 * each] },
    };
  },
};
