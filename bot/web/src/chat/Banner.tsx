import { useEffect, useState } from "preact/hooks";
import type { Snapshot } from "../conversation";
import { useChat } from "./context";

/** A line that is down for less than this (in milliseconds) is not worth alarming anybody. */
const PATIENCE = 1200;

function useLate(on: boolean): boolean {
  const [late, setLate] = useState(false);
  useEffect(() => {
    if (!on) return setLate(false);
    const timer = setTimeout(() => setLate(true), PATIENCE);
    return () => clearTimeout(timer);
  }, [on]);
  return late && on;
}

/** What stands between the citizen and an answer: the line, a refusal, or who is answering now. */
export function Banner({ snapshot }: { snapshot: Snapshot }) {
  const { conversation, texts } = useChat();
  const down = useLate(snapshot.line !== "open");
  const mode = { bot: "", waiting: texts.modeWaiting, staff: texts.modeStaff, closed: texts.modeClosed }[snapshot.mode];
  return (
    <div class="banners">
      <div role="status">
        {down && <span class="banner warn">{snapshot.line === "down" ? texts.lost : texts.connecting}</span>}
        {snapshot.notice && <span class="banner warn">{snapshot.notice}</span>}
        {!down && mode && <span class="banner">{mode}</span>}
      </div>
      {down && snapshot.line === "down" && (
        <button type="button" class="button secondary" onClick={() => conversation.connection.restart()}>
          {texts.retryNow}
        </button>
      )}
    </div>
  );
}
