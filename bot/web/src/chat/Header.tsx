import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { Snapshot } from "../conversation";
import { DisplaySettings } from "../DisplaySettings";
import { useChat } from "./context";
import { Icon } from "./icons";

interface Props {
  snapshot: Snapshot;
  /** The page has no other main heading. */
  first: boolean;
  onNew: () => void;
}

/** Closes `open` details when the focus or a click goes elsewhere, or with Escape. */
function useMenu() {
  const menu = useRef<HTMLDetailsElement>(null);
  useEffect(() => {
    const close = (event: Event) => {
      const box = menu.current;
      if (box?.open && event.target instanceof Node && !box.contains(event.target)) box.open = false;
    };
    document.addEventListener("click", close);
    document.addEventListener("focusin", close);
    return () => {
      document.removeEventListener("click", close);
      document.removeEventListener("focusin", close);
    };
  }, []);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Escape" || !menu.current?.open) return;
    event.stopPropagation();
    menu.current.open = false;
    menu.current.querySelector("summary")?.focus();
  };
  return { menu, onKeyDown };
}

export function Header({ snapshot, first, onNew }: Props) {
  const { texts, place, language } = useChat();
  const { menu, onKeyDown } = useMenu();
  const Heading = first ? "h1" : "h2";
  const tab = place === "embed" ? { target: "_blank", rel: "noopener" } : {};
  return (
    <div class="chat-head">
      <div class="chat-name">
        <span class="seal" aria-hidden="true">
          问
        </span>
        <div>
          <Heading>{texts.assistant}</Heading>
          {snapshot.signedIn ? (
            <a class="signed-in" href="/me" {...tab}>
              <Icon name="person" />
              {texts.signedIn(snapshot.name)}
              <span class="visually-hidden">，{texts.myPage}</span>
            </a>
          ) : (
            <p class="quiet-text">{texts.tagline}</p>
          )}
        </div>
      </div>
      <details class="menu" ref={menu} onKeyDown={onKeyDown}>
        <summary>
          <Icon name="more" />
          <span class="visually-hidden">{texts.menu}</span>
        </summary>
        <div class="menu-items">
          <button
            type="button"
            onClick={() => {
              if (menu.current) menu.current.open = false;
              onNew();
            }}
          >
            <Icon name="plus" /> {texts.newConversation}
          </button>
          <MenuLink href={`/conversation/print?lang=${language}`} blank>
            <Icon name="print" /> {texts.print}
          </MenuLink>
          <a href={`/conversation.txt?lang=${language}`} download="conversation.txt">
            <Icon name="download" /> {texts.download}
          </a>
          <DisplaySettings language={language} />
        </div>
      </details>
    </div>
  );
}

function MenuLink({ href, blank, children }: { href: string; blank: boolean; children: ComponentChildren }) {
  const { texts } = useChat();
  return (
    <a href={href} {...(blank ? { target: "_blank", rel: "noopener" } : {})}>
      {children}
      {blank && <span class="visually-hidden">{texts.newTab}</span>}
    </a>
  );
}
