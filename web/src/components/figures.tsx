import type { ReactNode } from 'react';

/** Numbers, times and codes: left-to-right and in tabular figures in every language. */
export function Figures({ children }: { children: ReactNode }) {
  return (
    <bdi dir="ltr" className="es-figures">
      {children}
    </bdi>
  );
}
