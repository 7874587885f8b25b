import type { RefObject } from "preact";
import { useEffect, useId, useLayoutEffect } from "preact/hooks";
import { useChat } from "./context";
import { Icon } from "./icons";

export const LIMIT = 2000;
const COUNT_FROM = 1800;

interface Props {
  draft: string;
  onDraft: (text: string) => void;
  onSay: (text: string) => void;
  closed: boolean;
  field: RefObject<HTMLTextAreaElement | null>;
}

/** How many characters a person would count, and the server does: an emoji outside the basic plane is one. */
export function lengthOf(text: string): number {
  return [...text].length;
}

/** Whether this key press ends the message. While an input method composes, Enter belongs to it. */
export function isSend(event: KeyboardEvent): boolean {
  // Safari ends the composition before the key press that ended it; it still says 229 then.
  return event.key === "Enter" && !event.shiftKey && !event.isComposing && event.keyCode !== 229;
}

export function Composer({ draft, onDraft, onSay, closed, field }: Props) {
  const { texts } = useChat();
  const help = useId();
  const used = lengthOf(draft.trim());
  const over = used - LIMIT;
  useLayoutEffect(() => {
    const area = field.current;
    if (!area) return;
    area.style.height = "auto";
    area.style.height = `${area.scrollHeight + 2}px`;
  }, [draft, field]);
  useEffect(() => {
    if (matchMedia("(pointer: fine)").matches && field.current?.closest("[data-page=chat]")) field.current.focus();
  }, [field]);
  const send = () => {
    if (used === 0 || over > 0 || closed) return;
    onSay(draft.trim());
    onDraft("");
    field.current?.focus();
  };
  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <div class="composer-row">
        <textarea
          ref={field}
          rows={1}
          value={draft}
          disabled={closed}
          aria-label={texts.composer}
          aria-describedby={help}
          aria-invalid={over > 0}
          placeholder={texts.placeholder}
          enterkeyhint="send"
          autocomplete="off"
          onInput={(event) => onDraft(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (!isSend(event)) return;
            event.preventDefault();
            send();
          }}
        />
        <button type="submit" class="button send" disabled={closed} aria-disabled={used === 0 || over > 0}>
          <Icon name="send" />
          <span>{texts.send}</span>
        </button>
      </div>
      <p class={over > 0 ? "composer-help error" : "composer-help"} id={help} aria-live={over > 0 ? "polite" : "off"}>
        {over > 0 ? texts.tooLong(over) : used >= COUNT_FROM ? texts.count(used, LIMIT) : texts.hint}
      </p>
    </form>
  );
}
