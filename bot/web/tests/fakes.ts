/** A WebSocket whose other end is the test. */

import { Conversation } from "../src/conversation";

export class FakeSocket {
  static all: FakeSocket[] = [];
  readyState: number = WebSocket.CONNECTING;
  sent: Record<string, unknown>[] = [];
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: string }) => void) | null = null;
  onclose: (() => void) | null = null;
  onerror: (() => void) | null = null;

  constructor() {
    FakeSocket.all.push(this);
  }

  static get last(): FakeSocket {
    const socket = FakeSocket.all.at(-1);
    if (!socket) throw new Error("no socket was opened");
    return socket;
  }

  send(data: string): void {
    if (this.readyState !== WebSocket.OPEN) throw new Error("not open");
    this.sent.push(JSON.parse(data));
  }

  close(): void {
    this.readyState = WebSocket.CLOSED;
  }

  open(): void {
    this.readyState = WebSocket.OPEN;
    this.onopen?.();
  }

  receive(frame: Record<string, unknown>): void {
    this.onmessage?.({ data: JSON.stringify(frame) });
  }

  cut(): void {
    this.readyState = WebSocket.CLOSED;
    this.onclose?.();
  }

  of(type: string): Record<string, unknown>[] {
    return this.sent.filter((frame) => frame.type === type);
  }
}

/** Let promises that are already settled go on. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
}

export function newConversation(openSession: () => Promise<void> = async () => {}): Conversation {
  return new Conversation({
    url: "ws://test/ws/chat",
    language: "zh",
    openSession,
    storage: sessionStorage,
    makeSocket: () => new FakeSocket() as unknown as WebSocket,
    random: () => 1,
  });
}

/** Open the present socket and welcome it. */
export function welcome(seq = 0, conversation = "c1", more: Record<string, unknown> = {}): FakeSocket {
  const socket = FakeSocket.last;
  socket.open();
  socket.receive({ type: "welcome", conversation, seq, mode: "bot", signed_in: false, ...more });
  return socket;
}

export function message(seq: number, from: string, text: string, more: Record<string, unknown> = {}) {
  return { type: "message", seq, from, text, at: "2026-11-23T09:30:00+08:00", ...more };
}

export async function started(): Promise<Conversation> {
  const conversation = newConversation();
  conversation.connection.start();
  await settle();
  return conversation;
}

export function texts(conversation: Conversation): string[] {
  return conversation.snapshot.messages.map((one) => one.text);
}
