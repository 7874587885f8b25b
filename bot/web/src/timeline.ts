/** The messages of one conversation, each once and in the server's order, however they arrive. */

import type { FeedbackValue, MessageFrame } from "./frames";

export class Timeline {
  private bySeq = new Map<number, MessageFrame>();
  private sorted: readonly MessageFrame[] | undefined;

  /** Take a message; true if it was not known yet. One that is known may still bring a newer thumb. */
  add(message: MessageFrame): boolean {
    const known = this.bySeq.get(message.seq);
    this.bySeq.set(message.seq, known ? { ...known, feedback: message.feedback } : message);
    this.sorted = undefined;
    return known === undefined;
  }

  get messages(): readonly MessageFrame[] {
    this.sorted ??= [...this.bySeq.values()].sort((a, b) => a.seq - b.seq);
    return this.sorted;
  }

  /** The last number up to which nothing is missing: what a resume asks for everything after. */
  get lastSeq(): number {
    let last = 0;
    while (this.bySeq.has(last + 1)) last += 1;
    return last;
  }

  has(seq: number): boolean {
    return this.bySeq.has(seq);
  }

  rate(seq: number, feedback: FeedbackValue): void {
    const message = this.bySeq.get(seq);
    if (!message) return;
    this.bySeq.set(seq, { ...message, feedback });
    this.sorted = undefined;
  }

  clear(): void {
    this.bySeq.clear();
    this.sorted = undefined;
  }
}
