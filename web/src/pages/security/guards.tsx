import { useEffect, useState } from 'react';
import { answerProof, isProofAsked, PROOF_ASKED } from '../../api/proof';
import { useSession } from '../../api/session';
import { LookingBanner } from './looking-banner';
import { ProofDialog } from './proof-dialog';

/** Above every page: an operator who sees what somebody sees, and the question who it is before what cannot be undone. */
export function Guards() {
  const { data: session } = useSession();
  return (
    <>
      {session?.seenBy && <LookingBanner name={session.person.name} {...session.seenBy} />}
      <ProofWhenAsked />
    </>
  );
}

function ProofWhenAsked() {
  const [isAsked, setAsked] = useState(isProofAsked);
  useEffect(() => {
    const ask = () => setAsked(true);
    addEventListener(PROOF_ASKED, ask);
    return () => removeEventListener(PROOF_ASKED, ask);
  }, []);
  if (!isAsked) return null;
  const done = (isProved: boolean) => {
    setAsked(false);
    answerProof(isProved);
  };
  return <ProofDialog onDone={done} />;
}
