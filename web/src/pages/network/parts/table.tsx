import type { ReactNode } from 'react';

/** A table that scrolls by itself where it is too wide, and can be scrolled by keys. */
export function WideTable({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="wide-table" role="region" aria-label={label} tabIndex={0}>
      <table className="net-table">{children}</table>
    </div>
  );
}

export function Empty({ children }: { children: ReactNode }) {
  return <p className="net-empty">{children}</p>;
}
