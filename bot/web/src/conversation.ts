/** The conversation as the page shows it: what was said, what is still on its way, who answers, who is signed in. */

import { Connection, type ConnectionOptions, type Line } from "./connection";
import type { FeedbackValue, MessageFrame, Mode, ServerFrame, WelcomeFrame } from "./frames";
import { Outbox, type Unsent } from "./outbox";
import { Timeline } from "./timeline";

export interface Snapshot {
  messages: readonly MessageFrame[];
  unsent: readonly Unsent[];
  line: Line;
  mode: Mode;
  typing: boolean;
  signedIn: boolean;
  name: string;
  /** The stored messages are all here; whatever comes now is new. */
  settled: boolean;
  /** A refusal that belongs to no particular message. */
  notice: string;
  /** Counts up when this tab has passed to another conversation, and so perhaps to another person. */
  turnover: number;
}

export type ConversationOptions = Pick<
  ConnectionOptions,
  "url" | "language" | "openSession" | "makeSocket" | "random"
> & {
  storage: Storage;
};

const ID_KEY = "wz_conversation";
export const TYPING_AT_MOST = 15_000;
export const RESEND_AFTER = 12_000;

export class Conversation {
  readonly connection: Connection;
  private readonly timeline = new Timeline();
  private readonly outbox: Outbox;
  /** Entries that the server acknowledged but whose message is not here yet, by client id. */
  private readonly acknowledged = new Map<string, { entry: Unsent; seq: number }>();
  /** client_id of messages said on this page, so that a bubble stays the same element when its message arrives. */
  private readonly saidHere = new Map<number, string>();
  private readonly unsentFeedback = new Map<number, FeedbackValue>();
  private readonly listeners = new Set<() => void>();
  private id = "";
  /** How many messages were said since this page was opened. */
  private ownWords = 0;
  private newestAtWelcome = Number.POSITIVE_INFINITY;
  private typingTimer: ReturnType<typeof setTimeout> | undefined;
  private resendTimer: ReturnType<typeof setTimeout> | undefined;
  private state: Snapshot;

  constructor(private readonly options: ConversationOptions) {
    this.outbox = new Outbox(options.storage);
    this.connection = new Connection({
      ...options,
      lastSeq: () => this.timeline.lastSeq,
      onFrame: (frame) => this.received(frame),
      onLine: (line) => this.lineChanged(line),
    });
    this.state = {
      messages: [],
      unsent: this.outbox.all,
      line: "connecting",
      mode: "bot",
      typing: false,
      signedIn: false,
      name: "",
      settled: false,
      notice: "",
      turnover: 0,
    };
  }

  get snapshot(): Snapshot {
    return this.state;
  }

  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  say(text: string): void {
    this.ownWords += 1;
    this.transmit(this.outbox.add(text));
    this.update({ notice: "" });
  }

  /** Send again what the server refused or what seems stuck. */
  resend(client_id: string): void {
    this.outbox.retry(client_id);
    const entry = this.outbox.waiting.find((one) => one.client_id === client_id);
    if (entry) this.transmit(entry);
    this.update({});
  }

  /** Take back what was not sent; returns its text. */
  withdraw(client_id: string): string {
    const entry = this.outbox.all.find((one) => one.client_id === client_id);
    this.outbox.remove(client_id);
    this.update({});
    return entry?.text ?? "";
  }

  rate(seq: number, value: FeedbackValue): void {
    this.timeline.rate(seq, value);
    if (!this.connection.send({ type: "feedback", seq, value })) this.unsentFeedback.set(seq, value);
    this.update({});
  }

  /** Begin anew after the server has given this browser a new conversation. */
  renew(): void {
    this.outbox.clear();
    this.options.storage.removeItem(ID_KEY);
    this.forget();
    this.update({ settled: false, typing: false, mode: "bot", notice: "" });
    this.connection.restart();
  }

  /** A name of the bubble that stays the same from the moment it was said to long after it is stored. */
  keyOf(message: MessageFrame): string {
    return message.client_id ?? this.saidHere.get(message.seq) ?? `seq-${message.seq}`;
  }

  private transmit(entry: Unsent): void {
    this.connection.send({ type: "say", client_id: entry.client_id, text: entry.text });
    this.scheduleResend();
  }

  private flush(): void {
    for (const entry of this.outbox.waiting) this.transmit(entry);
    for (const [seq, value] of this.unsentFeedback) {
      if (this.connection.send({ type: "feedback", seq, value })) this.unsentFeedback.delete(seq);
    }
  }

  /** The line lives but an acknowledgement stays out: say it again, the server takes it once. */
  private scheduleResend(): void {
    clearTimeout(this.resendTimer);
    this.resendTimer = setTimeout(() => {
      if (this.state.line === "open" && this.outbox.waiting.length > 0) this.flush();
    }, RESEND_AFTER);
  }

  private lineChanged(line: Line): void {
    if (line !== "open") this.typing(false);
    // "connecting" after a loss still looks like the loss to whoever waits.
    if (line === "connecting" && this.state.line === "down") return;
    this.update({ line });
  }

  private received(frame: ServerFrame): void {
    switch (frame.type) {
      case "welcome":
        this.welcomed(frame);
        break;
      case "message":
        this.arrived(frame);
        break;
      case "ack":
        this.acked(frame.client_id, frame.seq);
        break;
      case "typing":
        this.typing(frame.on);
        this.update({});
        break;
      case "signed_in":
        this.update({ signedIn: frame.on, name: frame.on ? frame.name : "" });
        break;
      case "error":
        this.refused(frame);
        break;
      case "pong":
    }
  }

  private welcomed(frame: WelcomeFrame): void {
    const changed = this.id !== "" && this.id !== frame.conversation;
    const held = this.timeline.messages.length > 0;
    if (this.id === "") this.passOver(frame.conversation);
    this.id = frame.conversation;
    if (changed && held) {
      // Our hello spoke of another conversation's numbers: begin again from zero.
      this.forget();
      this.update({ settled: false });
      this.connection.restart();
      return;
    }
    this.newestAtWelcome = frame.seq;
    this.update({ mode: frame.mode, signedIn: frame.signed_in, name: frame.name, settled: this.isSettled() });
    this.flush();
  }

  /** What the last user of this tab left unsent is not the next one's: a shared computer may have been cleared. */
  private passOver(conversation: string): void {
    const { storage } = this.options;
    const before = storage.getItem(ID_KEY);
    if (before !== null && before !== conversation && this.ownWords === 0) {
      this.outbox.clear();
      this.state = { ...this.state, turnover: this.state.turnover + 1 };
    }
    try {
      storage.setItem(ID_KEY, conversation);
    } catch {
      // Storage full or forbidden: nothing is left behind then either.
    }
  }

  private isSettled(): boolean {
    return this.newestAtWelcome === 0 || this.timeline.has(this.newestAtWelcome);
  }

  private arrived(message: MessageFrame): void {
    const isNew = this.timeline.add(message);
    if (message.client_id) this.outbox.remove(message.client_id);
    for (const [client_id, { seq }] of this.acknowledged) {
      if (seq === message.seq || client_id === message.client_id) this.acknowledged.delete(client_id);
    }
    if (isNew && message.from !== "citizen") this.typing(false);
    this.update({ settled: this.state.settled || this.isSettled() });
  }

  private acked(client_id: string, seq: number): void {
    const entry = this.outbox.all.find((one) => one.client_id === client_id);
    this.saidHere.set(seq, client_id);
    if (entry && !this.timeline.has(seq)) this.acknowledged.set(client_id, { entry, seq });
    this.outbox.remove(client_id);
    this.update({});
  }

  private refused(frame: { code: string; text: string; client_id?: string }): void {
    if (frame.client_id) this.outbox.refuse(frame.client_id, frame.text || frame.code);
    // Without a session the line comes back with a new one by itself: nothing to tell.
    this.update({ notice: frame.client_id || frame.code === "no_session" ? "" : frame.text });
  }

  private typing(on: boolean): void {
    clearTimeout(this.typingTimer);
    this.state = { ...this.state, typing: on };
    if (on) this.typingTimer = setTimeout(() => this.update({ typing: false }), TYPING_AT_MOST);
  }

  private forget(): void {
    this.timeline.clear();
    this.acknowledged.clear();
    this.saidHere.clear();
    this.unsentFeedback.clear();
    this.newestAtWelcome = Number.POSITIVE_INFINITY;
    this.id = "";
  }

  private update(change: Partial<Snapshot>): void {
    const unsent = [...[...this.acknowledged.values()].map(({ entry }) => entry), ...this.outbox.all];
    this.state = { ...this.state, ...change, messages: this.timeline.messages, unsent };
    for (const listener of this.listeners) listener();
  }
}
