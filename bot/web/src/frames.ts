/** The frames of `/ws/chat`, and a reader that lets nothing malformed through. */

export type Sender = "citizen" | "assistant" | "staff" | "system";
export type Mode = "bot" | "waiting" | "staff" | "closed";
export type FeedbackValue = "up" | "down" | "none";

export interface ReplyButton {
  title: string;
  payload: string;
}

export interface MessageFrame {
  type: "message";
  seq: number;
  from: Sender;
  text: string;
  buttons: ReplyButton[];
  custom?: unknown;
  client_id?: string;
  at: string;
  feedback: FeedbackValue;
}

export interface WelcomeFrame {
  type: "welcome";
  conversation: string;
  seq: number;
  mode: Mode;
  signed_in: boolean;
  name: string;
}

export type ServerFrame =
  | WelcomeFrame
  | MessageFrame
  | { type: "ack"; client_id: string; seq: number }
  | { type: "typing"; on: boolean }
  | { type: "signed_in"; on: boolean; name: string }
  | { type: "error"; code: string; text: string; client_id?: string }
  | { type: "pong" };

export type ClientFrame =
  | { type: "hello"; last_seq: number; language: string }
  | { type: "say"; client_id: string; text: string }
  | { type: "feedback"; seq: number; value: FeedbackValue }
  | { type: "ping" };

type Fields = Record<string, unknown>;

export function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function oneOf<T extends string>(value: unknown, known: readonly T[], otherwise: T): T {
  return known.includes(value as T) ? (value as T) : otherwise;
}

/** The buttons of a message; what has no title or payload is left out. */
export function readButtons(value: unknown): ReplyButton[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((one) => {
    const button = readButton(one);
    return button ? [button] : [];
  });
}

export function readButton(value: unknown): ReplyButton | undefined {
  if (!isFields(value) || !text(value.title) || !text(value.payload)) return undefined;
  return { title: text(value.title), payload: text(value.payload) };
}

function readMessage(frame: Fields): MessageFrame | undefined {
  if (typeof frame.seq !== "number") return undefined;
  const message: MessageFrame = {
    type: "message",
    seq: frame.seq,
    from: oneOf(frame.from, ["citizen", "assistant", "staff", "system"], "system"),
    text: text(frame.text),
    buttons: readButtons(frame.buttons),
    at: text(frame.at),
    feedback: oneOf(frame.feedback, ["up", "down", "none"], "none"),
  };
  if (frame.custom) message.custom = frame.custom;
  if (text(frame.client_id)) message.client_id = text(frame.client_id);
  return message;
}

function readWelcome(frame: Fields): WelcomeFrame {
  return {
    type: "welcome",
    conversation: text(frame.conversation),
    seq: typeof frame.seq === "number" ? frame.seq : 0,
    mode: oneOf(frame.mode, ["bot", "waiting", "staff", "closed"], "bot"),
    signed_in: frame.signed_in === true,
    name: text(frame.name),
  };
}

/** The frame that a WebSocket message holds, or nothing where it is none that this page knows. */
export function readFrame(data: unknown): ServerFrame | undefined {
  let frame: unknown;
  try {
    frame = JSON.parse(String(data));
  } catch {
    return undefined;
  }
  if (!isFields(frame)) return undefined;
  switch (frame.type) {
    case "welcome":
      return readWelcome(frame);
    case "message":
      return readMessage(frame);
    case "ack":
      if (typeof frame.seq !== "number" || !text(frame.client_id)) return undefined;
      return { type: "ack", client_id: text(frame.client_id), seq: frame.seq };
    case "typing":
      return { type: "typing", on: frame.on === true };
    case "signed_in":
      return { type: "signed_in", on: frame.on === true, name: text(frame.name) };
    case "error": {
      const error = { type: "error" as const, code: text(frame.code), text: text(frame.text) };
      return text(frame.client_id) ? { ...error, client_id: text(frame.client_id) } : error;
    }
    case "pong":
      return { type: "pong" };
    default:
      return undefined;
  }
}
