import type { ReactNode } from 'react';
import { Tile } from '../../brand/tile';
import './sign-in-page.css';

/** The frame of every page that somebody meets before they are in: a tile, a title, one thing to do. */
export function AccountCard({ id, title, children }: { id: string; title: ReactNode; children: ReactNode }) {
  return (
    <section className="sign-in">
      <Tile id={id} className="sign-in-tile" />
      <div className="sign-in-form">
        <h1>{title}</h1>
        {children}
      </div>
    </section>
  );
}
