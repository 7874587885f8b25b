import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ANSWER_WITHIN, backoff, LONGEST_WAIT, OPEN_WITHIN, PING_EVERY } from "../src/connection";
import { RESEND_AFTER, TYPING_AT_MOST } from "../src/conversation";
import { FakeSocket, message, newConversation, settle, started, texts, welcome } from "./fakes";

beforeEach(() => {
  vi.useFakeTimers();
  FakeSocket.all = [];
  sessionStorage.clear();
});
afterEach(() => vi.useRealTimers());

/** Let the wait before the next try pass. */
async function wait(milliseconds = LONGEST_WAIT): Promise<void> {
  await vi.advanceTimersByTimeAsync(milliseconds);
  await settle();
}

describe("what is said", () => {
  it("goes out once the server has welcomed us, and not before", async () => {
    const conversation = await started();
    conversation.say("你好");
    FakeSocket.last.open();
    expect(FakeSocket.last.of("say")).toEqual([]);
    const socket = welcome();
    expect(socket.of("say").map((frame) => frame.text)).toEqual(["你好"]);
  });

  it("is sent again with the same id after a lost acknowledgement, and shown once", async () => {
    const conversation = await started();
    const first = welcome();
    conversation.say("你好");
    const id = first.of("say")[0]?.client_id;
    first.cut();
    expect(conversation.snapshot.unsent).toHaveLength(1);
    await wait();
    const second = welcome(1);
    expect(second.of("say").map((frame) => frame.client_id)).toEqual([id]);
    second.receive(message(1, "citizen", "你好", { client_id: id }));
    second.receive({ type: "ack", client_id: id, seq: 1 });
    expect(texts(conversation)).toEqual(["你好"]);
    expect(conversation.snapshot.unsent).toEqual([]);
  });

  it("is known to be stored by its message alone", async () => {
    const conversation = await started();
    const socket = welcome();
    conversation.say("你好");
    socket.receive(message(1, "citizen", "你好", { client_id: socket.of("say")[0]?.client_id }));
    expect(conversation.snapshot.unsent).toEqual([]);
    expect(sessionStorage.getItem("wz_outbox")).toBe("[]");
  });

  it("stays in sight between acknowledgement and message", async () => {
    const conversation = await started();
    const socket = welcome();
    conversation.say("你好");
    const id = String(socket.of("say")[0]?.client_id);
    socket.receive({ type: "ack", client_id: id, seq: 1 });
    expect(conversation.snapshot.unsent.map((entry) => entry.text)).toEqual(["你好"]);
    expect(sessionStorage.getItem("wz_outbox")).toBe("[]");
    socket.receive(message(1, "citizen", "你好"));
    expect(conversation.snapshot.unsent).toEqual([]);
    const [stored] = conversation.snapshot.messages;
    expect(stored && conversation.keyOf(stored)).toBe(id);
  });

  it("outlives a reload of the page and goes out in its order", async () => {
    const conversation = await started();
    welcome();
    FakeSocket.last.cut();
    conversation.say("一");
    conversation.say("二");
    conversation.connection.stop();
    await started();
    expect(
      welcome()
        .of("say")
        .map((frame) => frame.text),
    ).toEqual(["一", "二"]);
  });

  it("is not handed to the next person at a shared computer", async () => {
    const conversation = await started();
    welcome(0, "mine");
    FakeSocket.last.cut();
    conversation.say("我的事");
    conversation.connection.stop();
    const next = await started();
    expect(welcome(0, "theirs").of("say")).toEqual([]);
    expect(next.snapshot.unsent).toEqual([]);
    expect(next.snapshot.turnover).toBe(1);
  });

  it("is said again when the line lives but the acknowledgement stays out", async () => {
    const conversation = await started();
    const socket = welcome();
    conversation.say("你好");
    await wait(ANSWER_WITHIN - 1);
    socket.receive({ type: "pong" });
    await wait(RESEND_AFTER - ANSWER_WITHIN + 1);
    expect(new Set(socket.of("say").map((frame) => frame.client_id)).size).toBe(1);
    expect(socket.of("say")).toHaveLength(2);
  });

  it("waits for the citizen when the server refused it, with the reason", async () => {
    const conversation = await started();
    const socket = welcome();
    conversation.say("太快");
    const id = String(socket.of("say")[0]?.client_id);
    socket.receive({ type: "error", code: "too_many", text: "请歇一分钟", client_id: id });
    expect(conversation.snapshot.unsent[0]?.error).toBe("请歇一分钟");
    socket.cut();
    await wait();
    expect(welcome().of("say")).toEqual([]);
    conversation.resend(id);
    expect(FakeSocket.last.of("say").map((frame) => frame.client_id)).toEqual([id]);
    expect(conversation.withdraw(id)).toBe("太快");
    expect(conversation.snapshot.unsent).toEqual([]);
  });
});

describe("what arrives", () => {
  it("is shown once and in the server's order", async () => {
    const conversation = await started();
    const socket = welcome(3);
    socket.receive(message(3, "assistant", "三"));
    socket.receive(message(1, "citizen", "一"));
    socket.receive(message(1, "citizen", "一"));
    socket.receive(message(2, "assistant", "二"));
    expect(texts(conversation)).toEqual(["一", "二", "三"]);
  });

  it("is asked for from the first gap on after a cut", async () => {
    const conversation = await started();
    const first = welcome(4);
    for (const seq of [1, 2, 4]) first.receive(message(seq, "assistant", String(seq)));
    first.cut();
    await wait();
    const second = FakeSocket.last;
    second.open();
    expect(second.of("hello")[0]?.last_seq).toBe(2);
    for (const seq of [3, 4]) second.receive(message(seq, "assistant", String(seq)));
    expect(texts(conversation)).toEqual(["1", "2", "3", "4"]);
  });

  it("is new only when everything stored is here", async () => {
    const conversation = await started();
    const socket = welcome(2);
    socket.receive(message(1, "citizen", "一"));
    expect(conversation.snapshot.settled).toBe(false);
    socket.receive(message(2, "assistant", "二"));
    expect(conversation.snapshot.settled).toBe(true);
  });

  it("is left alone when it is no frame of ours", async () => {
    const conversation = await started();
    const socket = welcome();
    for (const data of ["", "null", "[]", '{"type":"message"}', '{"type":"news"}', "{"]) socket.onmessage?.({ data });
    expect(conversation.snapshot.messages).toEqual([]);
    expect(conversation.snapshot.line).toBe("open");
  });

  it("of another conversation replaces the present one, asked for from zero", async () => {
    const conversation = await started();
    welcome(1, "old").receive(message(1, "citizen", "旧"));
    FakeSocket.last.cut();
    await wait();
    welcome(1, "new");
    await settle();
    FakeSocket.last.open();
    expect(FakeSocket.last.of("hello")[0]?.last_seq).toBe(0);
    expect(conversation.snapshot.messages).toEqual([]);
  });
});

describe("the typing indicator", () => {
  const ends: [string, (socket: FakeSocket) => void][] = [
    ["the server says so", (socket) => socket.receive({ type: "typing", on: false })],
    ["an answer comes", (socket) => socket.receive(message(1, "assistant", "好"))],
    ["the line is cut", (socket) => socket.cut()],
    ["nothing comes", () => vi.advanceTimersByTime(TYPING_AT_MOST)],
  ];
  it.each(ends)("ends when %s", async (_, end) => {
    const conversation = await started();
    const socket = welcome();
    socket.receive({ type: "typing", on: true });
    expect(conversation.snapshot.typing).toBe(true);
    end(socket);
    expect(conversation.snapshot.typing).toBe(false);
  });
});

describe("the line", () => {
  it("waits longer from try to try, spread, and never longer than 15 s", () => {
    expect(backoff(0, 1)).toBe(500);
    expect(backoff(0, 0)).toBe(250);
    expect(backoff(3, 1)).toBe(4000);
    expect(backoff(50, 1)).toBe(LONGEST_WAIT);
  });

  it("comes back when the session cannot be had at first", async () => {
    let tries = 0;
    const conversation = newConversation(async () => {
      tries += 1;
      if (tries < 3) throw new Error("down");
    });
    conversation.connection.start();
    await wait(2000);
    expect(tries).toBe(3);
    welcome();
    expect(conversation.snapshot.line).toBe("open");
  });

  it("comes back at once when the network does", async () => {
    const conversation = await started();
    welcome();
    FakeSocket.last.cut();
    expect(conversation.snapshot.line).toBe("down");
    conversation.connection.wake();
    await settle();
    expect(FakeSocket.all).toHaveLength(2);
    await wait();
    expect(FakeSocket.all).toHaveLength(3); // the try that never opened is given up, not doubled
  });

  it("is given up when a ping stays without an answer", async () => {
    const conversation = await started();
    const socket = welcome();
    await wait(PING_EVERY);
    expect(socket.of("ping")).toHaveLength(1);
    await wait(ANSWER_WITHIN - 1);
    expect(conversation.snapshot.line).toBe("open");
    await wait(1);
    expect(conversation.snapshot.line).toBe("down");
  });

  it("lives on while pings are answered", async () => {
    const conversation = await started();
    const socket = welcome();
    for (let minute = 0; minute < 4; minute += 1) {
      await wait(PING_EVERY);
      socket.receive({ type: "pong" });
    }
    expect(conversation.snapshot.line).toBe("open");
    expect(FakeSocket.all).toHaveLength(1);
  });

  it("is given up when it never gets a welcome", async () => {
    const conversation = await started();
    FakeSocket.last.open();
    await wait(OPEN_WITHIN);
    expect(conversation.snapshot.line).toBe("down");
  });

  it("opens one socket at a time, whatever an old one still reports", async () => {
    const conversation = await started();
    const old = FakeSocket.last;
    const report = old.onclose;
    conversation.connection.restart();
    await settle();
    welcome();
    report?.();
    await wait();
    expect(FakeSocket.all).toHaveLength(2);
    expect(conversation.snapshot.line).toBe("open");
  });
});

describe("who is signed in, and thumbs", () => {
  it("follows what the server tells", async () => {
    const conversation = await started();
    const socket = welcome(0, "c1", { signed_in: true, name: "周*" });
    expect(conversation.snapshot).toMatchObject({ signedIn: true, name: "周*" });
    socket.receive({ type: "signed_in", on: false });
    expect(conversation.snapshot).toMatchObject({ signedIn: false, name: "" });
  });

  it("keeps a thumb given while the line was down", async () => {
    const conversation = await started();
    welcome(1).receive(message(1, "assistant", "好"));
    FakeSocket.last.cut();
    conversation.rate(1, "up");
    expect(conversation.snapshot.messages[0]?.feedback).toBe("up");
    await wait();
    expect(welcome(1).of("feedback")).toEqual([{ type: "feedback", seq: 1, value: "up" }]);
  });

  it("a thumb is not a question: nothing needs to answer it", async () => {
    const conversation = await started();
    welcome(1).receive(message(1, "assistant", "好"));
    conversation.rate(1, "down");
    await wait(ANSWER_WITHIN);
    expect(conversation.snapshot.line).toBe("open");
  });
});

it("a new conversation begins empty, on a fresh line, with nothing left to send", async () => {
  const conversation = await started();
  welcome(1).receive(message(1, "assistant", "好"));
  FakeSocket.last.cut();
  conversation.say("旧话");
  conversation.renew();
  await settle();
  const socket = welcome(0, "c2");
  expect(socket.of("hello")[0]?.last_seq).toBe(0);
  expect(socket.of("say")).toEqual([]);
  expect(conversation.snapshot).toMatchObject({ messages: [], unsent: [], settled: true });
});
