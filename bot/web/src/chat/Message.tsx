import { memo } from "preact/compat";
import { useMemo } from "preact/hooks";
import type { FeedbackValue, MessageFrame } from "../frames";
import { maskNumbers } from "../mask";
import type { Unsent } from "../outbox";
import type { Texts } from "../texts";
import { timeOf } from "../time";
import { readWidget } from "../widgets";
import { useChat } from "./context";
import { Icon } from "./icons";
import { RichText } from "./RichText";
import { WidgetView } from "./Widgets";

interface Props {
  message: MessageFrame;
  /** No later word of the citizen's: offers still make sense. */
  current: boolean;
  signedIn: boolean;
  onSay: (text: string) => void;
  onRate: (seq: number, value: FeedbackValue) => void;
}

function speaker(from: MessageFrame["from"], texts: Texts): string {
  return { citizen: texts.you, assistant: texts.assistant, staff: texts.staff, system: texts.system }[from];
}

/** One stored message of anybody. */
export const Message = memo(({ message, current, signedIn, onSay, onRate }: Props) => {
  const { texts } = useChat();
  const widget = useMemo(() => readWidget(message.custom), [message.custom]);
  const wide = widget !== undefined && widget.type !== "sign_in";
  return (
    <div class={`message ${message.from}${wide ? " wide" : ""}`} data-from={message.from} data-seq={message.seq}>
      <p class={message.from === "staff" ? "speaker" : "visually-hidden"}>
        {texts.saidBy(speaker(message.from, texts))}
      </p>
      <div class="bubble">
        {widget ? (
          <WidgetView widget={widget} current={current} signedIn={signedIn} onSay={onSay} />
        ) : (
          <RichText text={message.text} />
        )}
      </div>
      <div class="message-foot">
        <time dateTime={message.at}>{timeOf(message.at)}</time>
        {message.from === "assistant" && <Thumbs message={message} onRate={onRate} />}
      </div>
      {current && message.buttons.length > 0 && (
        <ul class="quick-replies" aria-label={texts.quickReplies}>
          {message.buttons.map((button) => (
            <li key={button.title}>
              <button type="button" class="button secondary" onClick={() => onSay(button.payload)}>
                {button.title}
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
});

function Thumbs({ message, onRate }: { message: MessageFrame; onRate: Props["onRate"] }) {
  const { texts } = useChat();
  const thumb = (value: "up" | "down", label: string) => {
    const pressed = message.feedback === value;
    return (
      <button
        type="button"
        class="thumb"
        aria-pressed={pressed}
        aria-label={label}
        title={label}
        onClick={() => onRate(message.seq, pressed ? "none" : value)}
      >
        <Icon name={value} />
      </button>
    );
  };
  return (
    <span class="thumbs">
      {thumb("up", texts.helpful)}
      {thumb("down", texts.notHelpful)}
    </span>
  );
}

interface UnsentProps {
  entry: Unsent;
  online: boolean;
  onResend: (client_id: string) => void;
  onTakeBack: (client_id: string) => void;
}

/** What the citizen said and the server has not stored yet. */
export function UnsentMessage({ entry, online, onResend, onTakeBack }: UnsentProps) {
  const { texts } = useChat();
  const failed = entry.error !== undefined;
  return (
    <div class={`message citizen ${failed ? "failed" : "unsent"}`} data-from="citizen">
      <p class="visually-hidden">{texts.saidBy(texts.you)}</p>
      <div class="bubble">
        <RichText text={maskNumbers(entry.text)} />
      </div>
      {failed ? (
        <div class="message-foot">
          <p class="error">
            <Icon name="warn" /> {texts.failed(entry.error ?? "")}
          </p>
          <button type="button" class="button secondary" onClick={() => onResend(entry.client_id)}>
            {texts.resend}
          </button>
          <button type="button" class="button secondary" onClick={() => onTakeBack(entry.client_id)}>
            {texts.takeBack}
          </button>
        </div>
      ) : (
        <div class="message-foot">{online ? texts.sending : texts.waiting}</div>
      )}
    </div>
  );
}
