import { useCallback, useEffect } from "preact/hooks";
import type { Snapshot } from "../conversation";
import { dayName, dayOf } from "../time";
import { useChat } from "./context";
import { Icon } from "./icons";
import { Message, UnsentMessage } from "./Message";
import { useScroll } from "./useScroll";
import { Welcome } from "./Welcome";

interface Props {
  snapshot: Snapshot;
  onSay: (text: string) => void;
  onTakeBack: (client_id: string) => void;
}

export function MessageList({ snapshot, onSay, onTakeBack }: Props) {
  const { conversation, language, texts } = useChat();
  const { messages, unsent } = snapshot;
  const { box, onScroll, toEnd, unseen } = useScroll(
    messages.length + unsent.length,
    snapshot.typing,
    snapshot.settled,
  );
  const onRate = useCallback(conversation.rate.bind(conversation), [conversation]);
  const lastSaid = messages.findLast((message) => message.from === "citizen")?.seq ?? 0;
  const waiting = unsent.some((entry) => entry.error === undefined);
  // One's own word always comes into sight.
  useEffect(toEnd, [unsent.length > 0 ? unsent[unsent.length - 1]?.client_id : "", toEnd]);
  const say = useCallback(
    (text: string) => {
      onSay(text);
      // The button that was pressed goes away; the log keeps the keyboard's place.
      box.current?.focus();
    },
    [onSay, box],
  );
  let day = "";
  return (
    <div class="log-frame">
      <div
        class="log"
        role="log"
        aria-label={texts.log}
        aria-live={snapshot.settled ? "polite" : "off"}
        aria-relevant="additions"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling area must be reachable by keyboard
        tabIndex={0}
        ref={box}
        onScroll={onScroll}
      >
        <div class="log-content">
          {snapshot.settled && messages.length + unsent.length === 0 && <Welcome onSay={say} />}
          {messages.map((message) => {
            const today = dayOf(message.at);
            const separator = today !== day && today !== "";
            day = today || day;
            return [
              separator && (
                <p class="day" key={`day-${today}`}>
                  <time dateTime={today}>{dayName(today, language, texts)}</time>
                </p>
              ),
              <Message
                key={conversation.keyOf(message)}
                message={message}
                current={message.seq > lastSaid && !waiting}
                signedIn={snapshot.signedIn}
                onSay={say}
                onRate={onRate}
              />,
            ];
          })}
          {unsent.map((entry) => (
            <UnsentMessage
              key={entry.client_id}
              entry={entry}
              online={snapshot.line === "open"}
              onResend={(id) => conversation.resend(id)}
              onTakeBack={onTakeBack}
            />
          ))}
          {snapshot.typing && (
            <div class="typing">
              <span class="visually-hidden">{texts.typing}</span>
              <span class="dots" aria-hidden="true">
                <i />
                <i />
                <i />
              </span>
            </div>
          )}
        </div>
      </div>
      {unseen && (
        <button type="button" class="button unseen" onClick={toEnd}>
          <Icon name="arrowDown" />
          {texts.newMessages}
        </button>
      )}
    </div>
  );
}
