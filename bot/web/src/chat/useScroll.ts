import { useCallback, useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";

/** Nearer to the end than this (in pixels), the citizen is reading the newest message. */
const NEAR = 80;
/** Room (in pixels) above an answer that is shown from its beginning. */
const ABOVE = 12;

/** The newest message, if it is an answer that does not fit into the log as a whole. */
function tallAnswer(log: HTMLElement): HTMLElement | undefined {
  const last = [...log.querySelectorAll<HTMLElement>(".message")].at(-1);
  if (!last || last.dataset.from === "citizen") return undefined;
  return last.offsetHeight + 2 * ABOVE > log.clientHeight ? last : undefined;
}

/**
 * Keeps the newest message in sight while the citizen is at the end, and the place while reading back.
 * An answer longer than the log is shown from its beginning; while what was said before is still
 * coming in (not `settled`), only its end is shown.
 */
export function useScroll(count: number, typing: boolean, settled: boolean) {
  const box = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const lastTop = useRef(0);
  const lastCount = useRef(0);
  const [unseen, setUnseen] = useState(false);
  const toEnd = useCallback(() => {
    const log = box.current;
    if (!log) return;
    log.scrollTop = log.scrollHeight;
    atEnd.current = true;
    setUnseen(false);
  }, []);
  const onScroll = useCallback(() => {
    const log = box.current;
    if (!log) return;
    // Only a move upwards means reading back: the distance to the end also grows when something is added.
    if (log.scrollHeight - log.scrollTop - log.clientHeight < NEAR) atEnd.current = true;
    else if (log.scrollTop < lastTop.current) atEnd.current = false;
    lastTop.current = log.scrollTop;
    if (atEnd.current) setUnseen(false);
  }, []);
  useLayoutEffect(() => {
    const log = box.current;
    if (!log) return;
    if (!settled && atEnd.current) return toEnd();
    const more = count > lastCount.current;
    lastCount.current = count;
    if (!atEnd.current) {
      if (more) setUnseen(true);
      return;
    }
    const tall = more ? tallAnswer(log) : undefined;
    if (!tall) return toEnd();
    log.scrollTop += tall.getBoundingClientRect().top - log.getBoundingClientRect().top - ABOVE;
    atEnd.current = false;
  }, [count, typing, settled, toEnd]);
  useEffect(() => {
    const log = box.current;
    if (!log) return;
    // Charts and the telephone's keyboard change heights after the message was set.
    const observer = new ResizeObserver(() => {
      if (atEnd.current) toEnd();
    });
    observer.observe(log);
    if (log.firstElementChild) observer.observe(log.firstElementChild);
    return () => observer.disconnect();
  }, [toEnd]);
  return { box, onScroll, toEnd, unseen };
}
