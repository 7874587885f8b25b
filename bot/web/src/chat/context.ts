import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Conversation } from "../conversation";
import type { Language } from "../settings";
import { TEXTS, type Texts } from "../texts";

/** Where the chat stands: on the home page, on a page of its own, or in another site's frame. */
export type Place = "home" | "chat" | "embed";

export interface ChatContext {
  conversation: Conversation;
  language: Language;
  texts: Texts;
  place: Place;
  demo: boolean;
}

const Context = createContext<ChatContext | undefined>(undefined);
export const ChatProvider = Context.Provider;

export function useChat(): ChatContext {
  const context = useContext(Context);
  if (!context) throw new Error("outside of the chat");
  return context;
}

export function makeContext(
  conversation: Conversation,
  language: Language,
  place: Place = "chat",
  demo = false,
): ChatContext {
  return { conversation, language, texts: TEXTS[language], place, demo };
}
