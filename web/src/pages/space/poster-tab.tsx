import { Trans, useLingui } from '@lingui/react/macro';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { PosterView } from '@wire/checkin/desk.schema.js';
import { newId } from '@wire/kernel/ids.js';
import { ApiProblem, call } from '../../api/call';
import { Tile } from '../../brand/tile';
import { QrCode } from '../../components/qr-code';
import { FormFault } from '../../components/say-form';
import { useOffice } from './rights';
import './poster-tab.css';

/** One page of paper for the door: guests scan it with their own phone. */
export function PosterTab() {
  const { space } = useOffice();
  const queries = useQueryClient();
  const queryKey = ['space', space.id, 'poster'];
  const poster = useQuery({
    queryKey,
    queryFn: () => call(`/v1/spaces/${space.id}/poster`, { returns: PosterView }).catch(noneYet),
  });
  const make = useMutation({
    mutationFn: () =>
      call(`/v1/posters/${newId()}`, { method: 'PUT', body: { spaceId: space.id }, returns: PosterView }),
    onSuccess: (made) => queries.setQueryData(queryKey, made),
  });
  return (
    <section className="poster-tab">
      <div className="poster-acts">
        <h1>
          <Trans>Poster for the door</Trans>
        </h1>
        <p>
          <Trans>
            Guests scan it in Escale, on the page of their pass, and are checked in. Hang it where only guests
            who are there can see it; a new one ends the one before.
          </Trans>
        </p>
        <FormFault error={poster.error ?? make.error} />
        {poster.data && (
          <button type="button" className="pill pill-strong" onClick={() => print()}>
            <Trans>Print</Trans>
          </button>
        )}
        <button type="button" className="pill" disabled={make.isPending} onClick={() => make.mutate()}>
          {poster.data ? <Trans>Make a new one</Trans> : <Trans>Make the poster</Trans>}
        </button>
      </div>
      {poster.data && <Sheet code={poster.data.code} />}
    </section>
  );
}

function Sheet({ code }: { code: string }) {
  const { t } = useLingui();
  const { space } = useOffice();
  return (
    <article className="poster">
      <Tile id={space.id} className="poster-tile" />
      <h2 className="es-flare">{space.name}</h2>
      <p className="poster-city">{space.city}</p>
      <QrCode text={code} label={t`Poster code of ${space.name}`} />
      <p className="poster-how">
        <Trans>Open Escale, then your pass, then “Scan the door”.</Trans>
      </p>
      <p className="poster-brand es-flare" lang="fr">
        Escale
      </p>
    </article>
  );
}

function noneYet(error: unknown): null {
  if (error instanceof ApiProblem && error.code === 'poster.not_found') return null;
  throw error;
}
