import { spawnSync } from 'node:child_process';

/** `npm run story -- --json`, from the build that `npm test` has made: played through HTTP on a server of its own. */
function playStory(): unknown {
  const result = spawnSync(process.execPath, ['dist/src/story.js', '--json'], { encoding: 'utf8' });
  if (result.status !== 0) throw new Error(result.stderr);
  return JSON.parse(result.stdout);
}

describe('the story', () => {
  let story: unknown;
  beforeAll(() => {
    story = playStory();
  }, 120_000);

  // gross: 6×18 + 4×20 + 3×12 + 5×20 + 2×18 + 4×14 + 1×12 + 1×14 = 442.00
  // MRS +(80+100) −(108+14) = +58; BCN +(108+36) −(80+56) = +8; ATH +(56+14) −36 = +34;
  // RJK +12 −36 = −24; LEC +36 −(100+12) = −76. Payments 100.00; (442 − 100) ÷ 442 = 77.38 %.
  it('settles a treasurer’s month to the cent (S6)', () => {
    expect(story).toMatchObject({
      S6: {
        gross: '442.00',
        positions: { MRS: '58.00', BCN: '8.00', ATH: '34.00', RJK: '-24.00', LEC: '-76.00' },
        payments: [
          { from: 'LEC', to: 'MRS', amount: '58.00' },
          { from: 'LEC', to: 'ATH', amount: '18.00' },
          { from: 'RJK', to: 'ATH', amount: '16.00' },
          { from: 'RJK', to: 'BCN', amount: '8.00' },
        ],
        reduction_percent: 77.38,
        proof_holds: true,
      },
    });
  });

  // Inès: 3 days on the visa quota at 20.00 € = 60.00 € owed by her home space; 2 days she pays herself.
  // Léa: 2 days in Tunis at 45.000 TND = 90.000 TND owed by hers. Tunis is never offset.
  it('keeps Tunis and Marseille gross, each in its own currency (S1)', () => {
    expect(story).toMatchObject({
      S1: {
        visits: 5,
        quota_days: 3,
        paid_days: 2,
        paid_net: '40.00',
        payments: expect.arrayContaining([
          { from: 'TUN', to: 'MRS', unit: 'EUR', amount: '60.00' },
          { from: 'MRS', to: 'TUN', unit: 'TND', amount: '90.000' },
        ]),
        proof_holds: true,
      },
    });
    expect((story as { S1: { payments: unknown[] } }).S1.payments).toHaveLength(2);
  });
});
