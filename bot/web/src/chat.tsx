/** Entry point: puts the chat into `<div id="chat">` of the server's page. */

import { render } from "preact";
import { App } from "./chat/App";
import { makeContext, type Place } from "./chat/context";
import { Conversation } from "./conversation";
import type { Language } from "./settings";
import "./styles/chat.css";

const CHANNEL = "wenzheng";

/** Ask for the conversation's cookie, or for a new one; in another site's frame it is a cookie of that frame. */
async function session(path: string, method: "GET" | "POST", place: Place): Promise<void> {
  const address = place === "embed" ? `${path}?embed=1` : path;
  const reply = await fetch(address, { method, credentials: "same-origin", headers: { Accept: "application/json" } });
  if (!reply.ok) throw new Error(`session: ${reply.status}`);
}

function placeOf(host: HTMLElement): Place {
  const { page } = host.dataset;
  return page === "home" || page === "embed" ? page : "chat";
}

function storage(): Storage {
  try {
    return window.sessionStorage;
  } catch {
    // A frame whose site forbids storage: keep things for this page only.
    const kept = new Map<string, string>();
    return {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => void kept.set(key, value),
      removeItem: (key: string) => void kept.delete(key),
    } as Storage;
  }
}

/** A demo says so: on the page around the chat, and in the chat where that page has no room for it. */
function isDemo(host: HTMLElement): boolean {
  return host.dataset.demo === "1" || document.querySelector(".footer .demo-note") !== null;
}

function begin(language: Language, place: Place): Conversation {
  const conversation = new Conversation({
    url: `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/ws/chat`,
    language,
    openSession: () => session("/chat/session", "GET", place),
    storage: storage(),
  });
  const { connection } = conversation;
  addEventListener("online", () => connection.wake());
  addEventListener("pageshow", (event) => event.persisted && connection.restart());
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && connection.wake());
  connection.start();
  return conversation;
}

function mount(host: HTMLElement): void {
  const language: Language = document.documentElement.lang.startsWith("en") ? "en" : "zh";
  const place = placeOf(host);
  const conversation = begin(language, place);
  // Other tabs of this browser share the cookie, so they follow into the new conversation.
  const tabs = new BroadcastChannel(CHANNEL);
  tabs.onmessage = () => conversation.renew();
  const startNew = async () => {
    await session("/chat/session/new", "POST", place);
    conversation.renew();
    tabs.postMessage("new");
  };
  const context = makeContext(conversation, language, place, isDemo(host));
  const main = document.querySelector("main") === null;
  const first = document.querySelector("h1") === null;
  host.replaceChildren();
  render(<App {...context} main={main} first={first} startNew={startNew} />, host);
  if (place === "embed") {
    addEventListener("keydown", (event) => event.key === "Escape" && parent.postMessage("wenzheng:close", "*"));
  }
}

const host = document.getElementById("chat");
if (host) mount(host);
