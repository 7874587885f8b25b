import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { Banner } from "./Banner";
import { Composer } from "./Composer";
import { ConfirmNew } from "./ConfirmNew";
import { type ChatContext, ChatProvider } from "./context";
import { Header } from "./Header";
import { MessageList } from "./MessageList";
import { useSnapshot } from "./useSnapshot";

const DRAFT = "wz_draft";

function storedDraft(): string {
  try {
    return sessionStorage.getItem(DRAFT) ?? "";
  } catch {
    return "";
  }
}

/** What is being written, kept over a reload. */
function useDraft(): [string, (text: string) => void] {
  const [draft, setDraft] = useState(storedDraft);
  const keep = useCallback((text: string) => {
    setDraft(text);
    try {
      sessionStorage.setItem(DRAFT, text);
    } catch {
      // Forbidden storage: the draft lives on in this page.
    }
  }, []);
  return [draft, keep];
}

interface Props extends ChatContext {
  /** The page has neither a main landmark nor a main heading of its own. */
  main: boolean;
  first: boolean;
  startNew: () => Promise<void>;
}

/** The whole chat. */
export function App({ main, first, startNew, ...context }: Props) {
  const { conversation, texts } = context;
  const snapshot = useSnapshot(conversation);
  const [draft, setDraft] = useDraft();
  const [asking, setAsking] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    if (snapshot.turnover > 0) setDraft("");
  }, [snapshot.turnover, setDraft]);
  const say = useCallback((text: string) => conversation.say(text), [conversation]);
  const takeBack = useCallback(
    (client_id: string) => {
      const text = conversation.withdraw(client_id);
      const rest = storedDraft();
      setDraft(rest ? `${text}\n${rest}` : text);
      field.current?.focus();
    },
    [conversation, setDraft],
  );
  const Root = main ? "main" : "section";
  return (
    <ChatProvider value={context}>
      <Root class="chat" aria-label={texts.assistant}>
        <Header snapshot={snapshot} first={first} onNew={() => setAsking(true)} />
        <Banner snapshot={snapshot} />
        <MessageList snapshot={snapshot} onSay={say} onTakeBack={takeBack} />
        <Composer draft={draft} onDraft={setDraft} onSay={say} closed={snapshot.mode === "closed"} field={field} />
        {asking && <ConfirmNew onConfirm={startNew} onClose={() => setAsking(false)} />}
      </Root>
    </ChatProvider>
  );
}
