import { useEffect, useId, useRef, useState } from "preact/hooks";
import { useChat } from "./context";

/** Asks before a new conversation puts the present one away; tells when it could not be started. */
export function ConfirmNew({ onConfirm, onClose }: { onConfirm: () => Promise<void>; onClose: () => void }) {
  const { texts } = useChat();
  const dialog = useRef<HTMLDialogElement>(null);
  const [failed, setFailed] = useState(false);
  const title = useId();
  useEffect(() => dialog.current?.showModal(), []);
  const confirm = async () => {
    try {
      await onConfirm();
      dialog.current?.close();
    } catch {
      setFailed(true);
    }
  };
  return (
    <dialog ref={dialog} class="dialog" aria-labelledby={title} onClose={onClose}>
      <p class="dialog-title" id={title}>
        {texts.newConversationTitle}
      </p>
      <p>{texts.newConversationText}</p>
      {failed && (
        <p class="error" role="alert">
          {texts.newConversationFailed}
        </p>
      )}
      <div class="dialog-buttons">
        <button type="button" class="button secondary" onClick={() => dialog.current?.close()}>
          {texts.cancel}
        </button>
        <button type="button" class="button" onClick={confirm}>
          {texts.newConversationYes}
        </button>
      </div>
    </dialog>
  );
}
