import type { Tone } from './verdict.rules';

/** A melody per tone: rising is yes, flat is wait, falling is no. [hertz, from, until] in seconds. */
const MELODIES: Record<Tone, readonly (readonly [number, number, number])[]> = {
  in: [
    [660, 0, 0.12],
    [990, 0.12, 0.3],
  ],
  check: [
    [660, 0, 0.12],
    [660, 0.18, 0.3],
  ],
  wait: [[440, 0, 0.35]],
  no: [
    [330, 0, 0.18],
    [220, 0.18, 0.5],
  ],
};
const VIBRATIONS: Record<Tone, number[]> = {
  in: [60],
  check: [60, 60, 60],
  wait: [200],
  no: [120, 60, 120, 60, 120],
};
const VOLUME = 0.15;
const MUTED_KEY = 'escale.door-muted';

let audio: AudioContext | undefined;

export const isMuted = (): boolean => localStorage.getItem(MUTED_KEY) === '1';
export const mute = (isOn: boolean): void => localStorage.setItem(MUTED_KEY, isOn ? '1' : '0');

/** Heard and felt, so that staff need not look at the screen. */
export function signal(tone: Tone): void {
  navigator.vibrate?.(VIBRATIONS[tone]);
  if (isMuted()) return;
  audio ??= new AudioContext();
  for (const [hertz, from, until] of MELODIES[tone]) play(audio, hertz, { from, until });
}

function play(context: AudioContext, hertz: number, { from, until }: { from: number; until: number }): void {
  const gain = new GainNode(context, { gain: VOLUME });
  const tone = new OscillatorNode(context, { frequency: hertz, type: 'triangle' });
  tone.connect(gain).connect(context.destination);
  tone.start(context.currentTime + from);
  tone.stop(context.currentTime + until);
}
