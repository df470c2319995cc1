import { Trans } from '@lingui/react/macro';
import { Temporal } from '@wire/kernel/time.js';
import { useEffect, useState } from 'react';
import { serverNowMs } from '../../api/call';
import { Figures } from '../../components/figures';

const SECOND_MS = 1000;
const SECONDS_PER_MINUTE = 60;
const MINUTES_PER_HOUR = 60;

/** Counts down by the server's clock, silently: read aloud it would drown all else. */
export function TimeLeft({ until }: { until: string }) {
  const secondsLeft = () =>
    Math.max(0, Math.floor((Temporal.Instant.from(until).epochMilliseconds - serverNowMs()) / SECOND_MS));
  const [seconds, setSeconds] = useState(secondsLeft);
  useEffect(() => {
    const ticking = setInterval(() => setSeconds(secondsLeft()), SECOND_MS);
    return () => clearInterval(ticking);
  }, [until]);
  const left = <Figures>{clock(seconds)}</Figures>;
  return (
    <p role="timer" aria-live="off">
      {seconds === 0 ? (
        <Trans>Your time to answer is over.</Trans>
      ) : (
        <Trans>{left} left to answer; then it goes to the next in line.</Trans>
      )}
    </p>
  );
}

function clock(seconds: number): string {
  const minutes = Math.floor(seconds / SECONDS_PER_MINUTE);
  const two = (count: number) => String(count).padStart(2, '0');
  const tail = `${two(minutes % MINUTES_PER_HOUR)}:${two(seconds % SECONDS_PER_MINUTE)}`;
  return minutes < MINUTES_PER_HOUR ? tail : `${Math.floor(minutes / MINUTES_PER_HOUR)}:${tail}`;
}
