import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/preact";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { App } from "../../src/chat/App";
import { isSend, LIMIT, lengthOf } from "../../src/chat/Composer";
import { makeContext } from "../../src/chat/context";
import type { Conversation } from "../../src/conversation";
import { FakeSocket, message, started, welcome } from "../fakes";

const startNew = vi.fn(async () => {});
let conversation: Conversation;

beforeEach(async () => {
  FakeSocket.all = [];
  sessionStorage.clear();
  conversation = await started();
});
afterEach(() => {
  conversation.connection.stop();
  cleanup();
});

function show(place: "chat" | "embed" = "chat") {
  render(<App {...makeContext(conversation, "zh", place)} main={true} first={true} startNew={startNew} />);
}

function write(text: string): HTMLTextAreaElement {
  const field = screen.getByRole("textbox") as HTMLTextAreaElement;
  fireEvent.input(field, { target: { value: text } });
  return field;
}

const said = () => FakeSocket.last.of("say").map((frame) => frame.text);
const log = () => screen.getByRole("log");

describe("writing", () => {
  it("Enter sends and empties the field", () => {
    show();
    welcome();
    const field = write("  找个电工的活 ");
    fireEvent.keyDown(field, { key: "Enter" });
    expect(said()).toEqual(["找个电工的活"]);
    expect(field.value).toBe("");
  });

  it.each([
    ["an input method composes", { isComposing: true }],
    ["an input method has just composed (Safari)", { keyCode: 229 }],
    ["Shift is held", { shiftKey: true }],
  ])("Enter does not send while %s", (_, more) => {
    show();
    welcome();
    fireEvent.keyDown(write("diangong"), { key: "Enter", ...more });
    expect(said()).toEqual([]);
  });

  it("knows Enter from other keys", () => {
    expect(isSend(new KeyboardEvent("keydown", { key: "Enter" }))).toBe(true);
    expect(isSend(new KeyboardEvent("keydown", { key: "a" }))).toBe(false);
  });

  it("counts as the server does, and keeps what is too long", () => {
    expect(lengthOf("👍你")).toBe(2);
    show();
    welcome();
    const field = write("长".repeat(LIMIT + 3));
    expect(screen.getByText(/超出 3 字/)).toBeTruthy();
    fireEvent.keyDown(field, { key: "Enter" });
    expect(said()).toEqual([]);
    expect(field.value).toHaveLength(LIMIT + 3);
  });

  it("keeps the draft over a reload", () => {
    show();
    write("写了一半");
    cleanup();
    show();
    expect((screen.getByRole("textbox") as HTMLTextAreaElement).value).toBe("写了一半");
  });

  it("a refused message can be taken back into the field", async () => {
    show();
    const socket = welcome();
    fireEvent.keyDown(write("太快了"), { key: "Enter" });
    socket.receive({ type: "error", code: "too_many", text: "请歇一分钟", client_id: socket.of("say")[0]?.client_id });
    fireEvent.click(await screen.findByRole("button", { name: "改一改再发" }));
    expect((screen.getByRole("textbox") as HTMLTextAreaElement).value).toBe("太快了");
  });
});

describe("the log", () => {
  it("is silent while the stored messages come, and polite after", async () => {
    show();
    const socket = welcome(1);
    expect(log().getAttribute("aria-live")).toBe("off");
    socket.receive(message(1, "assistant", "旧"));
    await waitFor(() => expect(log().getAttribute("aria-live")).toBe("polite"));
  });

  it("shows what was said as letters, never as markup, and masks numbers at once", async () => {
    show();
    welcome();
    fireEvent.keyDown(write('<img src=x onerror="alert(1)"> 990101195803120027'), { key: "Enter" });
    await waitFor(() => expect(log().textContent).toContain("<img src=x"));
    expect(log().querySelector("img")).toBeNull();
    expect(log().textContent).toContain("990101********0027");
    expect(log().textContent).not.toContain("990101195803120027");
  });

  it("keeps the bubble's element when its message is stored", async () => {
    show();
    const socket = welcome();
    fireEvent.keyDown(write("你好"), { key: "Enter" });
    await waitFor(() => expect(log().querySelectorAll('[data-from="citizen"]')).toHaveLength(1));
    const id = String(socket.of("say")[0]?.client_id);
    socket.receive(message(1, "citizen", "你好", { client_id: id }));
    socket.receive({ type: "ack", client_id: id, seq: 1 });
    await waitFor(() => expect(log().querySelector(".unsent")).toBeNull());
    expect(log().querySelectorAll('[data-from="citizen"]')).toHaveLength(1);
  });

  it("offers quick replies until the citizen speaks again", async () => {
    show();
    const socket = welcome();
    socket.receive(message(1, "assistant", "哪个区？", { buttons: [{ title: "东湖", payload: "东湖那边的" }] }));
    fireEvent.click(await screen.findByRole("button", { name: "东湖" }));
    expect(said()).toEqual(["东湖那边的"]);
    await waitFor(() => expect(screen.queryByRole("button", { name: "东湖" })).toBeNull());
  });

  it("a thumb is pressed and can be taken back", async () => {
    show();
    const socket = welcome();
    socket.receive(message(1, "assistant", "好"));
    const thumb = await screen.findByRole("button", { name: "这个回答有用" });
    fireEvent.click(thumb);
    await waitFor(() => expect(thumb.getAttribute("aria-pressed")).toBe("true"));
    fireEvent.click(thumb);
    expect(socket.of("feedback").map((frame) => frame.value)).toEqual(["up", "none"]);
  });

  it("falls back to the text where the widget is unknown", async () => {
    show();
    welcome().receive(message(1, "assistant", "全在文字里", { custom: { type: "hologram" } }));
    expect(await screen.findByText("全在文字里")).toBeTruthy();
  });
});

describe("widgets", () => {
  const custom = {
    type: "sign_in",
    lead: "请先登录",
    url: "https://city.example/sign-in?t=1",
    title: "去登录",
    why: "",
  };

  it("sign-in opens here on a page, and in a tab of its own when embedded", async () => {
    show();
    welcome().receive(message(1, "assistant", "x", { custom }));
    const link = await screen.findByRole("link", { name: "去登录" });
    expect(link.getAttribute("href")).toBe(custom.url);
    expect(link.hasAttribute("target")).toBe(false);
    cleanup();
    show("embed");
    expect((await screen.findByRole("link", { name: /去登录/ })).getAttribute("target")).toBe("_blank");
  });

  it("sign-in is no longer offered to who is signed in", async () => {
    show();
    welcome(0, "c1", { signed_in: true, name: "周*" }).receive(message(1, "assistant", "x", { custom }));
    expect(await screen.findByText(/您已登录/)).toBeTruthy();
    expect(screen.queryByRole("link", { name: "去登录" })).toBeNull();
  });

  it("a calculation shows its steps, result and source", async () => {
    show();
    welcome().receive(
      message(1, "assistant", "x", {
        custom: {
          type: "calculation",
          lead: "估算如下",
          title: "报销",
          steps: [{ label: "起付线", formula: "35,000 − 1,000", amount: "34,000.00元" }],
          result: { label: "可报销", amount: "29,580.00元" },
          source: { title: "办法", number: "1号", article: "第十二条" },
          note: "以结算为准",
        },
      }),
    );
    for (const text of ["估算如下", "35,000 − 1,000", "29,580.00元", "依据：办法 1号 第十二条", "以结算为准"]) {
      expect(await screen.findByText(text)).toBeTruthy();
    }
  });
});

it("says that the line is down and that nothing is lost", async () => {
  vi.useFakeTimers();
  show();
  welcome();
  FakeSocket.last.cut();
  await vi.advanceTimersByTimeAsync(400);
  expect(screen.queryByText(/连接断开/)).toBeNull();
  await vi.advanceTimersByTimeAsync(1500);
  expect(screen.getByRole("status").textContent).toContain("您写的内容不会丢");
  vi.useRealTimers();
});

it("asks before a new conversation", async () => {
  HTMLDialogElement.prototype.showModal ??= () => {};
  show();
  welcome();
  fireEvent.click(screen.getByText("新对话", { exact: false }));
  expect(startNew).not.toHaveBeenCalled();
  fireEvent.click(await screen.findByRole("button", { name: "开始新对话", hidden: true }));
  expect(startNew).toHaveBeenCalledOnce();
});
