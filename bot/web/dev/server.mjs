/**
 * A stand-in for the bot, to look at the page by: built files, the strict policy, one conversation in memory.
 * Words in a question choose the answer (see answers.mjs); 慢 answers late, 断 cuts the line, 错 refuses, 结束 ends.
 */

import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname } from "node:path";
import { WebSocketServer } from "ws";
import { answerTo } from "./answers.mjs";

const PORT = Number(process.env.PORT ?? 8380);
const DIST = new URL("../dist/", import.meta.url);
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; font-src 'self'";
const TYPES = { ".js": "text/javascript", ".css": "text/css", ".html": "text/html; charset=utf-8" };

let conversation = { id: "c1", mode: "bot", messages: [] };
const tabs = new Set();

async function page(place, query) {
  const manifest = JSON.parse(await readFile(new URL(".vite/manifest.json", DIST), "utf8"));
  const entries = [manifest["src/pages.ts"], manifest["src/chat.tsx"]];
  const lang = query.get("lang") === "en" ? "en" : "zh-CN";
  const root = `${query.get("theme") ? ` data-theme="${query.get("theme")}"` : ""}${query.get("large") ? " data-large" : ""}`;
  const top = `<header class="topbar"><a class="topbar-name" href="/">安澜市问政</a></header>`;
  return `<!doctype html><html lang="${lang}"${root}><head><meta charset="utf-8"><title>问政</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="data:,">
${entries.map((one) => one.css.map((css) => `<link rel="stylesheet" href="/static/${css}">`).join("")).join("\n")}
${entries.map((one) => `<script type="module" src="/static/${one.file}"></script>`).join("\n")}</head>
<body class="page full-chat${place === "embed" ? " embed" : ""}">${place === "embed" ? "" : top}
<main id="main"><h1 class="visually-hidden">问政</h1><div id="chat" data-page="${place}" data-demo="1"></div></main></body></html>`;
}

function add(from, message) {
  const stored = {
    type: "message",
    seq: conversation.messages.length + 1,
    from,
    at: new Date().toISOString(),
    ...message,
  };
  conversation.messages.push(stored);
  send(stored);
  return stored;
}

function send(frame) {
  for (const tab of tabs) tab.send(JSON.stringify(frame));
}

function say(tab, { client_id, text }) {
  if (text.includes("断")) return tab.terminate();
  if (text.includes("错")) {
    return tab.send(
      JSON.stringify({ type: "error", code: "too_many", text: "您发得有点快，请歇一分钟再发。", client_id }),
    );
  }
  const known = conversation.messages.find((message) => message.client_id === client_id);
  const stored = known ?? add("citizen", { text, client_id });
  tab.send(JSON.stringify({ type: "ack", client_id, seq: stored.seq }));
  if (known) return;
  send({ type: "typing", on: true });
  setTimeout(
    () => {
      send({ type: "typing", on: false });
      add(text.includes("工作人员") ? "staff" : text.includes("系统") ? "system" : "assistant", answerTo(text));
      if (text.includes("结束")) conversation.mode = "closed";
    },
    text.includes("慢") ? 4000 : 150,
  );
}

function received(tab, frame) {
  if (frame.type === "hello") {
    const { id, mode, messages } = conversation;
    const name = conversation.signedIn ? "周*" : undefined;
    const welcome = { type: "welcome", conversation: id, seq: messages.length, mode, signed_in: Boolean(name), name };
    for (const one of [welcome, ...messages.slice(frame.last_seq)]) tab.send(JSON.stringify(one));
    tabs.add(tab);
  } else if (frame.type === "say") say(tab, frame);
  else if (frame.type === "ping") tab.send(JSON.stringify({ type: "pong" }));
  else if (frame.type === "feedback") conversation.messages[frame.seq - 1].feedback = frame.value;
}

const server = createServer(async (request, response) => {
  const { pathname, searchParams } = new URL(request.url, "http://localhost");
  response.setHeader("Content-Security-Policy", POLICY);
  try {
    if (pathname.startsWith("/chat/session")) {
      if (pathname.endsWith("/new")) conversation = { id: `c${Math.random()}`, mode: "bot", messages: [] };
      response.setHeader("Content-Type", "application/json").end("{}");
    } else if (pathname === "/sign-in") {
      conversation.signedIn = true;
      send({ type: "signed_in", on: true, name: "周*" });
      response
        .setHeader("Content-Type", TYPES[".html"])
        .end("<!doctype html><title>x</title><a href=/chat>回到对话</a>");
    } else if (pathname === "/" || pathname === "/chat") {
      const place = searchParams.get("embed") ? "embed" : "chat";
      response.setHeader("Content-Type", TYPES[".html"]).end(await page(place, searchParams));
    } else {
      const file = new URL(pathname.replace(/^\/(static\/)?/, ""), DIST);
      if (!file.href.startsWith(DIST.href)) throw new Error("outside");
      response.setHeader("Content-Type", TYPES[extname(file.pathname)] ?? "text/plain").end(await readFile(file));
    }
  } catch {
    response.writeHead(404).end("not found");
  }
});

new WebSocketServer({ server, path: "/ws/chat" }).on("connection", (tab) => {
  tab.on("message", (data) => received(tab, JSON.parse(String(data))));
  tab.on("close", () => tabs.delete(tab));
});
server.listen(PORT, "127.0.0.1", () => console.log(`http://localhost:${PORT}/chat`));
