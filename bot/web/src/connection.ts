/** One WebSocket that comes back by itself: session first, hello, pings, and a jittered wait between tries. */

import { type ClientFrame, readFrame, type ServerFrame } from "./frames";

export type Line = "connecting" | "open" | "down";

export interface ConnectionOptions {
  url: string;
  language: string;
  /** Makes sure that the conversation's cookie is set; fails when the server cannot be reached. */
  openSession: () => Promise<void>;
  lastSeq: () => number;
  onFrame: (frame: ServerFrame) => void;
  onLine: (line: Line) => void;
  makeSocket?: (url: string) => WebSocket;
  random?: () => number;
}

export const FIRST_WAIT = 500;
export const LONGEST_WAIT = 15_000;
export const PING_EVERY = 25_000;
export const ANSWER_WITHIN = 10_000;
/** A session or socket that takes longer than this to open is given up. */
export const OPEN_WITHIN = 10_000;

/** Milliseconds before try number `tries` (from 0): doubling, at most 15 s, spread so that not all come at once. */
export function backoff(tries: number, random: number): number {
  return Math.min(FIRST_WAIT * 2 ** Math.min(tries, 10), LONGEST_WAIT) * (0.5 + random / 2);
}

export class Connection {
  private socket: WebSocket | undefined;
  private tries = 0;
  /** Number of the present try; whatever an earlier one still reports is ignored. */
  private attempt = 0;
  private welcomed = false;
  private stopped = true;
  private retryTimer: ReturnType<typeof setTimeout> | undefined;
  private openTimer: ReturnType<typeof setTimeout> | undefined;
  private pingTimer: ReturnType<typeof setTimeout> | undefined;
  private answerTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly options: ConnectionOptions) {}

  start(): void {
    this.stopped = false;
    void this.open();
  }

  stop(): void {
    this.stopped = true;
    this.drop();
  }

  /** Leave the present line, if any, and begin a fresh one at once. */
  restart(): void {
    if (this.stopped) return;
    this.tries = 0;
    void this.open();
  }

  /** The network is back or the page is looked at again: try now, or make sure that the line still lives. */
  wake(): void {
    if (this.stopped) return;
    if (this.welcomed) this.ping();
    else if (this.retryTimer !== undefined) this.restart();
  }

  /** Send a frame if the server has welcomed us; false means that it was not sent. */
  send(frame: ClientFrame): boolean {
    if (!this.welcomed || this.socket?.readyState !== WebSocket.OPEN) return false;
    this.socket.send(JSON.stringify(frame));
    // Feedback is taken in silence; everything else is answered.
    if (frame.type !== "feedback") this.expectAnswer();
    return true;
  }

  private async open(): Promise<void> {
    this.drop();
    const attempt = this.attempt;
    this.options.onLine("connecting");
    this.openTimer = setTimeout(() => this.lost(attempt), OPEN_WITHIN);
    try {
      await this.options.openSession();
      if (attempt === this.attempt) this.openSocket(attempt);
    } catch {
      this.lost(attempt);
    }
  }

  private openSocket(attempt: number): void {
    const make = this.options.makeSocket ?? ((url: string) => new WebSocket(url));
    const socket = make(this.options.url);
    this.socket = socket;
    socket.onopen = () => {
      if (attempt !== this.attempt) return;
      const { language } = this.options;
      socket.send(JSON.stringify({ type: "hello", last_seq: this.options.lastSeq(), language } satisfies ClientFrame));
    };
    socket.onmessage = (event) => {
      if (attempt === this.attempt) this.received(event.data);
    };
    socket.onclose = () => this.lost(attempt);
    socket.onerror = () => this.lost(attempt);
  }

  private received(data: unknown): void {
    clearTimeout(this.answerTimer);
    this.answerTimer = undefined;
    this.schedulePing();
    const frame = readFrame(data);
    if (!frame) return;
    if (frame.type === "welcome") {
      clearTimeout(this.openTimer);
      this.welcomed = true;
      this.tries = 0;
      this.options.onLine("open");
    }
    this.options.onFrame(frame);
  }

  private lost(attempt: number): void {
    if (attempt !== this.attempt || this.stopped) return;
    this.drop();
    const wait = backoff(this.tries, (this.options.random ?? Math.random)());
    this.tries += 1;
    this.options.onLine("down");
    this.retryTimer = setTimeout(() => void this.open(), wait);
  }

  /** Forget the present socket and its timers; what it still reports is ignored from here on. */
  private drop(): void {
    this.attempt += 1;
    this.welcomed = false;
    for (const timer of [this.retryTimer, this.openTimer, this.pingTimer, this.answerTimer]) clearTimeout(timer);
    this.retryTimer = this.answerTimer = undefined;
    const socket = this.socket;
    this.socket = undefined;
    if (!socket) return;
    socket.onopen = socket.onmessage = socket.onclose = socket.onerror = null;
    socket.close();
  }

  private schedulePing(): void {
    clearTimeout(this.pingTimer);
    this.pingTimer = setTimeout(() => this.ping(), PING_EVERY);
  }

  private ping(): void {
    this.send({ type: "ping" });
    this.schedulePing();
  }

  /** A line that brings nothing after something was sent is dead, whatever the browser still believes. */
  private expectAnswer(): void {
    const attempt = this.attempt;
    this.answerTimer ??= setTimeout(() => this.lost(attempt), ANSWER_WITHIN);
  }
}
