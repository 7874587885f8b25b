import { useEffect, useState } from "preact/hooks";
import type { Conversation, Snapshot } from "../conversation";

/** The conversation's present state; renders again with every change of it. */
export function useSnapshot(conversation: Conversation): Snapshot {
  const [snapshot, setSnapshot] = useState(conversation.snapshot);
  useEffect(() => {
    setSnapshot(conversation.snapshot);
    return conversation.subscribe(() => setSnapshot(conversation.snapshot));
  }, [conversation]);
  return snapshot;
}
