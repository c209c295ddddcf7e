import { ReasonDialog } from '../ReasonDialog.tsx';

interface SaveDialogProps {
  readonly onSave: (reason: string) => void;
  readonly onClose: () => void;
}

/** Asks for the reason of a new version. What goes wrong afterwards is said beside the text. */
export function SaveDialog({ onSave, onClose }: SaveDialogProps) {
  return (
    <ReasonDialog
      title="Save a new version"
      explanation="It runs at once. The text before it stays in the history."
      action="Save"
      isBusy={false}
      error={null}
      onDone={onSave}
      onClose={onClose}
    />
  );
}
