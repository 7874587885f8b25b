/** Divides a text into plain parts and links, so that the page can set anchors without ever building HTML from it. */

export interface Part {
  text: string;
  href?: string;
}

// A path counts only after a blank or at the start, so that "和/或" and "2026/11" stay text.
const LINK = /https?:\/\/[^\s<>"'，。；：！？、（）《》「」【】]+|(?<=^|[\s（(：:])\/[a-z][\w\-./?=&%#]*/gi;
const TRAILING = /[.,;:!?)\]]+$/;

export function splitLinks(text: string): Part[] {
  const parts: Part[] = [];
  let end = 0;
  for (const match of text.matchAll(LINK)) {
    const link = match[0].replace(TRAILING, "");
    if (match.index > end) parts.push({ text: text.slice(end, match.index) });
    parts.push({ text: link, href: link });
    end = match.index + link.length;
  }
  if (end < text.length) parts.push({ text: text.slice(end) });
  return parts;
}
