/** Every sentence of the page, in both languages. */

import type { Language } from "./settings";

const zh = {
  assistant: "问政助手",
  tagline: "用平常话问，按政策答",
  you: "您",
  staff: "工作人员",
  system: "系统提示",
  saidBy: (who: string) => `${who}：`,

  log: "对话内容",
  composer: "请输入您的问题",
  placeholder: "请写下您的问题",
  send: "发送",
  hint: "按 Enter 发送，Shift + Enter 换行",
  count: (used: number, limit: number) => `已写 ${used} 字，最多 ${limit} 字`,
  tooLong: (over: number) => `超出 ${over} 字，请删减一些，或分成几条发送`,

  sending: "发送中",
  waiting: "等待网络恢复后自动发送",
  failed: (why: string) => `没有发出去。${why}`,
  resend: "重新发送",
  takeBack: "改一改再发",

  connecting: "正在连接…",
  lost: "连接断开，正在重连…您写的内容不会丢。",
  retryNow: "立即重连",

  typing: "助手正在回复",
  newMessages: "有新消息，点这里查看",
  quickReplies: "您可以这样回答",

  welcomeTitle: "您好，请问要办什么事？",
  welcomeText: "医保、就业方面的问题，都可以直接问我。查个人信息前，会请您先登录。",
  welcomeExamples: "您可以这样问：",
  examples: ["我医保卡里还剩多少钱", "住院花了三万五能报多少", "找个电工的活", "安澜市第一人民医院是几级医院"],
  demo: "这是演示系统，城市、人员和数据都是虚构的。",

  shown: (count: number, total: number) => `共 ${total} 条，显示 ${count} 条`,
  source: (name: string) => `来源：${name}`,
  asOf: (day: string) => `数据截至：${day}`,
  rule: (name: string) => `依据：${name}`,
  showNumbers: "看数字",
  hideNumbers: "收起数字",
  chartFailed: "图表没有显示出来，请点“看数字”查看。",
  period: "时间",

  signIn: "登录",
  signInDone: "您已登录，不用再登录。",
  newTab: "（在新窗口打开）",
  signedIn: (name: string) => (name ? `已登录：${name}` : "已登录"),
  myPage: "我的信息",

  helpful: "这个回答有用",
  notHelpful: "这个回答没有用",

  modeWaiting: "正在为您转接工作人员，请稍候。您可以继续写。",
  modeStaff: "工作人员正在为您服务。",
  modeClosed: "这次对话已经结束。有别的问题，请开始新对话。",

  menu: "更多功能",
  newConversation: "新对话",
  newConversationTitle: "开始新对话？",
  newConversationText: "现在的对话会从这里收起。需要留存的话，请先下载或打印。",
  newConversationYes: "开始新对话",
  newConversationFailed: "现在连不上，新对话没有开始，请稍后再试。",
  cancel: "取消",
  print: "打印对话",
  download: "下载对话",
  settings: "显示设置",
  large: "大字",
  dark: "深色",
  language: "English",

  today: "今天",
  yesterday: "昨天",
};

export type Texts = typeof zh;

const en: Texts = {
  assistant: "Wenzheng",
  tagline: "Ask in plain words, get an answer with its source",
  you: "You",
  staff: "Staff",
  system: "Notice",
  saidBy: (who) => `${who}:`,

  log: "Conversation",
  composer: "Your question",
  placeholder: "Your question",
  send: "Send",
  hint: "Enter sends, Shift + Enter starts a new line",
  count: (used, limit) => `${used} of at most ${limit} characters`,
  tooLong: (over) => `${over} characters too long. Please shorten it or send it in parts.`,

  sending: "Sending",
  waiting: "Will be sent when the network is back",
  failed: (why) => `Not sent. ${why}`,
  resend: "Send again",
  takeBack: "Edit and send",

  connecting: "Connecting…",
  lost: "Connection lost, reconnecting… What you wrote is kept.",
  retryNow: "Reconnect now",

  typing: "The assistant is replying",
  newMessages: "New messages, go to them",
  quickReplies: "You can answer",

  welcomeTitle: "Hello, what can I help you with?",
  welcomeText:
    "Ask me about medical insurance and jobs. Before showing personal information, I will ask you to sign in.",
  welcomeExamples: "You can ask, for example:",
  examples: [
    "How much is left on my medical insurance card?",
    "How much of a 35,000 yuan hospital bill is reimbursed?",
    "Find electrician jobs",
    "What level is Anlan First People's Hospital?",
  ],
  demo: "This is a demonstration. The city, the people and the data are fictional.",

  shown: (count, total) => `${count} of ${total} shown`,
  source: (name) => `Source: ${name}`,
  asOf: (day) => `As of: ${day}`,
  rule: (name) => `Rule: ${name}`,
  showNumbers: "Show the numbers",
  hideNumbers: "Hide the numbers",
  chartFailed: "The chart could not be shown. Please use “Show the numbers”.",
  period: "Period",

  signIn: "Sign in",
  signInDone: "You are signed in already.",
  newTab: "(opens in a new tab)",
  signedIn: (name) => (name ? `Signed in: ${name}` : "Signed in"),
  myPage: "My page",

  helpful: "This answer helped",
  notHelpful: "This answer did not help",

  modeWaiting: "We are connecting you with a member of staff. You can go on writing.",
  modeStaff: "A member of staff is helping you.",
  modeClosed: "This conversation has ended. Please start a new one for another question.",

  menu: "More",
  newConversation: "New conversation",
  newConversationTitle: "Start a new conversation?",
  newConversationText: "The present one will be put away. To keep it, please download or print it first.",
  newConversationYes: "Start a new one",
  newConversationFailed: "There is no connection now. The new conversation was not started; please try again later.",
  cancel: "Cancel",
  print: "Print",
  download: "Download",
  settings: "Display",
  large: "Large type",
  dark: "Dark",
  language: "中文",

  today: "Today",
  yesterday: "Yesterday",
};

export const TEXTS: Record<Language, Texts> = { zh, en };
