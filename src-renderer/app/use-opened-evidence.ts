import { useNavigate } from '@tanstack/react-router';
import { useEffect } from 'react';
import { callApi } from '../api/client.ts';
import { toast } from '../ui/toast.ts';
import { importsLink } from '../workbench/links.ts';

/** Imports what was opened through the system (a double click on a file, a second start), on whatever screen. */
export function useOpenedEvidence(): void {
  const navigate = useNavigate();
  useEffect(
    () =>
      window.harrier?.onOpenEvidence((paths) => {
        callApi('startImport', { body: { paths: [...paths] } }).then(
          ({ id }) => void navigate(importsLink(id)),
          () => {
            // The import screen takes paths too, and says there what is wrong.
            toast('The opened files could not be imported. Add them on the Import screen.');
            void navigate(importsLink());
          },
        );
      }),
    [navigate],
  );
}
